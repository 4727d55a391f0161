import Compression
import Foundation
import IngestionCore
import JSONDocument
import VitalctlCore

/// A file, or a part of a data set, that records are made from.
struct FeedFile: Sendable {
    /// How it is read.
    enum Form: Sendable {
        /// One JSON document.
        case document
        /// One JSON document a line.
        case lines
        /// Whole, as the headers say; cut where the format allows it.
        case whole(FeedFormat, headers: [String: String])
    }

    let path: String
    let form: Form

    /// Reads the file, unpacked when its name ends in `.gz`. Blocks.
    func contents() throws -> [UInt8] {
        guard path.hasSuffix(".gz") else {
            guard let data = FileManager.default.contents(atPath: path) else { throw unreadable("it cannot be opened") }
            return [UInt8](data)
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: try ProgramSearch.path(of: "gzip", package: "gzip"))
        process.arguments = ["-dc", "--", path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw unreadable("it is not a whole gzip file") }
        return [UInt8](data)
    }

    /// The file's records. Blocks.
    ///
    /// - Throws: ``VitalctlError`` that names the file and, within it, the line.
    func records() throws -> [FeedRecord] {
        let bytes = try contents()
        let name = URL(filePath: path).lastPathComponent
        switch form {
        case .document:
            let document = try parse(bytes[...], line: nil)
            guard bytes.count > FeedDocument.standardLimit, document["type"]?.string == "transaction" else {
                return try FeedDocument.records(of: document, source: name)
            }
            // It is taken as one or not at all, so it must not be cut.
            return [
                try packed(
                    bytes, as: .fhir, headers: [:], key: FeedKey.key(for: name),
                    items: document["entry"]?.array?.count ?? 1)
            ]
        case .whole(let format, let headers):
            let key = FeedKey.key(for: headers[FeedHeader.subject] ?? name)
            return try pieces(of: bytes, format).map {
                try packed($0, as: format, headers: headers, key: key, items: 1)
            }
        case .lines:
            return try NDJSON.lines(of: bytes).flatMap { line in
                try FeedDocument.records(of: try parse(line.bytes, line: line.number), source: "\(name):\(line.number)")
            }
        }
    }

    /// `bytes` in submissions that a record may hold.
    private func pieces(of bytes: [UInt8], _ format: FeedFormat) throws -> [[UInt8]] {
        guard var splitter = format.splitter(size: FeedDocument.standardLimit) else { return [bytes] }
        do {
            return try splitter.split(bytes) + [try splitter.finish()].compactMap(\.self)
        } catch {
            throw unreadable("\(error)")
        }
    }

    /// A record of `bytes`, compressed when it is large.
    private func packed(
        _ bytes: [UInt8], as format: FeedFormat, headers: [String: String], key: String, items: Int
    ) throws -> FeedRecord {
        var headers = headers
        headers[FeedHeader.format] = format.rawValue
        var value = bytes
        if bytes.count > FeedDocument.standardLimit {
            value = try StreamEncoder.encode(bytes, .zstd)
            headers[FeedHeader.encoding] = "zstd"
        }
        guard value.count <= Self.longestValue else {
            throw VitalctlError(
                .oversize, operation: "read \(path)",
                detail:
                    "packed it has \(HumanText.bytes(value.count)), and a record holds \(HumanText.bytes(Self.longestValue)); "
                    + "post it to Ingestion")
        }
        return FeedRecord(
            topic: FeedTopic(format), key: key, value: value, itemCount: items, headers: headers)
    }

    /// Below Kafka's own limit of a million bytes, with room for key and headers.
    private static let longestValue = 960_000

    private func parse(_ bytes: ArraySlice<UInt8>, line: Int?) throws -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw VitalctlError(
                .unreadableFile, operation: "read \(path)", detail: "\(line.map { "line \($0): " } ?? "")\(error)")
        }
    }

    private func unreadable(_ detail: String) -> VitalctlError {
        VitalctlError(.unreadableFile, operation: "read \(path)", detail: detail)
    }
}

/// Finds what can be published below a path.
enum FeedFiles {
    /// What was found.
    struct Findings: Sendable {
        /// Files of JSON, in the order of their paths.
        var files: [FeedFile] = []
        /// Folders of PMData participants.
        var participants: [String] = []
        /// Files that are neither.
        var skipped: [String] = []
    }

    /// Everything below `path`, or `path` itself.
    ///
    /// - Throws: `unreadableFile` when there is no such thing.
    ///
    /// - Parameter form: how every file is read; nil goes by the names, and passes over what none tells.
    static func find(_ path: String, as form: FeedFile.Form? = nil) throws -> Findings {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw VitalctlError(.unreadableFile, operation: "read \(path)", detail: "there is no such file or folder")
        }
        var findings = Findings()
        if isFolder.boolValue {
            try walk(path, form, &findings)
        } else if let file = file(path, form) {
            findings.files.append(file)
        } else {
            throw VitalctlError(
                .notHealthData, operation: "read \(path)",
                detail: "its name does not tell its format; name it with --format")
        }
        return findings
    }

    private static func walk(_ folder: String, _ form: FeedFile.Form?, _ findings: inout Findings) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw VitalctlError(.unreadableFile, operation: "read \(folder)", detail: "the folder cannot be opened")
        }
        let kinds = Set(names)
        if form == nil, kinds.contains("fitbit"), kinds.contains("pmsys") || kinds.contains("googledocs") {
            findings.participants.append(folder)
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try walk(path, form, &findings)
            } else if let file = file(path, form) {
                findings.files.append(file)
            } else {
                findings.skipped.append(path)
            }
        }
    }

    private static func file(_ path: String, _ form: FeedFile.Form?) -> FeedFile? {
        if let form { return FeedFile(path: path, form: form) }
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        if name.hasSuffix(".json") { return FeedFile(path: path, form: .document) }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return FeedFile(path: path, form: .lines) }
        for (ending, format) in [(".hl7", FeedFormat.hl7v2), (".vcf", .vcf), (".gpx", .gpx)]
        where name.hasSuffix(ending) {
            return FeedFile(path: path, form: .whole(format, headers: [:]))
        }
        return nil
    }
}

extension FeedTopic {
    /// The topic that carries records of `format`.
    init(_ format: FeedFormat) {
        self =
            switch format.feed {
            case .ehr: .ehr
            case .hl7v2: .hl7v2
            case .wearable: .wearable
            case .genomics: .genomics
            }
    }
}
