import Crypto
public import Domain

/// How the fleet's event ids are made: equal content gives the equal id.
extension EventID {
    /// The id of `parts` within `namespace`: the first 128 bits of SHA-256 over the length-prefixed parts, marked as a UUID version 8.
    ///
    /// Each part, the namespace first, is preceded by its length in bytes as a big-endian 32-bit number, so that no two lists of parts
    /// give the same bytes. Version (4 bits) and variant (2 bits) are those of RFC 9562; 122 bits are the hash's.
    public static func hashing(_ namespace: String, _ parts: String...) -> EventID {
        hashing(namespace, parts)
    }

    /// The id of `parts` within `namespace`; see ``hashing(_:_:)-(_,String...)``.
    public static func hashing(_ namespace: String, _ parts: [String]) -> EventID {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192)
        bytes.appendLengthPrefixed(namespace)
        for part in parts { bytes.appendLengthPrefixed(part) }
        return SHA256.hash(data: bytes).withUnsafeBytes { digest in
            let high = UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self))
            let low = UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            return EventID(high: high & ~0xF000 | 0x8000, low: low & ~(3 << 62) | 1 << 63)
        }
    }

    /// The id of an ingested fact. `sender` is the device or the sending system, `value` the value's text as it was sent.
    ///
    /// When the sender gives a message id of its own, pass that as `value` and the fact is known by it.
    public static func ingested(
        source: String, sender: String, code: String, effectiveAt: Timestamp, value: String
    ) -> EventID {
        hashing("ingested", source, sender, code, String(effectiveAt.microseconds), value)
    }

    /// The id of the event number `ordinal` that version `logicVersion` of `service` derives from the event `input`.
    public static func derived(service: String, logicVersion: String, input: EventID, ordinal: Int) -> EventID {
        hashing("derived", service, logicVersion, input.description, String(ordinal))
    }
}

extension [UInt8] {
    fileprivate mutating func appendLengthPrefixed(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: utf8.count).bigEndian) { append(contentsOf: $0) }
            append(contentsOf: utf8)
        }
    }
}
