import Domain
import Hummingbird

/// Where a request comes from, and the name that joins it to logs and traces.
struct RequestOrigin: Sendable {
    /// The address of the connection's other end; nil when the context does not know it. A header that says otherwise is not believed.
    let address: String?
    /// The trace id of `traceparent`, else the id that the server gave the request.
    let correlation: String

    init(_ request: Request, _ context: some RequestContext) {
        address = (context as? any RemoteAddressRequestContext)?.remoteAddress?.ipAddress
        let parent = request.headers.first { $0.name.canonicalName == "traceparent" }?.value
        correlation =
            parent.flatMap { (text: String) in TraceContext(traceparent: text) }.map { $0.traceID.description }
            ?? context.logger[metadataKey: "hb.request.id"]?.description ?? ""
    }

    /// The actor of the audit log as long as nobody is known.
    var actor: String { "peer:\(address ?? "unknown")" }
}
