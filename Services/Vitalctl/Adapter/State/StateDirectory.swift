import Cryptography
import Foundation
import Glibc
import VitalctlCore

/// The folder that a stack lives in: data, logs, keys, and `state.json`.
struct StateDirectory: Sendable {
    let folder: URL

    init(_ path: String) {
        folder =
            URL(filePath: path, relativeTo: URL(filePath: FileManager.default.currentDirectoryPath + "/"))
            .standardizedFileURL
    }

    var stateFile: String { path("state.json") }
    var pseudonymKeyFile: String { path("keys/pseudonym.key") }
    var payloadKeyFile: String { path("keys/payload.key") }
    var postgresPasswordFile: String { path("keys/postgres.password") }
    var postgresAdminPasswordFile: String { path("keys/postgres-admin.password") }
    var passFile: String { path("keys/pgpass") }

    func path(_ name: String) -> String { folder.appending(path: name).path }
    func logFile(_ name: String) -> String { path("log/\(name).log") }

    /// Makes the folders and the keys that are missing. Keys are readable by their owner only.
    func prepare() throws {
        for name in ["", "log", "keys", "mongo"] {
            let isSecret = name == "keys"
            try FileManager.default.createDirectory(
                atPath: path(name), withIntermediateDirectories: true,
                attributes: [.posixPermissions: isSecret ? 0o700 : 0o755])
        }
        for file in [pseudonymKeyFile, payloadKeyFile, postgresPasswordFile, postgresAdminPasswordFile]
        where !FileManager.default.fileExists(atPath: file) {
            try writeSecret(try Self.randomHexadecimal() + "\n", to: file)
        }
    }

    /// Writes `text` so that nobody else can read it at any moment.
    func writeSecret(_ text: String, to file: String) throws {
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw unreadable(file) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw unreadable(file) }
    }

    /// The secret in `file`.
    func secret(_ file: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw unreadable(file) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The state of the stack that runs here, or nil when none does. A state that a dead stack left behind counts as none.
    func running() throws -> StackState? {
        guard let state = try lastState(), state.supervisor.isAlive, state.failure == nil else { return nil }
        return state
    }

    /// What `state.json` says, whoever wrote it.
    func lastState() throws -> StackState? {
        guard let data = FileManager.default.contents(atPath: stateFile) else { return nil }
        guard let state = try? JSONDecoder().decode(StackState.self, from: data) else {
            throw VitalctlError(
                .unreadableFile, operation: "read \(stateFile)",
                detail: "it is not the state of a stack of this version; remove it")
        }
        return state
    }

    /// Replaces `state.json` in one step.
    func write(_ state: StackState) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(state) + Data("\n".utf8)).write(to: URL(filePath: stateFile), options: .atomic)
    }

    func removeState() { unlink(stateFile) }

    /// Takes the folder for this process; the lock goes with the process.
    ///
    /// - Throws: `alreadyUp` when another stack has it.
    func lock() throws {
        let descriptor = open(path("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unreadable(path("lock")) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw VitalctlError(
                .alreadyUp, operation: "up", detail: "a stack runs in \(folder.path); stop it with vitalctl down")
        }
    }

    private static func randomHexadecimal() throws -> String {
        try SymmetricKey(randomByteCount: 32).withUnsafeBytes { bytes in
            bytes.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
        }
    }

    private func unreadable(_ file: String) -> VitalctlError {
        VitalctlError(.unreadableFile, operation: "open \(file)", detail: String(cString: strerror(errno)))
    }
}
