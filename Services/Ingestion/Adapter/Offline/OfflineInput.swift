import Compression
import Foundation
import GenomicFormats
public import IngestionCore

/// A file, or standard input, read in pieces and unpacked on the way (gzip, BGZF and zstd by their first bytes).
public struct OfflineInput: Sendable {
    /// How much is read at once, in bytes.
    static let pieceBytes = 1 << 20
    /// How long an unpacked file may be, in bytes, and how many times its packed length.
    static let limits = DecompressionLimits(outputBytes: 1 << 40, ratio: 2_000)

    /// The path; `-` is standard input.
    public let path: String

    /// The file at `path`.
    public init(path: String) {
        self.path = path
    }

    /// Hands the file's bytes to `stream`, and ends it; the bytes read, as they lie in the file.
    ///
    /// - Throws: ``IngestionError`` `.malformed` when the file cannot be opened, read or unpacked.
    @discardableResult
    public func read(into stream: any FeedStream) throws -> Int {
        if try isBinaryVariants() { return try readVariants(into: stream) }
        let file = path == "-" ? FileHandle.standardInput : try opened()
        defer { if path != "-" { try? file.close() } }
        var decoder: StreamDecoder?
        var count = 0
        do {
            while let piece = try file.read(upToCount: Self.pieceBytes), !piece.isEmpty {
                let isFirst = count == 0
                count += piece.count
                if isFirst, let format = CompressionFormat.sniff(piece.prefix(16)) {
                    decoder = try StreamDecoder(format, limits: Self.limits)
                }
                try piece.withUnsafeBytes { bytes in
                    if let decoder { try decoder.decode(bytes) { stream.read($0) } } else { stream.read(bytes) }
                }
            }
            try decoder?.finish()
        } catch let error as CompressionError {
            throw failure("\(error.code.rawValue): \(error.detail)")
        } catch {
            throw failure("it cannot be read to its end")
        }
        stream.finish()
        return count
    }

    /// The whole file, unpacked.
    public func contents(limit: Int = 1 << 30) throws -> [UInt8] {
        let gatherer = Gatherer(limit: limit)
        try read(into: gatherer)
        guard gatherer.bytes.count <= limit else { throw failure("it is longer than \(limit) bytes") }
        return gatherer.bytes
    }

    private final class Gatherer: FeedStream {
        var bytes: [UInt8] = []
        let limit: Int
        init(limit: Int) { self.limit = limit }
        func read(_ piece: UnsafeRawBufferPointer) {
            if bytes.count <= limit { bytes.append(contentsOf: piece) }
        }
        func finish() {}
    }

    // MARK: - BCF

    /// Whether the file is a BCF, the binary form of VCF (packed with BGZF, as a rule).
    private func isBinaryVariants() throws -> Bool {
        guard path.hasSuffix(".bcf") else { return false }
        let file = try opened()
        defer { try? file.close() }
        let start = Array((try? file.read(upToCount: 64 << 10)) ?? Data())
        guard CompressionFormat.sniff(start.prefix(16)) == .gzip else { return start.starts(with: "BCF".utf8) }
        let decoder = try StreamDecoder(.gzip, limits: Self.limits)
        return (try? decoder.decode(start))?.starts(with: "BCF".utf8) ?? false
    }

    /// Hands on what a BCF says as the text of a VCF.
    private func readVariants(into stream: any FeedStream) throws -> Int {
        do {
            try HTSVariantFile(path: path).readText { stream.read($0) }
        } catch let error as GenomicFormatError {
            throw failure("\(error.code): \(error.detail)")
        }
        stream.finish()
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return (size ?? nil) ?? 0
    }

    private func opened() throws -> FileHandle {
        guard let file = FileHandle(forReadingAtPath: path) else { throw failure("it cannot be opened") }
        return file
    }

    private func failure(_ detail: String) -> IngestionError {
        IngestionError(.malformed, operation: "read \(path)", detail: detail)
    }
}
