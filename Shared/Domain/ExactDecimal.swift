/// A decimal number as its text writes it: ±`digits` x 10^`exponent`.
struct ExactDecimal: Equatable, Sendable {
    let isNegative: Bool
    /// The digits' value when they are at most 18; nil when there are more.
    let small: Int64?
    /// The digits in ASCII, empty when `small` holds them.
    private let long: [UInt8]
    let exponent: Int

    /// Significant digits that are read; what lies behind stands as one digit 1, which decides how the result is rounded.
    static let digitLimit = 800

    /// The digits' value.
    var natural: ExactNatural? {
        small.map { ExactNatural(UInt64($0)) } ?? ExactNatural(digits: long)
    }

    /// The number that `text` writes (`-12.50`, `1e3`, `+1e-3` not), or nil when it is none.
    init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Self(utf8: $0) }) else { return nil }
        self = value
    }

    private init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var place = 0
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { place = 1 }
        var value: Int64 = 0
        var significant = 0
        var digits = 0
        var exponent = 0
        var seenPoint = false
        var long: [UInt8] = []
        var isCut = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= 48, byte <= 57 {
                digits += 1
                if significant > 0 || byte != 48 { significant += 1 }
                if significant <= 18 {
                    value = value * 10 + Int64(byte - 48)
                } else if significant <= Self.digitLimit {
                    if long.isEmpty { long = Array(String(value).utf8) }
                    long.append(byte)
                } else if byte != 48 {
                    isCut = true
                }
                if significant <= Self.digitLimit {
                    if seenPoint { exponent -= 1 }
                } else if !seenPoint {
                    exponent += 1
                }
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return nil }
        if place < bytes.count {
            guard bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E"),
                let power = Self.power(bytes[(place + 1)...])
            else { return nil }
            exponent += power
        }
        if isCut {
            long.append(UInt8(ascii: "1"))
            exponent -= 1
        }
        small = long.isEmpty ? value : nil
        self.long = long
        self.exponent = value == 0 ? 0 : exponent
    }

    private static func power(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let digits = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
        guard !digits.isEmpty else { return nil }
        var power = 0
        for byte in digits {
            guard byte >= 48, byte <= 57 else { return nil }
            // So large a power is out of every range; it need not be right.
            power = min(power * 10 + Int(byte - 48), 1_000_000)
        }
        return bytes.first == UInt8(ascii: "-") ? -power : power
    }
}
