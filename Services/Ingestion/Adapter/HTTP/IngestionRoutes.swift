import Contracts
import Domain
public import Hummingbird
import IngestionCore
import JSONDocument
public import ServiceKit
import StreamRuntime

/// The front door over HTTP: `POST /v1/observations`, `POST /v1/feeds/{format}`, `POST /fhir`, `POST /fhir/{type}` and `PUT /fhir/{type}/{id}`.
///
/// An answer of 200, 201, 202 or 422 is given after COMMIT, so what it calls accepted, duplicate or quarantined is durable. Sending the same body
/// again is always safe.
public struct IngestionRoutes: Sendable {
    private let submitter: any FeedSubmitter
    private let admission: any Admission
    private let bodies: BodyReader

    /// Routes to `submitter` for the requests that `admission` lets in.
    public init(submitter: any FeedSubmitter, admission: any Admission, bodies: BodyReader) {
        self.submitter = submitter
        self.admission = admission
        self.bodies = bodies
    }

    /// Adds the routes to `router`.
    public func add(to router: Router<ServiceRequestContext>) {
        router.post("/v1/observations") { request, context in
            await answering(OutcomeReply.failure) { try await observations(request, context) }
        }
        router.post("/v1/feeds/:format") { request, context in
            await answering(OutcomeReply.failure) { try await feed(request, context) }
        }
        router.post("/fhir") { request, context in
            await answering(FHIRReply.failure) { try await fhir(request, context) }
        }
        router.post("/fhir/:type") { request, context in
            await answering(FHIRReply.failure) { try await fhir(request, context) }
        }
        router.put("/fhir/:type/:id") { request, context in
            await answering(FHIRReply.failure) { try await fhir(request, context) }
        }
    }

    private func answering(_ failure: (IngestionError) -> Response, _ body: () async throws -> Response) async
        -> Response
    {
        do {
            return try await body()
        } catch let error as IngestionError {
            return failure(error)
        } catch let refusal as AdmissionRefusal {
            return refusal.response
        } catch {
            return failure(
                IngestionError(.unavailable, operation: "receive", detail: "the body did not arrive in full"))
        }
    }

    // MARK: - Wearables and files

    private func observations(_ request: Request, _ context: ServiceRequestContext) async throws -> Response {
        let sender = try await admitted(request, context)
        let format: FeedFormat
        switch try MediaType(request).name {
        case "application/json": format = .openMHealth
        case "application/x-ndjson", "application/ndjson", "application/jsonl": format = .openMHealthLines
        default:
            throw IngestionError(
                .unsupportedMediaType, operation: "receive", detail: "send application/json or application/x-ndjson")
        }
        return try await answer(Submission(format, bodies.read(request)), of: sender)
    }

    private func feed(_ request: Request, _ context: ServiceRequestContext) async throws -> Response {
        let sender = try await admitted(request, context)
        guard let format = context.parameters.get("format").flatMap(FeedFormat.init(rawValue:)) else {
            throw IngestionError(
                .unknownFormat, operation: "receive",
                detail: "the formats are \(FeedFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var submission = Submission(format, [])
        // Not in the query: addresses are logged on their way, bodies and headers are not.
        submission.subject = request.header("Vitalstream-Subject").map { PHI($0) }
        submission.timeZone = request.header("Vitalstream-Time-Zone")
        submission.mapping = request.uri.queryParameters["mapping"].map { String($0) }
        for name in ["file", "cohort", "tissue", "orientation", "unit"] {
            submission.options[name] = request.uri.queryParameters[Substring(name)].map { String($0) }
        }
        let isLong = request.headers[.contentLength].flatMap { Int($0) }.map { $0 > bodies.limit } ?? true
        if isLong, var long = LongSubmission(submission) {
            return OutcomeReply.response(to: try await long.take(request) { try await submit($0, of: sender) })
        }
        submission.bytes = try await bodies.read(request)
        return try await answer(submission, of: sender)
    }

    private func answer(_ submission: Submission, of sender: AdmittedSender) async throws -> Response {
        let outcomes = try await submit(submission, of: sender)
        if outcomes.count == 1, case .rejected(let reason) = outcomes[0], reason.code.hasPrefix("json-") {
            throw IngestionError(.malformed, operation: reason.code, detail: reason.place)
        }
        return OutcomeReply.response(to: outcomes)
    }

    // MARK: - FHIR

    private func fhir(_ request: Request, _ context: ServiceRequestContext) async throws -> Response {
        let sender = try await admitted(request, context)
        let type = context.parameters.get("type")
        switch try MediaType(request).name {
        case "application/fhir+json", "application/json": break
        case "application/fhir+ndjson", "application/x-ndjson", "application/ndjson":
            guard type == nil, request.method == .post else { fallthrough }
            let outcomes = try await submit(Submission(.fhirLines, bodies.read(request)), of: sender)
            return FHIRReply.response(toBundle: outcomes, type: "batch")
        case "application/fhir+xml", "application/xml", "text/xml":
            guard type == nil, request.method == .post else { fallthrough }
            let outcomes = try await submit(Submission(.fhirXML, bodies.read(request)), of: sender)
            return FHIRReply.response(toBundle: outcomes, type: "batch")
        default:
            throw IngestionError(
                .unsupportedMediaType, operation: "receive",
                detail: "send application/fhir+json; to /fhir also application/fhir+ndjson and application/fhir+xml")
        }
        let body = try await bodies.read(request)
        let resource: JSONValue
        do {
            resource = try JSONValue(parsing: body, limits: FeedDecoder.limits)
        } catch {
            throw IngestionError(
                .malformed, operation: error.code.rawValue,
                detail:
                    "line \(error.line), column \(error.column)\(error.pointer.isEmpty ? "" : ", in \(error.pointer)")")
        }
        let given = resource["resourceType"]?.string
        if let type, type != given {
            throw IngestionError(
                .malformed, operation: "resource-type", detail: "the body is not of the type in the path")
        }
        if let asked = try FHIRRequest(request, type: type, id: context.parameters.get("id"), resource: resource) {
            let outcomes = try await submit(Submission(.fhir, asked.bundle.serialized()), of: sender)
            return FHIRReply.response(toResource: outcomes)
        }
        let outcomes = try await submit(Submission(.fhir, body), of: sender)
        guard given == "Bundle", outcomes.count != 1 || resource["entry"]?.array?.count == 1 else {
            return FHIRReply.response(toResource: outcomes)
        }
        return FHIRReply.response(toBundle: outcomes, type: resource["type"]?.string ?? "batch")
    }

    // MARK: - Both

    private func admitted(_ request: Request, _ context: ServiceRequestContext) async throws -> AdmittedSender {
        guard submitter.isReady else {
            throw IngestionError(
                .unavailable, operation: "receive", detail: "the service is not ready; send again soon")
        }
        return try await admission.admit(request, context)
    }

    private func submit(_ submission: Submission, of sender: AdmittedSender) async throws -> [ItemOutcome] {
        var submission = submission
        submission.source = sender.source
        submission.terms = sender.terms
        let outcomes = try await submitter.submit(submission)
        await admission.took(outcomes, of: submission, from: sender)
        return outcomes
    }
}

extension Request {
    /// The value of the first header called `name`, whatever its case.
    func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.canonicalName == name }?.value
    }
}
