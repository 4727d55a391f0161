import Foundation
import ServiceLifecycle

/// The last part to start and so the first to hear of the stop: marks the service started, then stopping, and guards the deadline.
struct StopObserver: Service {
    let before: StartGate
    let health: HealthRegistry
    let deadline: Duration
    let name: String
    let state: HostState

    func run() async throws {
        if await before.passes() {
            health.markStarted()
            try? await gracefulShutdown()
        }
        health.markStopping()
        guardDeadline()
    }

    /// At the deadline the group cancels what still runs. What ignores that too is ended with the process: by a thread, because tasks
    /// that hang may hold every thread of the pool.
    private func guardDeadline() {
        let thread = Thread { [deadline, name, state] in
            let end = ContinuousClock.now + deadline + Self.grace
            while ContinuousClock.now < end {
                if state.isDone { return }
                usleep(20_000)
            }
            FileDescriptorSink.standardError.flush(within: 0.5)
            let seconds = Self.grace.components.seconds
            let line =
                "\(name): stop: still running \(seconds) s after \(ServiceKeys.drainDeadline.name); the process ends now\n"
            FileHandle.standardError.write(Data(line.utf8))
            _exit(70)  // EX_SOFTWARE of sysexits.h
        }
        thread.name = "stop deadline"
        thread.start()
    }

    /// What a cancelled component has left to end.
    private static let grace = Duration.seconds(2)
}
