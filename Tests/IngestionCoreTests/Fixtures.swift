import Domain
import Foundation
import IngestionCore
import JSONDocument

/// Names people by reversible text, so that a test can see which identifier arrived.
struct PlainNames: PersonNaming {
    func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        let identifier = person.reveal()
        let text = "\(identifier.system)_\(identifier.value)".map {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_"
        }
        guard let name = PatientPseudonym("p1." + String(text.suffix(60))) else { throw Unnamed() }
        return name
    }

    func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.\(record.reveal().value)" }

    struct Unnamed: Error {}
}

enum Fixture {
    /// 2026-01-01T00:00:00Z.
    static let receivedAt = Timestamp(microseconds: 1_767_225_600_000_000)

    static func decoder(source: String = "test", patientSystem: String = "s") -> FeedDecoder {
        FeedDecoder(
            context: FeedContext(source: source, receivedAt: receivedAt, patientSystem: patientSystem),
            names: PlainNames())
    }

    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }
}

/// The real data beside the repository; nil, with a line printed, when it is not there.
enum SharedData {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"]
        let beside = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/data")
        let folder = environment.map { URL(filePath: $0).appending(path: "data") } ?? beside
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("skipped: no real data at \(folder.path)")
            return nil
        }
        return folder
    }()

    static func files(in path: String, suffix: String) -> [URL] {
        guard let folder = folder?.appending(path: path) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appending(path: $0) }
    }

    /// The bytes of a file, through `gzip -dc` when its name ends in `.gz`.
    static func bytes(of file: URL) throws -> [UInt8] {
        guard file.pathExtension == "gz" else { return Array(try Data(contentsOf: file)) }
        return try output(of: ["gzip", "-dc", file.path])
    }

    /// What a command writes to standard output. Throws when it cannot be started or fails.
    static func output(of arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailed(command: arguments[0], status: process.terminationStatus)
        }
        return Array(data)
    }

    struct CommandFailed: Error {
        let command: String
        let status: Int32
    }
}
