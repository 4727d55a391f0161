public import Compression

/// The text of a genomic file, whatever it came in: plain, gzip (BGZF too), zstd, or a ZIP archive with one file. Takes the file in pieces cut
/// anywhere and lends the text in pieces, in flat memory; a ZIP archive alone is gathered first, up to a limit.
///
/// ```swift
/// let stream = GenomicStream()
/// try stream.push(piece) { text in ... }
/// try stream.finish { text in ... }
/// ```
public final class GenomicStream {
    private enum Form {
        /// Fewer bytes than tell the form.
        case unknown
        case plain
        case compressed(StreamDecoder)
        case archive
    }

    private let limits: DecompressionLimits
    private let archiveLimit: Int
    private var form = Form.unknown
    private var gathered: [UInt8] = []

    /// A stream of one file. A ZIP archive may have `archiveLimit` bytes.
    public init(limits: DecompressionLimits = GenomicStream.standardLimits, archiveLimit: Int = 256 << 20) {
        self.limits = limits
        self.archiveLimit = archiveLimit
    }

    /// 64 GiB of text, 1000 times the bytes sent: genotypes of many samples compress well.
    public static let standardLimits = DecompressionLimits(outputBytes: 64 << 30, ratio: 1_000)

    /// Takes the next bytes of the file and lends the text that they give to `body`.
    ///
    /// - Throws: ``GenomicFormatError``: `compression-corrupt`, `compression-limit`; what `body` throws.
    public func push(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch form {
        case .plain: try body(bytes)
        case .compressed(let decoder):
            try Self.typed { try decoder.decode(bytes, emit: body) }
        case .archive, .unknown:
            guard gathered.count + bytes.count <= archiveLimit else {
                throw Self.fault("compression-limit", "an archive may have \(archiveLimit) bytes")
            }
            gathered.append(contentsOf: bytes)
            if case .unknown = form, gathered.count >= 4 { try decide(body) }
        }
    }

    /// Says that the file has ended.
    ///
    /// - Throws: as ``push(_:_:)``, and `archive-content` when a ZIP archive holds no file or several.
    public func finish(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if case .unknown = form { try decide(body) }
        switch form {
        case .unknown, .plain: return
        case .compressed(let decoder): try Self.typed { try decoder.finish() }
        case .archive:
            try Self.typed {
                let archive = try ZipArchive(gathered, limits: limits)
                let files = archive.entries.filter { !$0.isDirectory && !$0.name.hasPrefix("__MACOSX/") }
                guard files.count == 1 else {
                    throw Self.fault("archive-content", "must hold one file, not \(files.count)")
                }
                try archive.read(files[0], emit: body)
            }
        }
    }

    private func decide(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if ZipArchive<[UInt8]>.sniff(gathered) {
            form = .archive
            return
        }
        let first = gathered
        gathered = []
        if let format = CompressionFormat.sniff(first) {
            let limits = limits
            try Self.typed { form = .compressed(try StreamDecoder(format, limits: limits)) }
        } else {
            form = .plain
        }
        try first.withUnsafeBytes { try push($0, body) }
    }

    private static func typed(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as CompressionError {
            throw fault(
                error.isLimit ? "compression-limit" : "compression-corrupt",
                error.isLimit ? "holds more than may come out of it" : "cannot be decompressed")
        }
    }

    private static func fault(_ code: String, _ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "decompression", line: 0, detail: detail)
    }
}
