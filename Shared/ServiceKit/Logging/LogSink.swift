import Dispatch
import Foundation
import Synchronization

/// Where log lines go. Taking a line must not block the caller for long.
public protocol LogSink: Sendable {
    /// Takes one line, its newline included.
    func write(_ line: [UInt8])
    /// Waits until every line taken so far is written, or `seconds` have passed.
    func flush(within seconds: Double)
}

/// Writes log lines to a file descriptor from a thread of its own.
///
/// A reader that stops reading costs lines, never time: what does not fit into the buffer is dropped, and the number of dropped lines
/// is written once there is room again.
public final class FileDescriptorSink: LogSink {
    private struct State {
        var buffer: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let descriptor: Int32
    private let capacity: Int

    /// Standard error, the sink of every service.
    public static let standardError = FileDescriptorSink(descriptor: 2)

    /// A sink on `descriptor`, which must stay open, with at most `capacity` bytes waiting. It lives as long as the process.
    public init(descriptor: Int32, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
        let thread = Thread { [self] in drain() }
        thread.name = "log"
        thread.start()
    }

    /// Takes one line for writing; drops it when the buffer is full.
    public func write(_ line: [UInt8]) {
        let isTaken = state.withLock { state in
            guard state.buffer.count + line.count <= capacity else {
                state.dropped += 1
                return false
            }
            state.buffer.append(contentsOf: line)
            return true
        }
        if isTaken { wake.signal() }
    }

    /// Waits until every line taken so far is written, or `seconds` have passed.
    public func flush(within seconds: Double) {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            let isIdle = state.withLock { $0.buffer.isEmpty && !$0.isWriting }
            if isIdle { return }
            usleep(500)
        }
    }

    private func drain() {
        while true {
            wake.wait()
            let (chunk, dropped) = state.withLock { state in
                defer {
                    state.buffer.removeAll(keepingCapacity: true)
                    state.dropped = 0
                }
                state.isWriting = true
                return (state.buffer, state.dropped)
            }
            writeAll(chunk)
            if dropped > 0 {
                writeAll(
                    Array(
                        #"{"level":"warning","label":"log","message":"log lines were dropped","count":\#(dropped)}"#
                            .utf8) + [10])
            }
            state.withLock { $0.isWriting = false }
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN || errno == EINTR {
                    usleep(1000)
                } else {
                    return  // Nobody reads any more; there is no place left to say so.
                }
            }
        }
    }
}
