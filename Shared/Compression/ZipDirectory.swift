/// Finds and reads the central directory of a zip archive (PKWARE APPNOTE 6.3.10, zip64 included; one volume).
struct ZipDirectory {
    private static let endBytes = 22
    private static let locatorBytes = 20
    private static let end64Bytes = 56

    /// Entries as the archive promises.
    private(set) var count: Int
    /// Where the directory begins, and how many bytes it has.
    private(set) var offset: Int
    private(set) var byteCount: Int

    init(of source: borrowing some ByteSource) throws(CompressionError) {
        // The record of the end is followed by a comment of up to 65,535 bytes.
        let tailBytes = min(source.count, Self.endBytes + 0xFFFF)
        let tailStart = source.count - tailBytes
        let tail = try source.bytes(at: tailStart, length: tailBytes)
        guard let place = Self.place(ofEndIn: tail) else {
            throw CompressionError(.corrupt, operation: "zip", detail: "no end of a central directory")
        }
        var reader = LittleEndianReader(Array(tail[place...]))
        reader.offset = 4
        let disks = (try reader.uint16(), try reader.uint16())
        let counts = (try reader.uint16(), try reader.uint16())
        var size = UInt64(try reader.uint32())
        var start = UInt64(try reader.uint32())
        var entries = UInt64(counts.1)
        let needs64 = counts.1 == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF
        if needs64, let wide = try Self.wide(before: tailStart + place, in: source) {
            (entries, size, start) = wide
        } else {
            guard disks == (0, 0), counts.0 == counts.1 else {
                throw CompressionError(.unsupported, operation: "zip", detail: "an archive of several volumes")
            }
        }
        guard let entries = Int(exactly: entries), let size = Int(exactly: size), let start = Int(exactly: start),
            start <= tailStart + place, size <= tailStart + place - start
        else { throw CompressionError(.corrupt, operation: "zip", detail: "a directory outside of the archive") }
        count = entries
        offset = start
        byteCount = size
    }

    /// The place in `tail` of the last record of the end whose comment reaches the end of the archive.
    private static func place(ofEndIn tail: [UInt8]) -> Int? {
        var place = tail.count - endBytes
        while place >= 0 {
            if tail[place] == 0x50, tail[place + 1] == 0x4B, tail[place + 2] == 5, tail[place + 3] == 6,
                Int(tail[place + 20]) | Int(tail[place + 21]) << 8 == tail.count - place - endBytes
            {
                return place
            }
            place -= 1
        }
        return nil
    }

    /// Entries, bytes and start by the zip64 record, when its locator stands before `end`.
    private static func wide(
        before end: Int, in source: borrowing some ByteSource
    ) throws(CompressionError) -> (UInt64, UInt64, UInt64)? {
        guard end >= locatorBytes else { return nil }
        var locator = LittleEndianReader(try source.bytes(at: end - locatorBytes, length: locatorBytes))
        guard try locator.uint32() == 0x0706_4B50 else { return nil }
        locator.offset = 8
        guard let place = Int(exactly: try locator.uint64()), place <= end - locatorBytes - end64Bytes else {
            throw CompressionError(.corrupt, operation: "zip", detail: "a zip64 record outside of the archive")
        }
        var record = LittleEndianReader(try source.bytes(at: place, length: end64Bytes))
        guard try record.uint32() == 0x0606_4B50 else {
            throw CompressionError(.corrupt, operation: "zip", detail: "no zip64 record where one is promised")
        }
        record.offset = 32
        return (try record.uint64(), try record.uint64(), try record.uint64())
    }
}
