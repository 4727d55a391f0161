import Hummingbird
import JSONDocument
import StreamRuntime

/// The answers of FHIR's front door: an OperationOutcome for one resource or a refused transaction, else a Bundle of responses.
///
/// An OperationOutcome has an issue for everything that is wrong with a resource, each with its FHIRPath expression, and none of its values.
enum FHIRReply {
    private static let mediaType = "application/fhir+json"

    /// The answer to one resource.
    static func response(toResource outcomes: [ItemOutcome]) -> Response {
        guard let outcome = outcomes.first else {
            return Reply.json(operationOutcome([]), status: .ok, type: mediaType)
        }
        return Reply.json(operationOutcome(issues(of: outcome)), status: status(of: outcome), type: mediaType)
    }

    /// The answer to a Bundle of type `type`: a response for each entry, in the order of the entries. A transaction that was refused is answered by
    /// 422 and one OperationOutcome about its culprits (R4, http, 3.1.0.11.2).
    static func response(toBundle outcomes: [ItemOutcome], type: String) -> Response {
        let isTransaction = type == "transaction"
        if isTransaction, outcomes.contains(where: { if case .rejected = $0 { true } else { false } }) {
            return Reply.json(operationOutcome(refusal(outcomes)), status: .unprocessableContent, type: mediaType)
        }
        let entries = outcomes.map { outcome -> JSONValue in
            let status = status(of: outcome)
            var response: JSONObject = ["status": .string("\(status.code) \(status.reasonPhrase)")]
            if let id = id(of: outcome) { response["etag"] = .string("W/\"\(id)\"") }
            response["outcome"] = operationOutcome(issues(of: outcome))
            return ["response": .object(response)]
        }
        var bundle: JSONObject = [
            "resourceType": "Bundle", "type": isTransaction ? "transaction-response" : "batch-response",
        ]
        if !entries.isEmpty { bundle["entry"] = .array(entries) }
        return Reply.json(.object(bundle), status: .ok, type: mediaType)
    }

    /// The answer to a request that was not served.
    static func failure(_ error: IngestionError) -> Response {
        let code =
            switch error.code {
            case .unavailable: "transient"
            case .bodyTooLarge, .decompression: "too-long"
            case .unsupportedMediaType, .unknownFormat: "not-supported"
            case .malformed: "structure"
            case .configuration: "exception"
            }
        let details = error.code == .malformed ? "\(error.operation) at \(error.detail)" : error.detail
        return Reply.json(
            operationOutcome([issue("error", code, "\(error.code.rawValue): \(details)", nil)]),
            status: Reply.status(of: error), type: mediaType, retryAfter: error.isRetriable)
    }

    // MARK: - Parts

    private static func id(of outcome: ItemOutcome) -> String? {
        switch outcome {
        case .accepted(let id), .remarked(let id, _), .duplicate(let id), .quarantined(let id, _): "\(id)"
        case .ignored, .rejected: nil
        }
    }

    private static func status(of outcome: ItemOutcome) -> HTTPResponse.Status {
        switch outcome {
        case .accepted, .remarked: .created
        case .duplicate, .ignored: .ok
        case .quarantined: .accepted
        case .rejected: .unprocessableContent
        }
    }

    /// The issues of a refused transaction: what is wrong with its culprits; of the others only how many they are.
    private static func refusal(_ outcomes: [ItemOutcome]) -> [JSONValue] {
        var issues: [JSONValue] = []
        var others = 0
        for case .rejected(let reason) in outcomes {
            if reason.code == "transaction-refused" {
                others += 1
            } else {
                issues += self.issues(of: .rejected(reason))
            }
        }
        if others > 0 {
            issues.append(
                issue("error", "processing", "transaction-refused: nothing was taken of \(others) other entries", nil))
        }
        return issues
    }

    private static func issues(of outcome: ItemOutcome) -> [JSONValue] {
        switch outcome {
        case .accepted(let id): [issue("information", "informational", "accepted: \(id)", nil)]
        case .remarked(let id, let remarks):
            [issue("information", "informational", "accepted: \(id)", nil)]
                + remarks.map { issue("information", issueType(of: $0.code), text(of: $0), $0.place) }
        case .duplicate(let id): [issue("information", "duplicate", "duplicate: \(id)", nil)]
        case .ignored(let reason): [issue("information", issueType(of: reason.code), text(of: reason), reason.place)]
        case .quarantined(let id, let reason):
            [
                issue("information", "informational", "quarantined: \(id)", nil),
                issue("warning", "business-rule", text(of: reason), reason.place),
            ]
        case .rejected(let reason):
            ([reason] + reason.others).map { issue("error", issueType(of: $0.code), text(of: $0), $0.place) }
        }
    }

    private static func text(of reason: Rejection) -> String { "\(reason.code): \(reason.detail)" }

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

    /// The IssueType (R4, valueset-issue-type) that a reason code comes closest to. The structural check's codes are such types themselves.
    private static func issueType(of code: String) -> String {
        if code.hasPrefix("fhir-") { return String(code.dropFirst(5)) }
        if code.hasPrefix("invariant-") { return "invariant" }
        if code.hasPrefix("json-") { return "structure" }
        if code.hasPrefix("contract-") { return "value" }
        return switch code {
        case "missing-element", "subject-missing", "effective-missing", "authored-missing", "occurrence-missing",
            "code-missing":
            "required"
        case "code-unknown", "code-uncoded", "invalid-code", "questionnaire-unrecognised": "code-invalid"
        case "reference-unresolved", "reference-dangling", "reference-empty", "medication-unresolved": "not-found"
        case "reference-ambiguous": "multiple-matches"
        case "identity-overlap": "duplicate"
        case "text-too-long", "sampled-data-too-long", "too-many-variants": "too-long"
        case "transaction-refused": "processing"
        case "pseudonym-failed": "transient"
        case "number-out-of-range", "score-mismatch": "value"
        case let code where code.hasPrefix("invalid-"): "value"
        case let code where code.contains("unsupported"): "not-supported"
        case let code where code.hasPrefix("consent-"): "suppressed"
        default: "business-rule"
        }
    }
}
