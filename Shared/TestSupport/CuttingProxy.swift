import Foundation
import Synchronization

/// A TCP proxy on the loopback address that cuts a connection at a chosen point of the conversation.
///
/// It looks for `marker` in what the client sends (for example the bytes of `COMMIT`), so only plain connections can be
/// cut.
public final class CuttingProxy: Sendable {
    /// Where to cut.
    public enum Cut: Sendable, Hashable {
        /// The message with the marker never reaches the server.
        case beforeForwarding
        /// The server gets the message and answers; the answer is swallowed and the client's connection closed.
        case swallowingAnswer
        /// The server gets the message, but neither side hears of the other any more while both connections stay open.
        case silencing
    }

    private struct State {
        var armed: (cut: Cut, marker: [UInt8], times: Int)?
        var cuts = 0
        var isClosed = false
    }

    /// The port that clients connect to.
    public let port: Int
    private let upstreamPort: Int
    private let listening: Int32
    private let state = Mutex(State())

    /// Starts to forward to `upstreamPort` of 127.0.0.1.
    public init(upstreamPort: Int) throws {
        self.upstreamPort = upstreamPort
        listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try LoopbackPort.bind(listening, port: 0)
        guard listen(listening, 64) == 0 else { throw ServerFailure(description: "cannot listen") }
        let thread = Thread { [self] in acceptConnections() }
        thread.start()
    }

    /// Cuts the next `times` connections whose client sends `marker`.
    public func arm(_ cut: Cut, marker: String, times: Int = 1) {
        state.withLock { $0.armed = (cut, Array(marker.utf8), times) }
    }

    /// How many connections were cut so far.
    public var cutCount: Int { state.withLock { $0.cuts } }

    /// Accepts nothing more; connections end with their peers.
    public func close() {
        state.withLock { $0.isClosed = true }
        shutdown(listening, Int32(SHUT_RDWR))
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func acceptConnections() {
        while !isClosed {
            let client = accept(listening, nil, nil)
            guard client >= 0 else { break }
            guard let server = LoopbackPort.connect(port: upstreamPort) else {
                Glibc.close(client)
                continue
            }
            let thread = Thread { [self] in forward(client: client, server: server) }
            thread.start()
        }
        Glibc.close(listening)
    }

    /// The cut that this message triggers.
    private func cut(for recent: [UInt8]) -> Cut? {
        state.withLock { state in
            guard let (cut, marker, times) = state.armed, times > 0, recent.firstRange(of: marker) != nil else {
                return nil
            }
            state.armed = times > 1 ? (cut, marker, times - 1) : nil
            state.cuts += 1
            return cut
        }
    }

    private func forward(client: Int32, server: Int32) {
        defer {
            Glibc.close(client)
            Glibc.close(server)
        }
        var recent: [UInt8] = []
        while let source = readable(client, server) {
            guard let bytes = receive(source) else { return }
            guard source == client else {
                guard send(bytes, to: client) else { return }
                continue
            }
            recent = recent.suffix(64) + bytes
            switch cut(for: recent) {
            case nil:
                guard send(bytes, to: server) else { return }
            case .beforeForwarding: return
            case .swallowingAnswer:
                guard send(bytes, to: server) else { return }
                _ = receive(server)
                return
            case .silencing:
                guard send(bytes, to: server) else { return }
                while !isClosed, let side = readable(client, server), side != client || receive(client) != nil {
                    if side == server, receive(server) == nil { break }
                }
                return
            }
        }
    }

    private func readable(_ client: Int32, _ server: Int32) -> Int32? {
        var descriptors = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        while !isClosed {
            guard poll(&descriptors, 2, 200) > 0 else { continue }
            return descriptors[0].revents != 0 ? client : server
        }
        return nil
    }

    private func receive(_ socket: Int32) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, recv(socket, buffer.baseAddress, buffer.count, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    private func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
