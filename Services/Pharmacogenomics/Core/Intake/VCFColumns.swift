#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension UnsafeRawBufferPointer {
    /// The offset of the first `byte` in `start..<end`, or `end`.
    @inline(__always)
    func find(_ byte: UInt8, from start: Int, to end: Int) -> Int {
        guard start < end, let base = baseAddress, let found = memchr(base + start, Int32(byte), end - start) else {
            return end
        }
        return UnsafeRawPointer(found) - base
    }

    /// The bytes of `start..<end`.
    @inline(__always)
    func slice(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[start..<Swift.max(start, end)])
    }

    /// Whether the bytes are those of the array.
    @inline(__always)
    func isEqual(to bytes: [UInt8]) -> Bool {
        guard count == bytes.count, let base = baseAddress else { return count == bytes.count }
        return bytes.withUnsafeBytes { $0.baseAddress.map { memcmp(base, $0, count) == 0 } ?? true }
    }

    /// Whether the bytes are this ASCII text.
    @inline(__always)
    func isEqual(to text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount, let base = baseAddress else { return false }
        return memcmp(base, text.utf8Start, count) == 0
    }

    /// A natural number of at most 18 digits; nil when the bytes are none.
    @inline(__always)
    var natural: Int64? {
        guard count > 0, count <= 18 else { return nil }
        var value: Int64 = 0
        for byte in self {
            let digit = byte &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    /// The value of an INFO key; nil when it is absent or has none.
    func info(_ key: StaticString) -> UnsafeRawBufferPointer? {
        var start = 0
        while start < count {
            let end = find(UInt8(ascii: ";"), from: start, to: count)
            let equals = find(UInt8(ascii: "="), from: start, to: end)
            if equals < end, slice(start, equals).isEqual(to: key) { return slice(equals + 1, end) }
            start = end + 1
        }
        return nil
    }
}
