import Foundation
import StreamRuntime
import Synchronization

/// Sends this process a signal when a named point is reached for the n-th time: `before-commit:3:KILL`, `after-begin:1:STOP`.
final class FaultProbe: RuntimeProbe {
    private let point: RuntimePoint
    private let left: Atomic<Int>
    private let signal: Int32

    init(specification: String) throws {
        let parts = specification.split(separator: ":").map(String.init)
        guard parts.count == 3, let point = RuntimePoint(rawValue: parts[0]), let count = Int(parts[1]), count > 0,
            let signal = ["KILL": SIGKILL, "STOP": SIGSTOP][parts[2]]
        else { throw FaultError(specification: specification) }
        self.point = point
        left = Atomic(count)
        self.signal = signal
    }

    func reached(_ point: RuntimePoint) {
        guard point == self.point, left.wrappingSubtract(1, ordering: .relaxed).newValue == 0 else { return }
        say("fault at \(point.rawValue)")
        kill(getpid(), signal)
        // A stop takes hold of the other threads first, now and then: wait for it.
        usleep(50_000)
    }
}

struct FaultError: Error, CustomStringConvertible {
    let specification: String
    var description: String { "TORTURE_FAULT is point:count:KILL|STOP, not \(specification)" }
}

/// Writes a line at once, whatever standard output is.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
