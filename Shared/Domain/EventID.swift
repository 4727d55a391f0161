/// The identity of an event: 128 bits in the form of a UUID version 8 (RFC 9562), a function of the event's content.
///
/// Equal content gives the equal id on every replay, so a repeat can be recognised anywhere. `Contracts` computes it.
public struct EventID: Hashable, Comparable, Sendable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// The id with these 128 bits, taken as they are.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The order of the 128 bits; PostgreSQL sorts `uuid` alike.
    @inlinable
    public static func < (left: EventID, right: EventID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension EventID: CustomStringConvertible, LosslessStringConvertible {
    /// The canonical 36-character text, lower case.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = index < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - index % 16) * 4)) & 15
                buffer[position] = nibble < 10 ? 48 + nibble : 87 + nibble
                position += 1
            }
            return 36
        }
    }

    /// The id that the 36-character UUID `text` names, or nil.
    public init?(_ text: String) {
        self.init(utf8: text.utf8)
    }

    /// The id that 36 bytes of UUID text name, or nil.
    @inlinable
    public init?(utf8 bytes: some Collection<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        var position = 0
        for byte in bytes {
            defer { position += 1 }
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let nibble: UInt64
            switch byte {
            case 48...57: nibble = UInt64(byte) - 48
            case 97...102: nibble = UInt64(byte) - 87
            case 65...70: nibble = UInt64(byte) - 55
            default: return nil
            }
            guard digits < 32 else { return nil }
            if digits < 16 { high = high << 4 | nibble } else { low = low << 4 | nibble }
            digits += 1
        }
        guard digits == 32, position == 36 else { return nil }
        self.init(high: high, low: low)
    }
}
