/// One file or folder of a zip archive, as its central directory describes it.
public struct ZipEntry: Equatable, Sendable {
    /// The path inside the archive. It is a name to look at, never one to write to: it may hold `..` or begin with `/`.
    public let name: String
    /// How the content is stored: 0 as it is, 8 deflate, 93 zstd; others are not read.
    public let method: Int
    /// Bytes of the content in the archive.
    public let compressedBytes: Int
    /// Bytes of the content, as the directory promises.
    public let uncompressedBytes: Int
    /// CRC-32 of the content, as the directory promises.
    public let checkSum: UInt32
    /// Whether the content is encrypted, and cannot be read.
    public let isEncrypted: Bool
    /// Where the entry's own header begins.
    let offset: Int
    /// Bytes of the name as it is written.
    let nameBytes: Int

    /// Whether it is a folder: the name ends with a slash.
    public var isDirectory: Bool { name.hasSuffix("/") }

    static let headerBytes = 46

    /// The bytes from the entry's own header to the end of its content, at least: what no other entry may share.
    var extent: Range<Int>? {
        let (end, overflow) = offset.addingReportingOverflow(30 + nameBytes + compressedBytes)
        return overflow ? nil : offset..<end
    }

    /// Reads one header of a central directory and moves `reader` behind it.
    init(reading reader: inout LittleEndianReader) throws(CompressionError) {
        let start = reader.offset
        guard try reader.uint32() == 0x0201_4B50 else {
            throw CompressionError(.corrupt, operation: "zip", detail: "no directory entry where one is promised")
        }
        reader.offset = start + 8
        let flags = try reader.uint16()
        method = Int(try reader.uint16())
        reader.offset = start + 16
        checkSum = try reader.uint32()
        var compressed = UInt64(try reader.uint32())
        var uncompressed = UInt64(try reader.uint32())
        nameBytes = Int(try reader.uint16())
        let extraBytes = Int(try reader.uint16())
        let commentBytes = Int(try reader.uint16())
        reader.offset = start + 42
        var header = UInt64(try reader.uint32())
        name = String(decoding: try reader.bytes(nameBytes), as: UTF8.self)
        var extra = LittleEndianReader(try reader.bytes(extraBytes))
        reader.offset += commentBytes
        // APPNOTE 4.5.3: the 64-bit values stand in this order, each only where the 32-bit one is all ones.
        while extra.remaining >= 4 {
            let kind = try extra.uint16()
            var field = LittleEndianReader(try extra.bytes(Int(try extra.uint16())))
            guard kind == 1 else { continue }
            if uncompressed == 0xFFFF_FFFF { uncompressed = try field.uint64() }
            if compressed == 0xFFFF_FFFF { compressed = try field.uint64() }
            if header == 0xFFFF_FFFF { header = try field.uint64() }
        }
        guard let compressedBytes = Int(exactly: compressed), let uncompressedBytes = Int(exactly: uncompressed),
            let offset = Int(exactly: header), compressedBytes < 1 << 56, offset < 1 << 56
        else { throw CompressionError(.corrupt, operation: "zip", detail: "a size beyond reason") }
        self.compressedBytes = compressedBytes
        self.uncompressedBytes = uncompressedBytes
        self.offset = offset
        isEncrypted = flags & 0x2041 != 0
    }
}

/// Reads the little-endian numbers of a zip archive.
struct LittleEndianReader {
    private let storage: [UInt8]
    /// Where the next number is read.
    var offset = 0

    init(_ storage: [UInt8]) {
        self.storage = storage
    }

    var remaining: Int { max(0, storage.count - offset) }

    mutating func bytes(_ count: Int) throws(CompressionError) -> [UInt8] {
        guard count <= remaining else { throw CompressionError(.corrupt, operation: "zip", detail: "a cut header") }
        defer { offset += count }
        return Array(storage[offset..<offset + count])
    }

    mutating func uint16() throws(CompressionError) -> UInt16 { try number() }
    mutating func uint32() throws(CompressionError) -> UInt32 { try number() }
    mutating func uint64() throws(CompressionError) -> UInt64 { try number() }

    private mutating func number<Number: FixedWidthInteger>() throws(CompressionError) -> Number {
        let size = Number.bitWidth / 8
        guard size <= remaining else { throw CompressionError(.corrupt, operation: "zip", detail: "a cut header") }
        var value: Number = 0
        for index in 0..<size { value |= Number(storage[offset + index]) << Number(8 * index) }
        offset += size
        return value
    }
}
