public import Hummingbird
public import ServiceKit

/// Serves the descriptions of the service: `/openapi.json` and `/asyncapi.json`.
public struct APIRoutes: Sendable {
    private let base: String
    private let needsToken: Bool

    /// The descriptions of a server at the URL `base`.
    public init(base: String, needsToken: Bool) {
        self.base = base
        self.needsToken = needsToken
    }

    /// Adds the routes to `router`.
    public func add(to router: Router<ServiceRequestContext>) {
        let http = OpenAPIDocument.document(base: base, needsToken: needsToken)
        let topics = AsyncAPIDocument.document()
        router.get("/openapi.json") { _, _ in Reply.json(http, status: .ok) }
        router.get("/asyncapi.json") { _, _ in Reply.json(topics, status: .ok) }
    }
}
