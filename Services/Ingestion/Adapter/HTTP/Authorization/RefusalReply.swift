import Domain
import Hummingbird
import JSONDocument

/// The answer to a request that was not let in: an OperationOutcome under `/fhir`, else code and detail.
struct RefusalReply: Sendable {
    let status: HTTPResponse.Status
    let code: String
    let detail: String
    var retryAfter: Duration?
    /// The value of `WWW-Authenticate` (RFC 6750, section 3).
    var challenge: String?

    func response(to request: Request) -> Response {
        let isFHIR = request.uri.path == "/fhir" || request.uri.path.hasPrefix("/fhir/")
        let body: JSONValue =
            isFHIR
            ? [
                "resourceType": "OperationOutcome",
                "issue": [
                    [
                        "severity": "error", "code": .string(issueType),
                        "details": ["text": .string("\(code): \(detail)")],
                    ]
                ],
            ] : ["code": .string(code), "place": "", "detail": .string(detail)]
        var headers: HTTPFields = [
            .contentType: isFHIR ? "application/fhir+json" : "application/json", .cacheControl: "no-store",
        ]
        if let retryAfter {
            // Whole seconds, rounded up (RFC 9110, section 10.2.3).
            headers[.retryAfter] = "\(max(1, (retryAfter.microseconds + 999_999) / 1_000_000))"
        }
        if let challenge { headers[.wwwAuthenticate] = challenge }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.serialized())))
    }

    private var issueType: String {
        switch status {
        case .unauthorized: "login"
        case .forbidden: "forbidden"
        case .tooManyRequests: "throttled"
        default: "transient"
        }
    }
}
