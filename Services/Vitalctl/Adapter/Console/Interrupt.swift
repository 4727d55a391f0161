import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM, turned into something to wait for. A third signal ends the process at once; the children notice by themselves.
final class Interrupt: Sendable {
    private struct State {
        var count = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var sources: [any DispatchSourceSignal] = []
    }

    // Safety: DispatchSource is thread-safe; the array is touched under the mutex only.
    private struct Guarded: @unchecked Sendable {
        var state = State()
    }

    private let guarded = Mutex(Guarded())

    /// Takes over SIGINT, SIGTERM and SIGHUP.
    init() {
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.received() }
            source.resume()
            return Box(source)
        }
        guarded.withLock { $0.state.sources = sources.map(\.source) }
    }

    /// Whether a signal has come.
    var isRaised: Bool { guarded.withLock { $0.state.count > 0 } }

    /// Waits for a signal; returns at once when the task is cancelled.
    func wait() async {
        let number = guarded.withLock { guarded in
            defer { guarded.state.nextWaiter += 1 }
            return guarded.state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = guarded.withLock { guarded in
                    let isOver = guarded.state.count > 0 || Task.isCancelled
                    if !isOver { guarded.state.waiters[number] = continuation }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            guarded.withLock { $0.state.waiters.removeValue(forKey: number) }?.resume()
        }
    }

    /// Acts as if a signal had come.
    func raise() { received() }

    private func received() {
        let waiters = guarded.withLock { guarded in
            guarded.state.count += 1
            // One Ctrl-C may arrive from the terminal and from a wrapper as well; three mean it.
            if guarded.state.count >= 3 { _exit(130) }
            defer { guarded.state.waiters = [:] }
            return Array(guarded.state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    // Safety: handed over once, from the initialiser.
    private struct Box: @unchecked Sendable {
        let source: any DispatchSourceSignal

        init(_ source: any DispatchSourceSignal) { self.source = source }
    }
}
