import Synchronization

/// What the service knows about its own health: named checks that components add, asked at each probe.
///
/// A check reads what its component last saw. It must answer at once and do no I/O, so that a slow database cannot make a probe hang.
public final class HealthRegistry: Sendable {
    /// What a check says.
    public enum Status: Sendable, Equatable {
        /// All is well.
        case passing
        /// Something is wrong; the text says what, without patient data.
        case failing(String)
    }

    /// The question that a check helps to answer.
    public enum Probe: String, Sendable, CaseIterable {
        /// Is the process making progress? If not, it should be restarted.
        case liveness
        /// Can it take work now? Dependencies are reachable and partitions assigned.
        case readiness
        /// Has it finished starting? Migrations are done and components run.
        case startup
    }

    /// The answer of one check.
    public struct Result: Sendable, Equatable {
        /// The check's name.
        public let name: String
        /// What it said.
        public let status: Status
    }

    /// A check: cheap, synchronous, free of I/O.
    public typealias Check = @Sendable () -> Status

    private struct State {
        var checks: [Probe: [(name: String, check: Check)]] = [:]
        var isStarted = false
        var isStopping = false
    }

    private let state = Mutex(State())

    /// A registry without checks, of a service that has not started.
    public init() {}

    /// Adds the check `name` to `probe`; one of the same name is replaced.
    public func add(_ probe: Probe, _ name: String, _ check: @escaping Check) {
        state.withLock { state in
            state.checks[probe, default: []].removeAll { $0.name == name }
            state.checks[probe, default: []].append((name, check))
        }
    }

    /// Takes the check `name` away.
    public func remove(_ probe: Probe, _ name: String) {
        state.withLock { $0.checks[probe]?.removeAll { $0.name == name } }
    }

    /// Says that every component has started; until then the service is neither started nor ready.
    public func markStarted() { state.withLock { $0.isStarted = true } }

    /// Says that the service is stopping; from then on it is not ready.
    public func markStopping() { state.withLock { $0.isStopping = true } }

    /// The answers to `probe` in the order in which the checks were added; the service's own state comes first.
    public func results(_ probe: Probe) -> [Result] {
        let (checks, isStarted, isStopping) = state.withLock { ($0.checks[probe] ?? [], $0.isStarted, $0.isStopping) }
        var results: [Result] = []
        switch probe {
        case .liveness: break
        case .startup:
            results.append(Result(name: "service", status: isStarted ? .passing : .failing("starting")))
        case .readiness:
            let status: Status = isStopping ? .failing("stopping") : isStarted ? .passing : .failing("starting")
            results.append(Result(name: "service", status: status))
        }
        // Outside the lock: a check may take locks of its own.
        return results + checks.map { Result(name: $0.name, status: $0.check()) }
    }

    /// Whether no check of `probe` fails.
    public func isPassing(_ probe: Probe) -> Bool { results(probe).allSatisfy { $0.status == .passing } }
}
