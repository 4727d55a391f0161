import Foundation
import VitalctlCore

/// Finds the programs that the embedded stack is made of.
enum ProgramSearch {
    /// The path of `program` in PATH or the system's folders.
    static func path(of program: String, package: String) throws -> String {
        try path(of: program, in: [], package: package)
    }

    /// The path of a PostgreSQL program: in `VITALSTREAM_POSTGRES_BIN`, Debian's newest version, or PATH.
    static func postgres(_ program: String) throws -> String {
        let debian = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? [])
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(debian)/\($0)/bin" }
        let own = ProcessInfo.processInfo.environment["VITALSTREAM_POSTGRES_BIN"].map { [$0] } ?? []
        return try path(of: program, in: own + versions, package: "postgresql")
    }

    /// The console script of nx-27017: in `VITALSTREAM_VENV`, or in a `.venv` of the current directory or of one above the executable.
    static func documentStore() throws -> String {
        var folders: [URL] = []
        if let own = ProcessInfo.processInfo.environment["VITALSTREAM_VENV"] { folders.append(URL(filePath: own)) }
        for start in [URL(filePath: FileManager.default.currentDirectoryPath), executable.deletingLastPathComponent()] {
            var folder = start.standardizedFileURL
            while folder.path != "/" {
                folders.append(folder.appending(path: ".venv"))
                folder = folder.deletingLastPathComponent()
            }
        }
        for folder in folders {
            let script = folder.appending(path: "bin/nx-27017").path
            if FileManager.default.isExecutableFile(atPath: script) { return script }
        }
        throw VitalctlError(
            .missingProgram, operation: "find nx-27017",
            detail: "no .venv with nx-27017 here or above; run deploy/setup, or set VITALSTREAM_VENV")
    }

    /// The executable of a service: in `VITALSTREAM_BIN`, or beside vitalctl.
    static func service(_ name: String) throws -> String {
        let own = ProcessInfo.processInfo.environment["VITALSTREAM_BIN"].map { URL(filePath: $0) }
        for folder in [own, executable.deletingLastPathComponent()].compactMap({ $0 }) {
            let path = folder.appending(path: name).path
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw VitalctlError(
            .missingProgram, operation: "find \(name)",
            detail: "there is no executable \(name) beside vitalctl; build it first")
    }

    /// This program's own file.
    static var executable: URL {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: path ?? CommandLine.arguments[0])
    }

    private static func path(of program: String, in folders: [String], package: String) throws -> String {
        let search = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in folders + search + ["/usr/bin", "/bin", "/usr/sbin", "/sbin"] {
            let path = "\(folder)/\(program)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw VitalctlError(
            .missingProgram, operation: "find \(program)",
            detail: "it is not installed; it is in the package \(package)")
    }
}
