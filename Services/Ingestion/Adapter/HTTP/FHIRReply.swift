import Hummingbird
import JSONDocument
import StreamRuntime

/// The answers of FHIR's front door: an OperationOutcome for one resource, a Bundle of type `batch-response` for a Bundle.
///
/// Every Bundle, a `transaction` too, is taken entry by entry in this form of the service; the response's type says so.
enum FHIRReply {
    private static let mediaType = "application/fhir+json"

    static func response(toResource outcomes: [ItemOutcome]) -> Response {
        guard let outcome = outcomes.first else {
            return Reply.json(operationOutcome([]), status: .ok, type: mediaType)
        }
        return Reply.json(operationOutcome([issue(of: outcome)]), status: status(of: outcome), type: mediaType)
    }

    static func response(toBundle outcomes: [ItemOutcome]) -> Response {
        let entries = outcomes.map { outcome -> JSONValue in
            let status = status(of: outcome)
            var response: JSONObject = ["status": .string("\(status.code) \(status.reasonPhrase)")]
            if case .accepted(let id) = outcome { response["etag"] = .string("W/\"\(id)\"") }
            if case .duplicate(let id) = outcome { response["etag"] = .string("W/\"\(id)\"") }
            response["outcome"] = operationOutcome([issue(of: outcome)])
            return ["response": .object(response)]
        }
        var bundle: JSONObject = ["resourceType": "Bundle", "type": "batch-response"]
        if !entries.isEmpty { bundle["entry"] = .array(entries) }
        return Reply.json(.object(bundle), status: .ok, type: mediaType)
    }

    static func failure(_ error: IngestionError) -> Response {
        let code =
            switch error.code {
            case .unavailable: "transient"
            case .bodyTooLarge: "too-long"
            case .unsupportedMediaType: "not-supported"
            case .malformed: "structure"
            case .configuration: "exception"
            }
        let details = error.code == .malformed ? "\(error.operation) at \(error.detail)" : error.detail
        return Reply.json(
            operationOutcome([
                [
                    "severity": "error", "code": .string(code),
                    "details": ["text": .string("\(error.code.rawValue): \(details)")],
                ]
            ]), status: Reply.status(of: error), type: mediaType, retryAfter: error.isRetriable)
    }

    private static func status(of outcome: ItemOutcome) -> HTTPResponse.Status {
        switch outcome {
        case .accepted: .created
        case .duplicate, .ignored: .ok
        case .rejected: .unprocessableContent
        }
    }

    private static func issue(of outcome: ItemOutcome) -> JSONValue {
        switch outcome {
        case .accepted(let id): issue("information", "informational", "accepted: \(id)", nil)
        case .duplicate(let id): issue("information", "duplicate", "duplicate: \(id)", nil)
        case .ignored(let reason):
            issue("information", "not-supported", "\(reason.code): \(reason.detail)", reason.place)
        case .rejected(let reason):
            issue("error", issueType(of: reason.code), "\(reason.code): \(reason.detail)", reason.place)
        }
    }

    private static func issue(_ severity: String, _ code: String, _ text: String, _ place: String?) -> JSONValue {
        var issue: JSONObject = [
            "severity": .string(severity), "code": .string(code), "details": ["text": .string(text)],
        ]
        if let place, !place.isEmpty { issue["expression"] = [.string(place)] }
        return .object(issue)
    }

    private static func operationOutcome(_ issues: [JSONValue]) -> JSONValue {
        let empty: JSONValue = [
            "severity": "information", "code": "informational", "details": ["text": "nothing was sent"],
        ]
        return ["resourceType": "OperationOutcome", "issue": .array(issues.isEmpty ? [empty] : issues)]
    }

    /// The IssueType that a reason code comes closest to.
    private static func issueType(of code: String) -> String {
        switch code {
        case "missing-element", "subject-missing", "effective-missing", "authored-missing": "required"
        case "code-unknown", "code-uncoded", "invalid-code": "code-invalid"
        case "reference-unresolved", "medication-unresolved": "not-found"
        case "time-implausible", "period-reversed": "business-rule"
        case "text-too-long": "too-long"
        case let code where code.hasPrefix("invariant-"): "invariant"
        case let code where code.hasPrefix("invalid-") || code == "number-out-of-range": "value"
        default: "structure"
        }
    }
}
