import Foundation
import Synchronization

/// The executable of a service under a shell that kills it when this process is gone for whatever reason.
///
/// Safety: `process` is only asked for its state, which Foundation allows from any thread.
final class ServiceProcess: @unchecked Sendable {
    private let process = Process()
    private let leash = Pipe()
    private let output = Mutex("")
    private let exit = Mutex<Int32?>(nil)

    /// It asks again and again, because a child of ours inherits blocked signals, and `wait` would not hear of the end.
    private static let guardScript = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        service=$!
        echo "service $service"
        ( read -r _ <&3; kill -s KILL "$service" 2>/dev/null ) >/dev/null 2>&1 &
        watch=$!
        while kill -0 "$service" 2>/dev/null; do sleep 0.02; done
        wait "$service"
        status=$?
        kill -s KILL "$watch" 2>/dev/null
        exit $status
        """

    /// Starts `name`, which lies beside the test bundle.
    init(_ name: String, _ arguments: [String], environment: [String: String]) throws {
        let executable = WorkerProcess.executable.deletingLastPathComponent().appending(path: name)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.guardScript, "guard", executable.path] + arguments
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("VITALSTREAM_") }
        process.environment = inherited.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = leash
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return
            }
            self?.output.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        process.terminationHandler = { [weak self] process in
            self?.exit.withLock { $0 = process.terminationStatus }
        }
        _ = fcntl(leash.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        try process.run()
    }

    deinit { try? leash.fileHandleForWriting.close() }

    /// What it wrote so far.
    var text: String { output.withLock { $0 } }
    /// Its status, as a shell says it (137 after SIGKILL), or nil while it runs.
    var ended: Int32? { exit.withLock { $0 } }

    /// Sends a signal to the service itself; false when it has no number yet.
    @discardableResult
    func send(_ signal: Int32) -> Bool {
        guard ended == nil,
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("service ") }),
            let identifier = Int32(line.dropFirst(8))
        else { return false }
        return kill(identifier, signal) == 0
    }
}
