import Foundation

/// The repository that these tests stand in.
enum Repository {
    /// Its root directory.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The bytes of the file at `path`, relative to the root.
    static func bytes(of path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: path)))
    }

    /// The path of the program `name`, or nil when it is not installed.
    static func program(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// Runs `program` with `arguments` and `input` in `directory`, and gives its standard output; throws unless it ends with status 0.
    static func run(_ program: URL, _ arguments: [String], input: [UInt8] = [], directory: URL = root) throws -> [UInt8]
    {
        let process = Process()
        let (toProgram, fromProgram) = (Pipe(), Pipe())
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = toProgram
        process.standardOutput = fromProgram
        try process.run()
        try toProgram.fileHandleForWriting.write(contentsOf: Data(input))
        try toProgram.fileHandleForWriting.close()
        let output = try fromProgram.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(program: program.lastPathComponent, status: process.terminationStatus)
        }
        return [UInt8](output)
    }

    /// A program that ended with another status than 0.
    struct Failure: Error {
        let program: String
        let status: Int32
    }
}
