import Foundation
import Logging
import MongoClient

/// nx-27017, which serves MongoDB's wire protocol in development, on a free port and a private data directory. It ends
/// with this process.
///
/// It needs the Python package `nx-27017`: the interpreter is named by `VITALSTREAM_PYTHON`, else it is
/// `.venv/bin/python` of the repository.
///
/// ```swift
/// @Suite(.enabled(if: TemporaryMongo.isAvailable, TemporaryMongo.skipNote))
/// ```
public final class TemporaryMongo: Sendable {
    /// The TCP port on 127.0.0.1.
    public let port: Int
    private let process: GuardedProcess
    private let directory: URL

    private static let sharedServer = Task { try await TemporaryMongo.start() }

    /// The one server of this test process, started at its first use.
    public static var shared: TemporaryMongo {
        get async throws { try await sharedServer.value }
    }

    /// Why tests are skipped.
    public static let skipNote: String = "needs the Python package nx-27017 (deploy/setup, or VITALSTREAM_PYTHON)"

    /// True when the server's package is there; prints a line once when it is not.
    public static let isAvailable: Bool = {
        let isThere = interpreter != nil
        if !isThere { print("skipped: MongoDB tests \(skipNote)") }
        return isThere
    }()

    /// The interpreter that has the package.
    public static let interpreter: URL? = {
        let local = Repository.root.appending(path: ".venv/bin/python")
        let candidates = [Repository.environment("VITALSTREAM_PYTHON").map { URL(filePath: $0) }, local].compactMap {
            $0
        }
        return candidates.first { python in
            let check = Process()
            check.executableURL = python
            check.arguments = ["-c", "import nx_27017"]
            check.standardOutput = FileHandle.nullDevice
            check.standardError = FileHandle.nullDevice
            guard (try? check.run()) != nil else { return false }
            check.waitUntilExit()
            return check.terminationStatus == 0
        }
    }()

    /// The package has an entry point and no module to run.
    private static let launcher = "import sys; from nx_27017.nx_27017 import main; sys.exit(main())"

    /// The way to a new, empty database on this server.
    public func makeDatabase() -> MongoConfiguration {
        let name = "test_\(UInt64.random(in: 0 ... .max))"
        return MongoConfiguration(uri: "mongodb://127.0.0.1:\(port)", database: name)
    }

    /// Starts a server; it answers when this returns.
    public static func start() async throws -> TemporaryMongo {
        guard let interpreter else { throw ServerFailure(description: "MongoDB \(skipNote)") }
        var failure = ServerFailure(description: "not tried")
        for _ in 0..<2 {  // somebody may take the port between finding and using it
            let port = try LoopbackPort.free()
            let name = "vitalstream-mongo-\(ProcessInfo.processInfo.processIdentifier)-\(port)"
            let directory = FileManager.default.temporaryDirectory.appending(path: name)
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
            let output = directory.appending(path: "output.log")
            let command = [
                interpreter.path, "-c", launcher, "--data-dir", directory.appending(path: "data").path, "--host",
                "127.0.0.1", "-p", String(port), "--log-file", directory.appending(path: "server.log").path,
                "--pid-file",
                directory.appending(path: "pid").path,
            ]
            let process = try GuardedProcess(command, user: nil, log: output, scratch: directory, farewell: "TERM")
            let server = TemporaryMongo(port: port, process: process, directory: directory)
            do {
                try await server.waitUntilReady()
                return server
            } catch {
                let log = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
                failure = ServerFailure(description: "\(error)\n\(log.suffix(2000))")
                try? await server.stop()
            }
        }
        throw failure
    }

    private init(port: Int, process: GuardedProcess, directory: URL) {
        self.port = port
        self.process = process
        self.directory = directory
    }

    /// Stops the server and removes its data.
    public func stop() async throws { try await process.endAndRemove() }

    private func waitUntilReady() async throws {
        var configuration = MongoConfiguration(uri: "mongodb://127.0.0.1:\(port)", database: "admin", threads: 1)
        configuration.serverSelectionTimeout = .milliseconds(500)
        let pool = try MongoPool(configuration, logger: Logger(label: "mongo") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await eventually("the start of nx-27017", timeout: .seconds(20)) { (try? await pool.ping()) != nil }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
