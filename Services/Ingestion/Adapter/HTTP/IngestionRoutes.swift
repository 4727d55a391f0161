import Contracts
public import Hummingbird
import JSONDocument
import StreamRuntime

/// The front door over HTTP: `POST /v1/observations`, `POST /fhir` and `POST /fhir/{type}`.
///
/// An answer of 200, 201 or 422 is given after COMMIT, so what it calls accepted or duplicate is durable. Sending the same body again is always safe.
public struct IngestionRoutes: Sendable {
    private let submitter: any FeedSubmitter
    private let bodyLimit: Int

    /// Routes to `submitter` for bodies of up to `bodyLimit` bytes.
    public init(submitter: any FeedSubmitter, bodyLimit: Int) {
        self.submitter = submitter
        self.bodyLimit = bodyLimit
    }

    /// Adds the routes to `router`.
    public func add(to router: Router<BasicRequestContext>) {
        router.post("/v1/observations") { request, _ in
            await answering(OutcomeReply.failure) { try await observations(request) }
        }
        router.post("/fhir") { request, _ in
            await answering(FHIRReply.failure) { try await fhir(request, type: nil) }
        }
        router.post("/fhir/:type") { request, context in
            let type = context.parameters.get("type")
            return await answering(FHIRReply.failure) { try await fhir(request, type: type) }
        }
    }

    private func answering(_ failure: (IngestionError) -> Response, _ body: () async throws -> Response) async
        -> Response
    {
        do {
            return try await body()
        } catch let error as IngestionError {
            return failure(error)
        } catch {
            return failure(
                IngestionError(.unavailable, operation: "receive", detail: "the body did not arrive in full"))
        }
    }

    private func observations(_ request: Request) async throws -> Response {
        let topic: String
        switch try mediaType(of: request) {
        case "application/json": topic = Topic.wearableFeed
        case "application/x-ndjson", "application/ndjson", "application/jsonl": topic = SourceFeed.linesTopic
        default:
            throw IngestionError(
                .unsupportedMediaType, operation: "receive", detail: "send application/json or application/x-ndjson")
        }
        let body = try await bytes(of: request)
        let outcomes = try await submitter.submit(feed: body, topic: topic)
        if topic == Topic.wearableFeed, outcomes.count == 1, case .rejected(let reason) = outcomes[0],
            reason.code.hasPrefix("json-")
        {
            throw IngestionError(.malformed, operation: reason.code, detail: reason.place)
        }
        return OutcomeReply.response(to: outcomes)
    }

    private func fhir(_ request: Request, type: String?) async throws -> Response {
        guard ["application/fhir+json", "application/json"].contains(try mediaType(of: request)) else {
            throw IngestionError(
                .unsupportedMediaType, operation: "receive",
                detail: "send application/fhir+json; FHIR XML is not understood")
        }
        let body = try await bytes(of: request)
        let resource: JSONValue
        do {
            resource = try JSONValue(parsing: body)
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
        let outcomes = try await submitter.submit(feed: body, topic: Topic.ehrFeed)
        guard given == "Bundle", outcomes.count != 1 || resource["entry"]?.array?.count == 1 else {
            return FHIRReply.response(toResource: outcomes)
        }
        return FHIRReply.response(toBundle: outcomes)
    }

    private func mediaType(of request: Request) throws -> String {
        guard submitter.isReady else {
            throw IngestionError(
                .unavailable, operation: "receive", detail: "the service is not ready; send again soon")
        }
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw IngestionError(
                .unsupportedMediaType, operation: "receive", detail: "send the body without a content encoding")
        }
        let text = request.headers[.contentType] ?? ""
        let parts = text.split(separator: ";").map { $0.trimmingPrefix { $0 == " " }.lowercased() }
        if parts.dropFirst().contains(where: {
            $0.hasPrefix("charset=") && !$0.hasSuffix("utf-8") && !$0.hasSuffix("utf-8\"")
        }) {
            throw IngestionError(.unsupportedMediaType, operation: "receive", detail: "send UTF-8")
        }
        return parts.first ?? ""
    }

    private func bytes(of request: Request) async throws -> [UInt8] {
        let tooLarge = IngestionError(
            .bodyTooLarge, operation: "receive", detail: "the limit is \(bodyLimit) bytes; send smaller bundles")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bodyLimit { throw tooLarge }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= bodyLimit else { throw tooLarge }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }
}
