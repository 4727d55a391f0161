import Foundation
import Synchronization

/// A server in the foreground, under a shell that ends it when our end of a pipe closes: by an order, or because this
/// process is gone for whatever reason. So no server outlives its test, not even after SIGKILL.
///
/// Safety: `process` and `orders` are only used under `lock`.
final class GuardedProcess: @unchecked Sendable {
    private let process = Process()
    private let orders = Pipe()
    private let lock = Mutex(())

    /// - Parameters:
    ///   - command: the program and its arguments; it inherits no input.
    ///   - user: whom to run as, when we are root.
    ///   - log: a file for both outputs, appended to.
    ///   - scratch: a directory that is removed when the guard ends without an order to keep it.
    ///   - farewell: the signal that ends the server when there is no order.
    init(_ command: [String], user: String?, log: URL, scratch: URL, farewell: String = "INT") throws {
        let script = """
            trap : INT TERM HUP
            log=$1; scratch=$2; farewell=$3; shift 3
            "$@" </dev/null >>"$log" 2>&1 &
            server=$!
            if read -r signal; then keep=1; else signal=$farewell; keep=; fi
            kill -s "$signal" "$server" 2>/dev/null
            count=0
            while kill -0 "$server" 2>/dev/null; do
                count=$((count + 1)); [ "$count" -lt 200 ] || kill -s KILL "$server" 2>/dev/null
                sleep 0.05
            done
            wait "$server"
            [ -n "$keep" ] || rm -rf "$scratch"
            """
        let shell = ["/bin/sh", "-c", script, "guard", log.path, scratch.path, farewell] + command
        let full = user.map { ["/usr/sbin/runuser", "-u", $0, "--"] + shell } ?? shell
        process.executableURL = URL(filePath: full[0])
        process.arguments = Array(full.dropFirst())
        process.standardInput = orders.fileHandleForReading
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        _ = fcntl(orders.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        try process.run()
        try orders.fileHandleForReading.close()
    }

    var isRunning: Bool { lock.withLock { _ in process.isRunning } }

    /// Sends a signal (`INT`, `KILL`, ...) and waits for the end; the scratch directory stays.
    func end(signal: String) async throws {
        lock.withLock { _ in orders.fileHandleForWriting.write(Data((signal + "\n").utf8)) }
        try await eventually("the end of the server") { !isRunning }
    }

    /// Says farewell to the server, waits, and has the scratch directory removed.
    func endAndRemove() async throws {
        lock.withLock { _ in try? orders.fileHandleForWriting.close() }
        try await eventually("the end of the server") { !isRunning }
    }
}
