public import Hummingbird
public import NIOCore

/// What is known about a request besides the request: the address of the connection's other end, too.
public struct ServiceRequestContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The other end of the connection; nil in tests without a connection.
    public let remoteAddress: SocketAddress?

    /// The context of a request from `source`.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
