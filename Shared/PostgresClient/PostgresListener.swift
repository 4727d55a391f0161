import CPostgres
import Glibc
import Logging
import Synchronization

/// A notice that some session sent with `NOTIFY` or `pg_notify`.
public struct PostgresNotification: Sendable, Hashable {
    /// The channel's name.
    public let channel: String
    /// The text given to NOTIFY; may be empty.
    public let payload: String
    /// The server process that sent it.
    public let processID: Int32
}

/// Listens on channels, on a connection and a thread of its own, and remakes the connection with back-off for as long
/// as it is open.
///
/// Notices are hints and may be lost (that is PostgreSQL's own promise): after `.reconnected` and `.overflowed` look at
/// the tables.
public final class PostgresListener: Sendable {
    /// What a listener tells.
    public enum Event: Sendable, Hashable {
        /// All channels are listened on for the first time.
        case listening
        /// A notice came.
        case notification(PostgresNotification)
        /// The connection was lost and is there again; notices of the time between are lost.
        case reconnected
        /// The reader was too slow, so notices were dropped.
        case overflowed
    }

    /// The events, in order, for one reader. It ends after `close()`; ending the reading closes the listener.
    public let events: AsyncStream<Event>
    private let wake: WakePipe

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - channels: names as they stand in `NOTIFY`; they are quoted here.
    ///   - bufferedEvents: how many events may wait for the reader.
    /// - Throws: `.other` when the thread or its pipe cannot be made. Connection failures are logged and tried again.
    public init(
        _ configuration: PostgresConfiguration, channels: [String], bufferedEvents: Int = 1024, logger: Logger
    ) throws(PostgresError) {
        let wake = try WakePipe()
        let (events, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingOldest(max(bufferedEvents, 1)))
        self.events = events
        self.wake = wake
        continuation.onTermination = { _ in wake.signal() }
        try OwnThread.start("pg-listen") {
            var loop = ListenerLoop(
                configuration: configuration, channels: channels, logger: logger, wake: wake,
                continuation: continuation)
            loop.run()
            continuation.finish()
        }
    }

    deinit { wake.signal() }

    /// Ends the listening; `events` finishes.
    public func close() { wake.signal() }
}

/// The listener's thread.
private struct ListenerLoop {
    let configuration: PostgresConfiguration
    let channels: [String]
    let logger: Logger
    let wake: WakePipe
    let continuation: AsyncStream<PostgresListener.Event>.Continuation
    let gate = ReconnectGate()
    var wasConnected = false
    var hasDropped = false

    mutating func run() {
        while !wake.isSignaled {
            do throws(PostgresError) {
                try listen()
            } catch {
                let pause = gate.failed()
                logger.warning(
                    "PostgreSQL listener has no connection",
                    metadata: ["server": "\(configuration)", "detail": "\(error.detail)", "pause_ms": "\(pause)"])
                _ = wake.wait(with: -1, milliseconds: Int32(pause))
            }
        }
    }

    /// Returns when the listener is closed.
    private mutating func listen() throws(PostgresError) {
        let connection = try PostgresConnection.connect(configuration)
        defer { withExtendedLifetime(connection) {} }
        for channel in channels { try connection.executeScript("LISTEN " + PostgresIdentifier.quoted(channel)) }
        gate.succeeded()
        emit(wasConnected ? .reconnected : .listening)
        wasConnected = true
        while true {
            drain(connection)
            if hasDropped { emit(.overflowed) }
            if wake.wait(with: PQsocket(connection.handle), milliseconds: hasDropped ? 50 : 1000) { return }
            guard PQconsumeInput(connection.handle) == 1 else {
                throw .connection(connection.handle, operation: "LISTEN")
            }
        }
    }

    private mutating func drain(_ connection: PostgresConnection) {
        while let notice = PQnotifies(connection.handle) {
            emit(
                .notification(
                    PostgresNotification(
                        channel: String(cString: notice.pointee.relname),
                        payload: String(cString: notice.pointee.extra),
                        processID: notice.pointee.be_pid)))
            PQfreemem(notice)
        }
    }

    private mutating func emit(_ event: PostgresListener.Event) {
        switch continuation.yield(event) {
        case .enqueued: if event == .overflowed || event == .reconnected { hasDropped = false }
        case .dropped: hasDropped = true
        default: break
        }
    }
}

/// Ends a thread's `poll` from another thread.
///
/// Safety: the descriptors never change until `deinit`; `write` and `poll` on them are thread-safe, and the flag is
/// atomic.
private final class WakePipe: Sendable {
    private let reading: Int32
    private let writing: Int32
    private let signaled = Atomic(false)

    init() throws(PostgresError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw PostgresError(.other, operation: "open pipe", detail: "pipe failed with error number \(errno)")
        }
        reading = ends[0]
        writing = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        Glibc.close(reading)
        Glibc.close(writing)
    }

    var isSignaled: Bool { signaled.load(ordering: .acquiring) }

    func signal() {
        guard !signaled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// Waits for input on `descriptor` or the signal; true when it is the signal.
    func wait(with descriptor: Int32, milliseconds: Int32) -> Bool {
        var descriptors = [
            pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, milliseconds)
        return isSignaled
    }
}
