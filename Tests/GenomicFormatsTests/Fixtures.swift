import Foundation
import GenomicFormats
import TestSupport

/// What reading a VCF gave.
struct VariantReading {
    var header: VCFHeader?
    var records: [VariantRecord] = []
    var refused: [GenomicFormatError] = []
    /// Why reading stopped.
    var failure: GenomicFormatError?

    var isAccepted: Bool { refused.isEmpty && failure == nil }
    var errors: [GenomicFormatError] { refused + [failure].compactMap { $0 } }

    init(_ bytes: [UInt8], pieces: Int = 1 << 16, lineLimit: Int = 64 << 20) {
        let reader = VCFReader(lineLimit: lineLimit)
        do {
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                try reader.push(Array(bytes[start..<min(start + pieces, bytes.count)])) { take($0) }
            }
            try reader.finish { take($0) }
        } catch let error as GenomicFormatError {
            failure = error
        } catch {
            failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
        }
    }

    init(_ text: String) {
        self.init(Array(text.utf8))
    }

    init(file: HTSVariantFile, decoding: HTSVariantFile.Decoding) {
        do {
            try file.read(decoding: decoding) { take($0) }
        } catch let error as GenomicFormatError {
            failure = error
        } catch {
            failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
        }
    }

    private mutating func take(_ event: VCFEvent) {
        switch event {
        case .header(let header): self.header = header
        case .record(let record): records.append(VariantRecord(record))
        case .refused(let error): refused.append(error)
        }
    }

    /// A file with one record.
    static func of(
        _ record: String, version: String = "4.3", meta: [String] = [], samples: [String] = []
    ) -> VariantReading {
        var head = ["##fileformat=VCFv\(version)"] + meta
        var columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
        if !samples.isEmpty { columns += ["FORMAT"] + samples }
        head.append(columns.joined(separator: "\t"))
        return VariantReading((head + [record, ""]).joined(separator: "\n"))
    }
}

enum Files {
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: SharedData.url(path))) }

    static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: SharedData.url(path).path)) ?? []).sorted()
    }

    /// The text of a file, decompressed.
    static func text(_ path: String) throws -> [UInt8] {
        var text: [UInt8] = []
        let stream = GenomicStream()
        try bytes(path).withUnsafeBytes { try stream.push($0) { text.append(contentsOf: $0) } }
        try stream.finish { text.append(contentsOf: $0) }
        return text
    }

    /// What a program writes to standard output; nil when it is not installed or fails.
    static func output(of arguments: [String], in folder: URL? = nil) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = folder }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }

    /// A folder for the length of `body`.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vitalstream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
