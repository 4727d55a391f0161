import Domain
import Foundation
import HL7v2
import IngestionAdapter
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import StreamRuntime
import Synchronization

/// A submitter whose answers the test decides, and which remembers what it was given.
final class ScriptedSubmitter: FeedSubmitter {
    let isReady = true
    private let state = Mutex<(given: [Submission], script: @Sendable ([UInt8]) async throws -> [ItemOutcome])>(
        ([], { _ in [.accepted(EventID(high: 1, low: 1))] }))

    var given: [Submission] { state.withLock { $0.given } }

    func answers(_ script: @escaping @Sendable ([UInt8]) async throws -> [ItemOutcome]) {
        state.withLock { $0.script = script }
    }

    func submit(_ submission: Submission) async throws -> [ItemOutcome] {
        let script = state.withLock { state in
            state.given.append(submission)
            return state.script
        }
        return try await script(submission.bytes)
    }
}

/// Acknowledgements in memory.
final class MemoryAcknowledgementStore: HL7AcknowledgementStore {
    private let kept = Mutex<[HL7MessageKey: KeptAcknowledgement]>([:])
    private let failure = Mutex<IngestionError?>(nil)

    var keys: [HL7MessageKey] { kept.withLock { Array($0.keys) } }
    func fails(_ error: IngestionError?) { failure.withLock { $0 = error } }

    func find(_ key: HL7MessageKey) async throws -> KeptAcknowledgement? {
        if let error = failure.withLock({ $0 }) { throw error }
        return kept.withLock { $0[key] }
    }

    func keep(_ acknowledgement: KeptAcknowledgement, for key: HL7MessageKey, at: Timestamp) async throws
        -> KeptAcknowledgement
    {
        kept.withLock { kept in
            if let standing = kept[key] { return standing }
            kept[key] = acknowledgement
            return acknowledgement
        }
    }
}

/// A clock that moves on by a second whenever it is read, so that nothing new can be the same bytes by chance.
final class TickingClock: WallClock {
    private let microseconds = Atomic<Int64>(1_714_545_000_000_000)
    func now() -> Timestamp { Timestamp(microseconds: microseconds.add(1_000_000, ordering: .relaxed).newValue) }
}

/// A client of MLLP.
struct MLLPClient {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func connect(port: Int, tls: NIOSSLContext? = nil) async throws -> MLLPClient {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: nil))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return MLLPClient(channel: channel)
    }

    /// Sends `pieces`, each by itself, and gives the answers until there are `count`, or the peer closes.
    func exchange(_ pieces: [[UInt8]], count: Int) async throws -> [[UInt8]] {
        try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(bytes: piece)) }
            var decoder = MLLPDecoder(limit: 1 << 20)
            var answers: [[UInt8]] = []
            guard count > 0 else {
                for try await buffer in inbound { answers.append(Array(buffer.readableBytesView)) }
                return answers
            }
            for try await buffer in inbound {
                for case .message(let bytes) in decoder.take(buffer.readableBytesView) { answers.append(bytes) }
                if answers.count >= count { break }
            }
            return answers
        }
    }
}

enum MLLPFixture {
    static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    static func message(
        _ id: String, version: String = "2.5.1", accept: String = "", application: String = "", value: String = "72"
    ) -> [UInt8] {
        Array(
            "MSH|^~\\&|LAB|HOSP|EHR|X|20240501||ORU^R01^ORU_R01|\(id)|P|\(version)|||\(accept)|\(application)\rPID|1||A1\rOBR|1\rOBX|1|NM|8867-4^HR^LN||\(value)||||||F"
                .utf8)
    }

    /// MSA-1 and MSA-2 of an acknowledgement.
    static func verdict(_ answer: [UInt8]) throws -> [String] {
        let segment = try HL7Message.parse(answer).first("MSA")
        return [segment?[1].text ?? "", segment?[2].text ?? ""]
    }

    /// Runs a listener for the time of `body`.
    static func serving<Result: Sendable>(
        _ configuration: MLLPConfiguration = MLLPConfiguration(port: 0),
        submitter: any FeedSubmitter = ScriptedSubmitter(),
        store: any HL7AcknowledgementStore = MemoryAcknowledgementStore(),
        _ body: @Sendable @escaping (Int, MLLPServer) async throws -> Result
    ) async throws -> Result {
        let receiver = MLLPReceiver(submitter: submitter, store: store, clock: TickingClock(), logger: logger)
        let server = MLLPServer(configuration, receiver: receiver, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let result = try await body(await server.port, server)
            group.cancelAll()
            return result
        }
    }
}
