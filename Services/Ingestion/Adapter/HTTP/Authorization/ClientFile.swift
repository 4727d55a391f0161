public import Authorization
public import Domain
import Foundation
public import Logging
import Synchronization

/// The registry of clients in a file, read anew when the file changes, so that a client or a key is added and removed without a restart.
///
/// A changed file that cannot be read is told to the log, and the clients stay those of before.
public final class ClientFile: Sendable {
    private struct State: Sendable {
        var registry: ClientRegistry
        var stamp: Stamp
        var looked: Timestamp
    }

    private struct Stamp: Equatable, Sendable {
        let modified: Date?
        let size: Int?
        let number: Int?
    }

    /// Reads a registry from the file's bytes.
    public typealias Parser = @Sendable ([UInt8]) throws(AuthorizationError) -> ClientRegistry

    private static let interval = Duration.seconds(1)
    private let path: String
    private let parse: Parser
    private let logger: Logger
    private let state: Mutex<State>

    /// The registry in the file at `path`, read by `parse`.
    ///
    /// - Throws: ``AuthorizationError`` when it cannot be read now.
    public init(path: String, now: Timestamp, logger: Logger, parse: @escaping Parser) throws(AuthorizationError) {
        self.path = path
        self.parse = parse
        self.logger = logger
        let stamp = Self.stamp(of: path)
        let registry = try parse(try Self.bytes(of: path))
        state = Mutex(State(registry: registry, stamp: stamp, looked: now))
        for line in registry.refusedKeys {
            logger.warning("a registered key is not used", metadata: ["key": "\(line)"])
        }
    }

    /// The clients as the file has them; it is looked at once a second.
    public func registry(now: Timestamp) -> ClientRegistry {
        let isDue = state.withLock { state in
            guard now.since(state.looked) >= Self.interval || now < state.looked else { return false }
            state.looked = now
            return true
        }
        if isDue { refresh() }
        return state.withLock { $0.registry }
    }

    private func refresh() {
        let stamp = Self.stamp(of: path)
        guard state.withLock({ $0.stamp != stamp }) else { return }
        do {
            let registry = try parse(try Self.bytes(of: path))
            state.withLock { state in
                state.registry = registry
                state.stamp = stamp
            }
            logger.notice("the clients were read anew", metadata: ["clients": "\(registry.count)"])
            for line in registry.refusedKeys {
                logger.warning("a registered key is not used", metadata: ["key": "\(line)"])
            }
        } catch {
            state.withLock { $0.stamp = stamp }
            logger.error(
                "the file of clients changed and cannot be read: the clients stay", metadata: ["error": "\(error)"])
        }
    }

    private static func bytes(of path: String) throws(AuthorizationError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw AuthorizationError(.configuration, operation: "clients", detail: "the file cannot be read")
        }
        return Array(data)
    }

    private static func stamp(of path: String) -> Stamp {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return Stamp(
            modified: attributes?[.modificationDate] as? Date, size: attributes?[.size] as? Int,
            number: attributes?[.systemFileNumber] as? Int)
    }
}
