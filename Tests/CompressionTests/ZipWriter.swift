@testable import Compression

/// Writes zip archives, honest and other ones, for the tests.
struct ZipWriter {
    struct Entry {
        var name: String
        var content: [UInt8]
        var method: UInt16 = 8
        /// What the directory says instead of the truth.
        var promisedBytes: UInt32?
        var checkSum: UInt32?
        var flags: UInt16 = 0
    }

    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// CRC-32 as ISO 3309 has it, bit by bit.
    static func checkSum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }

    /// Adds an entry; where its header stands.
    @discardableResult
    mutating func add(_ entry: Entry) throws -> Int {
        let place = bytes.count
        let stored =
            switch entry.method {
            case 8: try StreamEncoder.encode(entry.content, .deflate, level: 9)
            case 93: try StreamEncoder.encode(entry.content, .zstd)
            default: entry.content
            }
        let name = Array(entry.name.utf8)
        bytes += le(0x0403_4B50 as UInt32) + le(20 as UInt16) + le(entry.flags) + le(entry.method) + le(0 as UInt32)
        bytes += le(0 as UInt32) + le(UInt32(stored.count)) + le(UInt32(entry.content.count))
        bytes += le(UInt16(name.count)) + le(0 as UInt16) + name + stored
        list(entry, stored: stored.count, at: place)
        return place
    }

    /// Adds a line to the directory alone.
    mutating func list(_ entry: Entry, stored: Int, at place: Int) {
        let name = Array(entry.name.utf8)
        count += 1
        directory +=
            le(0x0201_4B50 as UInt32) + le(20 as UInt16) + le(20 as UInt16) + le(entry.flags) + le(entry.method)
        directory += le(0 as UInt32) + le(entry.checkSum ?? Self.checkSum(entry.content)) + le(UInt32(stored))
        directory += le(entry.promisedBytes ?? UInt32(entry.content.count)) + le(UInt16(name.count)) + le(0 as UInt16)
        directory += le(0 as UInt16) + le(0 as UInt16) + le(0 as UInt16) + le(0 as UInt32) + le(UInt32(place)) + name
    }

    /// The archive.
    func finished(comment: [UInt8] = [], promisedEntries: Int? = nil) -> [UInt8] {
        let entries = UInt16(promisedEntries ?? count)
        return bytes + directory + le(0x0605_4B50 as UInt32) + le(0 as UInt32) + le(entries) + le(entries)
            + le(UInt32(directory.count)) + le(UInt32(bytes.count)) + le(UInt16(comment.count)) + comment
    }

    private func le<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
