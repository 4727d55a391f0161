/// The sixteen bytes of a `uuid` column, in network order: `hi` holds the first eight.
public struct UUIDBytes: Sendable, Hashable, Comparable {
    /// Bytes 0 to 7.
    public var hi: UInt64
    /// Bytes 8 to 15.
    public var lo: UInt64

    /// Makes a value of its two halves.
    public init(hi: UInt64, lo: UInt64) {
        self.hi = hi
        self.lo = lo
    }

    /// Reads exactly sixteen bytes; nil for any other length.
    public init?(bytes: some Sequence<UInt8>) {
        var hi: UInt64 = 0
        var lo: UInt64 = 0
        var count = 0
        for byte in bytes {
            guard count < 16 else { return nil }
            hi = hi << 8 | lo >> 56
            lo = lo << 8 | UInt64(byte)
            count += 1
        }
        guard count == 16 else { return nil }
        self.init(hi: hi, lo: lo)
    }

    /// The sixteen bytes in order.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: hi.bigEndian) { high in
            withUnsafeBytes(of: lo.bigEndian) { low in Array(high) + Array(low) }
        }
    }

    /// The order that PostgreSQL sorts `uuid` in.
    public static func < (left: UUIDBytes, right: UUIDBytes) -> Bool { (left.hi, left.lo) < (right.hi, right.lo) }
}

extension UUIDBytes: CustomStringConvertible {
    /// The canonical form, 8-4-4-4-12 lower-case hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
