import Foundation
import Synchronization

/// Starts every child process from one thread that lives as long as vitalctl.
///
/// Children are told to end when their parent dies (`PR_SET_PDEATHSIG`), and Linux means by that the parent's *thread* that started
/// them. Threads of the cooperative pool come and go; this one does not.
///
/// Safety: the queue lies in a mutex; the condition only wakes the thread.
final class ProcessSpawner: Sendable {
    static let shared = ProcessSpawner()

    private let work = Mutex<[@Sendable () -> Void]>([])
    private let wake = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [self] in
            while true {
                wake.wait()
                let next = work.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                next?()
            }
        }
        thread.name = "spawn"
        thread.start()
    }

    /// Runs `body` on the thread.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            work.withLock { $0.append { continuation.resume(with: Result(catching: body)) } }
            wake.signal()
        }
    }
}
