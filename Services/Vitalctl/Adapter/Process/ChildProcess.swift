import Foundation
import Synchronization
import VitalctlCore

/// A child process in a group of its own, so that a Ctrl-C at the terminal reaches vitalctl alone and the children stop in order.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Ending: Equatable, Sendable, CustomStringConvertible {
        case exited(Int32)
        case killed(Int32)

        var description: String {
            switch self {
            case .exited(let status): "ended with status \(status)"
            case .killed(let signal): "was ended by signal \(signal)"
            }
        }
    }

    /// What a process receives when vitalctl dies, by setpriv's names.
    enum DeathSignal: String, Sendable {
        case terminate = "TERM"
        case interrupt = "INT"
    }

    /// What to start.
    struct Command: Sendable {
        var name: String
        var program: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        /// The user to run as, when vitalctl is root; nil keeps ours.
        var user: String?
        /// Where standard output and error go; appended.
        var logFile: String
        /// What the process receives when vitalctl dies.
        var signalWhenOrphaned = DeathSignal.terminate
        /// The directory to start in.
        var directory = "/"
    }

    private struct State {
        var ending: Ending?
        var waiters: [CheckedContinuation<Ending, Never>] = []
    }

    let name: String
    let pid: pid_t
    let startedAt = ContinuousClock.now
    private let state = Mutex(State())

    private init(name: String, pid: pid_t) {
        self.name = name
        self.pid = pid
    }

    /// Starts `command`.
    ///
    /// - Throws: ``VitalctlError`` when a program is missing or cannot be started.
    static func start(_ command: Command) async throws -> ChildProcess {
        let child = try await ProcessSpawner.shared.run { ChildProcess(name: command.name, pid: try spawn(command)) }
        let thread = Thread { child.reap() }
        thread.name = "wait-\(command.name)"
        thread.start()
        return child
    }

    /// The way the process ended, nil while it runs.
    var ending: Ending? { state.withLock { $0.ending } }

    /// Waits for the end.
    func end() async -> Ending {
        await withCheckedContinuation { continuation in
            let ending = state.withLock { state -> Ending? in
                if state.ending == nil { state.waiters.append(continuation) }
                return state.ending
            }
            if let ending { continuation.resume(returning: ending) }
        }
    }

    /// Sends `signal`, unless the process has ended.
    func send(_ signal: Int32) {
        // Under the lock, so that the pid is not reaped, and perhaps used again, meanwhile.
        state.withLock { if $0.ending == nil { kill(pid, signal) } }
    }

    /// Sends `signal`, waits `patience`, then kills. The way it ended.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM, patience: Duration) async -> Ending {
        send(signal)
        let killer = Task {
            try await Task.sleep(for: patience)
            send(SIGKILL)
        }
        defer { killer.cancel() }
        return await end()
    }

    private func reap() {
        // WNOWAIT keeps the pid taken until the lock is held, so that nobody can signal a stranger who got the same pid.
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        let waiters = state.withLock { state in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) == -1, errno == EINTR {}
            let signal = status & 0x7F
            let ending = signal == 0 ? Ending.exited((status >> 8) & 0xFF) : .killed(signal)
            state.ending = ending
            defer { state.waiters = [] }
            return state.waiters.map { ($0, ending) }
        }
        for (waiter, ending) in waiters { waiter.resume(returning: ending) }
    }

    /// Starts `command` through setpriv and env, which set user, death signal and directory and then become the program: no process stands
    /// between.
    private static func spawn(_ command: Command) throws -> pid_t {
        let setpriv = try ProgramSearch.path(of: "setpriv", package: "util-linux")
        var arguments = [setpriv, "--pdeathsig", command.signalWhenOrphaned.rawValue]
        if let user = command.user, geteuid() == 0 { arguments += ["--reuid", user, "--regid", user, "--init-groups"] }
        let env = try ProgramSearch.path(of: "env", package: "coreutils")
        arguments += ["--", env, "-C", command.directory, command.program] + command.arguments
        var environment = command.environment
        for name in ["PATH", "LD_LIBRARY_PATH", "TZ"] where environment[name] == nil {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, command.logFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        Descriptors.closeOnExec()

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var pid: pid_t = 0
        let result = withCStrings(arguments) { argv in
            withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&pid, setpriv, &actions, &attributes, argv, envp)
            }
        }
        guard result == 0 else {
            throw VitalctlError(
                .processFailed, operation: "start \(command.name)",
                detail: "\(command.program): \(String(cString: strerror(result)))")
        }
        return pid
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
