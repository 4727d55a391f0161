import Foundation
import Logging
import Synchronization
import VitalctlCore

/// Keeps one child process running: starts it again, with back-off, whenever it ends by itself.
final class SupervisedProcess: Sendable {
    private struct State {
        var child: ChildProcess?
        var restarts = 0
        var isStopping = false
    }

    let command: ChildProcess.Command
    private let stopSignal: Int32
    private let logger: Logger
    private let changed: @Sendable () -> Void
    private let state = Mutex(State())

    /// A process that is stopped with `stopSignal`; `changed` is told when its pid changes.
    init(
        _ command: ChildProcess.Command, stopSignal: Int32 = SIGTERM, logger: Logger,
        changed: @escaping @Sendable () -> Void
    ) {
        self.command = command
        self.stopSignal = stopSignal
        self.logger = logger
        self.changed = changed
    }

    var name: String { command.name }
    var pid: pid_t? { state.withLock { $0.child?.pid } }
    var restarts: Int { state.withLock { $0.restarts } }
    /// How the process ended, if it did and has not been started again.
    var ending: ChildProcess.Ending? { state.withLock { $0.child?.ending } }

    /// Starts it for the first time.
    func start() async throws {
        let child = try await ChildProcess.start(command)
        state.withLock { $0.child = child }
        changed()
    }

    /// Watches it, and starts it again when it ends; returns after ``stop(patience:)``.
    func supervise() async {
        var backoff = RestartBackoff()
        while let child = state.withLock({ $0.child }) {
            let ending = await child.end()
            if state.withLock({ $0.isStopping }) { return }
            let wait = backoff.crashed(after: child.startedAt.duration(to: .now))
            logger.error(
                "a process ended and is started again",
                metadata: ["process": "\(name)", "ending": "\(ending)", "wait": "\(wait)", "log": "\(command.logFile)"])
            try? await Task.sleep(for: wait)
            if state.withLock({ $0.isStopping }) || Task.isCancelled { return }
            do {
                let next = try await ChildProcess.start(command)
                let isTooLate = state.withLock { state in
                    state.child = next
                    state.restarts += 1
                    return state.isStopping
                }
                if isTooLate { next.send(stopSignal) }
            } catch {
                logger.error("a process cannot be started", metadata: ["process": "\(name)", "error": "\(error)"])
            }
            changed()
        }
    }

    /// Stops it for good.
    func stop(patience: Duration) async {
        let child = state.withLock { state in
            state.isStopping = true
            return state.child
        }
        guard let child, child.ending == nil else { return }
        await child.stop(stopSignal, patience: patience)
    }
}
