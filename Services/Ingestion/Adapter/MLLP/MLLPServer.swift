import HL7v2
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import ServiceLifecycle
import Synchronization

/// The MLLP listener, plain or with TLS: one message in flight on each connection, bounded frames, idle connections closed.
public final class MLLPServer: Service {
    private let configuration: MLLPConfiguration
    private let receiver: MLLPReceiver
    private let logger: Logger
    private let connections = Atomic(0)
    private let listening = Mutex<Listening>(.init())

    private struct Listening {
        var port: Int?
        var waiters: [CheckedContinuation<Int, Never>] = []
    }

    /// A listener that hands messages to `receiver`.
    public init(_ configuration: MLLPConfiguration, receiver: MLLPReceiver, logger: Logger) {
        self.configuration = configuration
        self.receiver = receiver
        self.logger = logger
    }

    /// The port, once the listener listens.
    public var port: Int {
        get async {
            await withCheckedContinuation { continuation in
                let port = listening.withLock { listening in
                    if listening.port == nil { listening.waiters.append(continuation) }
                    return listening.port
                }
                if let port { continuation.resume(returning: port) }
            }
        }
    }

    /// How many connections are open now.
    public var connectionCount: Int { connections.load(ordering: .relaxed) }

    /// Listens until the surrounding task is cancelled or asked to stop; open connections finish their message.
    public func run() async throws {
        let tls = try configuration.tls.map { try Self.context($0) }
        let idle = configuration.idleTimeout
        let metrics = MLLPMetrics()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .bind(host: configuration.host, port: configuration.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.connection(on: channel, tls: tls, idle: idle, metrics: metrics)
                }
            }
        announce(listener.channel.localAddress?.port ?? configuration.port)
        logger.info("listening for MLLP", metadata: ["port": "\(listener.channel.localAddress?.port ?? 0)"])
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await listener.executeThenClose { inbound in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in inbound {
                        group.addTask { await self.serve(connection) }
                    }
                }
            }
        } onCancelOrGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    private func announce(_ port: Int) {
        let waiters = listening.withLock { listening in
            listening.port = port
            defer { listening.waiters = [] }
            return listening.waiters
        }
        for waiter in waiters { waiter.resume(returning: port) }
    }

    private func serve(_ connection: MLLPConnection) async {
        let count = connections.add(1, ordering: .relaxed).newValue
        defer { connections.subtract(1, ordering: .relaxed) }
        guard count <= configuration.connectionLimit else {
            logger.warning("too many MLLP connections", metadata: ["limit": "\(configuration.connectionLimit)"])
            try? await connection.channel.executeThenClose { _, _ in }
            return
        }
        do {
            try await withGracefulShutdownHandler {
                try await connection.run(receiver, limit: configuration.messageLimit)
            } onGracefulShutdown: {
                if connection.activity.stop() { connection.channel.channel.close(promise: nil) }
            }
        } catch {
            // A peer that goes away, or that shows no valid certificate.
            logger.debug("an MLLP connection ended", metadata: ["error": "\(type(of: error))"])
        }
    }

    private static func connection(
        on channel: any Channel, tls: NIOSSLContext?, idle: Duration, metrics: MLLPMetrics
    ) throws -> MLLPConnection {
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
        let activity = MLLPActivity()
        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: TimeAmount(idle)))
        try channel.pipeline.syncOperations.addHandler(IdleCloser(activity: activity))
        // Two buffers are read ahead at most; then the peer has to wait.
        let asynchronous = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel,
            configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
        return MLLPConnection(
            channel: asynchronous, activity: activity, isProtected: tls != nil, metrics: metrics)
    }

    private static func context(_ tls: MLLPConfiguration.TLS) throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMFile(tls.certificate).map {
            NIOSSLCertificateSource.certificate($0)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates,
            privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        if let authority = tls.clientAuthority {
            configuration.trustRoots = .file(authority)
            // A client has no host name that could be verified.
            configuration.certificateVerification = .noHostnameVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
