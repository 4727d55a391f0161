/// Base64 with the URL-safe alphabet and without padding (RFC 4648, section 5; RFC 7515, appendix C).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text of `bytes`.
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var word: UInt32 = 0
        var bits = 0
        for byte in bytes {
            word = word << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(word >> UInt32(bits)) & 63])
            }
        }
        if bits > 0 { text.append(alphabet[Int(word << UInt32(6 - bits)) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`, or nil. There is one text for each byte string: padding, white space and stray bits in the last letter are refused.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var word: UInt32 = 0
        var bits = 0
        for letter in text {
            let value: UInt8
            switch letter {
            case 65...90: value = letter - 65
            case 97...122: value = letter - 71
            case 48...57: value = letter + 4
            case 45: value = 62
            case 95: value = 63
            default: return nil
            }
            word = word << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
            }
        }
        guard bits < 6, word & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }
}
