import Foundation

/// PostgreSQL's programs, and the user that may run them.
enum PostgresPrograms {
    /// `postgres` when we are root, because the server refuses to run as root; nil otherwise.
    static var user: String? { geteuid() == 0 ? "postgres" : nil }

    /// The program's path: in `VITALSTREAM_POSTGRES_BIN`, in Debian's newest version, or in PATH.
    static func path(_ program: String) throws -> String {
        let debian = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? [])
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(debian)/\($0)/bin" }
        let search = (Repository.environment("PATH") ?? "").split(separator: ":").map(String.init)
        let folders = [Repository.environment("VITALSTREAM_POSTGRES_BIN")].compactMap { $0 } + versions + search
        for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") {
            return "\(folder)/\(program)"
        }
        throw ServerFailure(description: "\(program) was not found: install the package postgresql")
    }

    /// Runs a program to its end.
    /// - Throws: `ServerFailure` with its output when it fails.
    static func run(_ command: [String], asUser: Bool = true) throws {
        let user = asUser ? user : nil
        let full = user.map { ["/usr/sbin/runuser", "-u", $0, "--"] + command } ?? command
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: full[0])
        process.arguments = Array(full.dropFirst())
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerFailure(
                description:
                    "\(command[0]) ended with \(process.terminationStatus): \(String(decoding: text, as: UTF8.self))")
        }
    }
}
