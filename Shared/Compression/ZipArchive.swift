import CZlib

/// The entries of a zip archive, read in place: nothing is ever written to a disk, so names are harmless.
///
///     let archive = try ZipArchive(FileByteSource(path: path), limits: DecompressionLimits(outputBytes: 1 << 30))
///     for entry in archive.entries where entry.name.hasSuffix(".txt") {
///         try archive.read(entry) { piece in ... }
///     }
///
/// Refused when it is opened: more entries than the limit, a directory over 64 MiB, entries that share bytes (D. Fifield, A better zip bomb, 2019), and
/// contents that are promised to be larger, all together, than the limits allow. Encrypted entries and methods other than stored, deflate and zstd are
/// listed, and refused when read.
public struct ZipArchive<Source: ByteSource> {
    /// The entries in the order of the central directory.
    public let entries: [ZipEntry]
    private let source: Source
    private let limits: DecompressionLimits

    /// The archive in `source`. `limits` hold for each entry, and their output bytes for all entries together.
    ///
    /// - Throws: ``CompressionError``.
    public init(
        _ source: Source, limits: DecompressionLimits, maximumEntries: Int = 10_000
    ) throws(CompressionError) {
        let directory = try ZipDirectory(of: source)
        guard directory.count <= maximumEntries, directory.byteCount <= 64 << 20 else {
            throw CompressionError(.entryLimit, operation: "zip", detail: "over \(maximumEntries) entries")
        }
        var reader = LittleEndianReader(try source.bytes(at: directory.offset, length: directory.byteCount))
        var entries: [ZipEntry] = []
        while entries.count < directory.count { entries.append(try ZipEntry(reading: &reader)) }
        try Self.checkExtents(entries, end: directory.offset)
        var total = 0
        for entry in entries {
            let (sum, overflow) = total.addingReportingOverflow(entry.uncompressedBytes)
            guard !overflow, sum <= limits.outputBytes else {
                throw CompressionError(.outputLimit, operation: "zip", detail: "over \(limits.outputBytes) bytes")
            }
            total = sum
        }
        self.source = source
        self.limits = limits
        self.entries = entries
    }

    /// Whether `prefix`, the first bytes of a file, begins a zip archive; four bytes are enough.
    public static func sniff(_ prefix: some Collection<UInt8>) -> Bool {
        let bytes = Array(prefix.prefix(4))
        return bytes == [0x50, 0x4B, 3, 4] || bytes == [0x50, 0x4B, 5, 6]
    }

    /// Lends the content of `entry` to `emit`, piece by piece, at most 64 KiB each.
    ///
    /// The check sum is known at the end only: when this throws, forget what was lent.
    /// - Throws: ``CompressionError``, or what `emit` throws.
    public func read(_ entry: ZipEntry, emit: (UnsafeRawBufferPointer) throws -> Void) throws {
        let start = try contentStart(of: entry)
        var digest = ContentDigest()
        let decoder = try decoder(for: entry)
        var read = 0
        while read < entry.compressedBytes {
            let piece = try source.bytes(
                at: start + read, length: min(1 << 16, entry.compressedBytes - read))
            read += piece.count
            try piece.withUnsafeBytes { bytes in
                guard let decoder else { return try take(bytes, of: entry, &digest, emit) }
                try decoder.decode(bytes) { try take($0, of: entry, &digest, emit) }
            }
        }
        try decoder?.finish()
        guard digest.byteCount == entry.uncompressedBytes, digest.checkSum == entry.checkSum else {
            throw CompressionError(.corrupt, operation: "zip", detail: "the content is not the one that was stored")
        }
    }

    /// The content of `entry`.
    ///
    /// - Throws: ``CompressionError``.
    public func read(_ entry: ZipEntry) throws -> [UInt8] {
        var content: [UInt8] = []
        try read(entry) { content.append(contentsOf: $0) }
        return content
    }

    private func take(
        _ bytes: UnsafeRawBufferPointer, of entry: ZipEntry, _ digest: inout ContentDigest,
        _ emit: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        digest.add(bytes)
        guard digest.byteCount <= entry.uncompressedBytes else {
            throw CompressionError(.corrupt, operation: "zip", detail: "more content than the directory promises")
        }
        try emit(bytes)
    }

    private func decoder(for entry: ZipEntry) throws(CompressionError) -> StreamDecoder? {
        guard !entry.isEncrypted else {
            throw CompressionError(.unsupported, operation: "zip", detail: "encrypted")
        }
        switch entry.method {
        case 0:
            guard entry.compressedBytes == entry.uncompressedBytes else {
                throw CompressionError(.corrupt, operation: "zip", detail: "a stored entry of two sizes")
            }
            return nil
        case 8: return try StreamDecoder(.deflate, limits: limits)
        case 93: return try StreamDecoder(.zstd, limits: limits)
        default: throw CompressionError(.unsupported, operation: "zip", detail: "method \(entry.method)")
        }
    }

    /// Where the content begins: behind the entry's own header, whose name and extra field may be longer than the directory's.
    private func contentStart(of entry: ZipEntry) throws(CompressionError) -> Int {
        var header = LittleEndianReader(try source.bytes(at: entry.offset, length: 30))
        guard try header.uint32() == 0x0403_4B50 else {
            throw CompressionError(.corrupt, operation: "zip", detail: "no entry where the directory promises one")
        }
        header.offset = 26
        let nameBytes = Int(try header.uint16())
        return entry.offset + 30 + nameBytes + Int(try header.uint16())
    }

    private static func checkExtents(_ entries: [ZipEntry], end: Int) throws(CompressionError) {
        var free = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard let extent = entry.extent, extent.upperBound <= end else {
                throw CompressionError(.corrupt, operation: "zip", detail: "an entry outside of the archive")
            }
            guard extent.lowerBound >= free else { throw CompressionError(.overlappingEntries, operation: "zip") }
            free = extent.upperBound
        }
    }
}

/// Length and CRC-32 of a content that passes by.
private struct ContentDigest {
    private(set) var byteCount = 0
    private(set) var checkSum: UInt32 = 0

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        checkSum = UInt32(truncatingIfNeeded: crc32(UInt(checkSum), start, UInt32(clamping: bytes.count)))
    }
}
