import Foundation
import Glibc
import Synchronization
import VitalctlCore

/// What vitalctl prints, and how: results to standard output, progress to standard error, colours and redrawing on a terminal only.
///
/// Safety: the state lies in a mutex, which is held while writing, so that lines never mix.
final class Console: Sendable {
    private struct State {
        /// Lines of the live view that stand on the terminal now.
        var drawn = 0
        var lastLine = ContinuousClock.now - .seconds(60)
    }

    let isTerminal: Bool
    let paint: Paint
    private let state = Mutex(State())

    init() {
        let environment = ProcessInfo.processInfo.environment
        isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        paint = Paint(isTerminal: isTerminal, environment: environment)
    }

    /// Colours for standard output.
    static var outputPaint: Paint {
        Paint(isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
    }

    /// The terminal's columns, 100 when there is no terminal.
    var width: Int {
        var size = winsize()
        guard isTerminal, ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// Writes a line of the result.
    func out(_ line: String) {
        state.withLock { state in
            erase(&state)
            Self.write(line + "\n", to: STDOUT_FILENO)
        }
    }

    /// Writes a line beside the result.
    func note(_ line: String) {
        state.withLock { state in
            erase(&state)
            Self.write(line + "\n", to: STDERR_FILENO)
        }
    }

    /// Draws `lines` over the last ones on a terminal; elsewhere writes `plain`, every two seconds at most.
    func live(_ lines: @autoclosure () -> [String], plain: @autoclosure () -> String) {
        state.withLock { state in
            if isTerminal {
                erase(&state)
                let lines = lines()
                Self.write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
                state.drawn = lines.count
            } else if state.lastLine + .seconds(2) <= .now {
                state.lastLine = .now
                Self.write(plain() + "\n", to: STDERR_FILENO)
            }
        }
    }

    /// Runs `body` unless it was run less than two seconds ago.
    func everyTwoSeconds(_ body: () -> Void) {
        let isDue = state.withLock { state in
            guard state.lastLine + .seconds(2) <= .now else { return false }
            state.lastLine = .now
            return true
        }
        if isDue { body() }
    }

    /// Takes the live view away.
    func clear() {
        state.withLock { erase(&$0) }
    }

    /// Lets the live view stand as it is, and writes on below it.
    func settle() {
        state.withLock { $0.drawn = 0 }
    }

    /// Writes `value` as one line of JSON.
    func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        out(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    private func erase(_ state: inout State) {
        guard state.drawn > 0 else { return }
        Self.write("\u{1B}[\(state.drawn)A\r\u{1B}[J", to: STDERR_FILENO)
        state.drawn = 0
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR || errno == EAGAIN else { return }
                continue
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
