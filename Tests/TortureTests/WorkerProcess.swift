import Foundation
import Synchronization

/// A torture-worker process.
///
/// Safety: `process` is only asked for its state and sent signals, which Foundation allows from any thread.
final class WorkerProcess: @unchecked Sendable {
    private let process = Process()
    /// The worker ends when our end of it closes, also when this process falls.
    private let leash = Pipe()
    private let output = Mutex("")
    private let exit = Mutex<(status: Int32, bySignal: Bool)?>(nil)

    /// The executable, beside the test bundle.
    static var executable: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "torture-worker")
    }

    init(_ environment: [String: String]) throws {
        process.executableURL = Self.executable
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
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
            self?.exit.withLock { $0 = (process.terminationStatus, process.terminationReason == .uncaughtSignal) }
        }
        _ = fcntl(leash.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var identifier: Int32 { process.processIdentifier }
    /// What it wrote so far.
    var text: String { output.withLock { $0 } }
    /// How it ended, or nil while it runs.
    var ended: (status: Int32, bySignal: Bool)? { exit.withLock { $0 } }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// True while the kernel holds it stopped.
    var isStopped: Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else {
            return false
        }
        return status.split(separator: ")").last?.split(separator: " ").first == "T"
    }

    /// Resident memory in bytes.
    var residentBytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/statm", encoding: .utf8),
            let pages = status.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
