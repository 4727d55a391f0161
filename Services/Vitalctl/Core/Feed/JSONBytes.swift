import Domain

/// Writes JSON into a byte array. What it is given as text is trusted to need no escaping: ids, codes and displays of our own tables.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []
    /// The last two days whose `YYYY-MM-DDT` has been worked out.
    private var days: [(number: Int64, text: [UInt8])] = []

    mutating func reset(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// A quoted RFC 3339 time in UTC with milliseconds.
    mutating func time(_ time: Timestamp) {
        let day = Self.floored(time.microseconds, 86_400_000_000)
        let milliseconds = (time.microseconds - day * 86_400_000_000) / 1_000
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: dayText(day, time))
        digits(milliseconds / 3_600_000, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(milliseconds / 60_000 % 60, 2)
        bytes.append(UInt8(ascii: ":"))
        digits(milliseconds / 1_000 % 60, 2)
        bytes.append(UInt8(ascii: "."))
        digits(milliseconds % 1_000, 3)
        bytes.append(UInt8(ascii: "Z"))
        bytes.append(UInt8(ascii: "\""))
    }

    /// `value` rounded to `places` decimals (0 to 3).
    mutating func number(_ value: Double, places: Int = 0) {
        let scale = [1, 10, 100, 1000][max(0, min(3, places))]
        let scaled = Int((value * Double(scale)).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        raw(String(abs(scaled) / scale))
        guard scale > 1 else { return }
        bytes.append(UInt8(ascii: "."))
        digits(Int64(abs(scaled) % scale), places)
    }

    /// A quoted UUID version 4 from 122 of these bits.
    mutating func uuid(_ high: UInt64, _ low: UInt64) {
        let id = EventID(high: high & ~0xF000 | 0x4000, low: low & ~(0b11 << 62) | 0b10 << 62)
        raw("\"\(id.description)\"")
    }

    private mutating func digits(_ value: Int64, _ width: Int) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(truncatingIfNeeded: 48 + value / divisor % 10))
            divisor /= 10
        }
    }

    private mutating func dayText(_ day: Int64, _ time: Timestamp) -> [UInt8] {
        if let known = days.first(where: { $0.number == day }) { return known.text }
        let text = Array(time.iso8601.utf8.prefix(11))
        days = [(day, text)] + days.prefix(1)
        return text
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
