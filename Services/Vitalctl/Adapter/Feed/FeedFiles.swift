import Foundation
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
            return try FeedDocument.records(of: try parse(bytes[...], line: nil), source: name)
        case .lines:
            return try NDJSON.lines(of: bytes).flatMap { line in
                try FeedDocument.records(of: try parse(line.bytes, line: line.number), source: "\(name):\(line.number)")
            }
        }
    }

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
    static func find(_ path: String) throws -> Findings {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw VitalctlError(.unreadableFile, operation: "read \(path)", detail: "there is no such file or folder")
        }
        var findings = Findings()
        if isFolder.boolValue {
            try walk(path, &findings)
        } else if let file = file(path) {
            findings.files.append(file)
        } else {
            throw VitalctlError(
                .notHealthData, operation: "read \(path)",
                detail: "publish takes .json, .ndjson and .jsonl files, also with .gz")
        }
        return findings
    }

    private static func walk(_ folder: String, _ findings: inout Findings) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw VitalctlError(.unreadableFile, operation: "read \(folder)", detail: "the folder cannot be opened")
        }
        let kinds = Set(names)
        if kinds.contains("fitbit"), kinds.contains("pmsys") || kinds.contains("googledocs") {
            findings.participants.append(folder)
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try walk(path, &findings)
            } else if let file = file(path) {
                findings.files.append(file)
            } else {
                findings.skipped.append(path)
            }
        }
    }

    private static func file(_ path: String) -> FeedFile? {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        if name.hasSuffix(".json") { return FeedFile(path: path, form: .document) }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return FeedFile(path: path, form: .lines) }
        return nil
    }
}
