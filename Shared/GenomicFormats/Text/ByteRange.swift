#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A piece of a line: offsets into its bytes.
struct ByteRange: Equatable, Sendable {
    var start: Int
    var end: Int

    var count: Int { end - start }
    var isEmpty: Bool { end <= start }

    static let none = ByteRange(start: 0, end: 0)
}

extension UnsafeRawBufferPointer {
    /// The offset of the first `byte` in `start..<end`, or `end`.
    @inline(__always)
    func offset(of byte: UInt8, from start: Int, to end: Int) -> Int {
        guard start < end, let base = baseAddress else { return end }
        guard let found = memchr(base + start, Int32(byte), end - start) else { return end }
        return UnsafeRawPointer(found) - base
    }

    /// The bytes of a piece.
    @inline(__always)
    subscript(range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range.start..<Swift.max(range.start, range.end)])
    }

    /// The text of a piece, malformed UTF-8 repaired.
    func text(_ range: ByteRange) -> String { String(decoding: self[range], as: UTF8.self) }

    /// The text of all bytes, malformed UTF-8 repaired.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// True when the piece is exactly these ASCII bytes.
    @inline(__always)
    func equals(_ range: ByteRange, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, let base = baseAddress else { return false }
        return memcmp(base + range.start, text.utf8Start, range.count) == 0
    }

    /// True when the bytes begin with these ASCII bytes.
    func hasPrefix(_ text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount, let base = baseAddress else { return false }
        return memcmp(base, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// True when the piece is the missing value `.`.
    @inline(__always)
    func isMissing(_ range: ByteRange) -> Bool { range.count == 1 && self[range.start] == UInt8(ascii: ".") }

    /// The pieces between `separator` in `range`; at least one, which may be empty.
    func pieces(of range: ByteRange, separatedBy separator: UInt8) -> [ByteRange] {
        var pieces: [ByteRange] = []
        var start = range.start
        while true {
            let end = offset(of: separator, from: start, to: range.end)
            pieces.append(ByteRange(start: start, end: end))
            guard end < range.end else { return pieces }
            start = end + 1
        }
    }

    /// The number of pieces between `separator` in `range`, at least 1.
    func countPieces(of range: ByteRange, separatedBy separator: UInt8) -> Int {
        var count = 1
        for index in range.start..<Swift.max(range.start, range.end) where self[index] == separator { count += 1 }
        return count
    }

    /// True when every byte is well-formed UTF-8.
    var isUTF8: Bool {
        var ascii = true
        for byte in self where byte >= 0x80 {
            ascii = false
            break
        }
        return ascii || String(validating: self, as: UTF8.self) != nil
    }
}

extension UInt8 {
    @inline(__always) var isDigit: Bool { self &- 48 < 10 }
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 }
    @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
    /// ASCII that prints, without the space.
    @inline(__always) var isGraphic: Bool { self &- 33 < 94 }
    @inline(__always) var isBase: Bool {
        switch self {
        case 65, 67, 71, 84, 78, 97, 99, 103, 116, 110: true
        default: false
        }
    }
    @inline(__always) var uppercased: UInt8 { self &- 97 < 26 ? self & 0xDF : self }
}
