import Foundation
import VitalctlCore

/// `up --detach`: starts this program again in a session of its own, and waits until its stack is ready.
enum DetachedStack {
    /// Starts `vitalctl up` with `arguments`, its output in the state directory's `log/vitalctl.log`.
    static func start(_ arguments: [String], in directory: StateDirectory) async throws -> StackState {
        try directory.prepare()
        if try directory.running() != nil {
            throw VitalctlError(
                .alreadyUp, operation: "up",
                detail: "a stack runs in \(directory.folder.path); stop it with vitalctl down")
        }
        directory.removeState()
        let log = directory.logFile("vitalctl")
        let pid = try spawn([ProgramSearch.executable.path, "up"] + arguments, log: log)
        while true {
            if let state = try directory.running(), state.supervisor.pid == pid, state.isReady { return state }
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                let lines = (try? String(contentsOfFile: log, encoding: .utf8))?.split(separator: "\n") ?? []
                let tail = (lines.last ?? "").replacing("Error: ", with: "")
                throw VitalctlError(.processFailed, operation: "up", detail: "\(tail) (log: \(log))")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private static func spawn(_ arguments: [String], log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        Descriptors.closeOnExec()
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID, a macro that Swift does not import: no terminal, so that its end does not end the stack.
        posix_spawnattr_setflags(&attributes, 0x80)
        let argv = arguments.map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, arguments[0], &actions, &attributes, argv, environ)
        guard result == 0 else {
            throw VitalctlError(.processFailed, operation: "up --detach", detail: String(cString: strerror(result)))
        }
        return pid
    }
}
