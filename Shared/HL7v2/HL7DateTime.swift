public import Domain

/// A time of the types TS, DTM, DT: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`, as precise as it was sent.
public struct HL7DateTime: Hashable, Sendable {
    /// How precise a time is.
    public enum Precision: Int, Comparable, Sendable {
        /// A year.
        case year
        /// A month.
        case month
        /// A day.
        case day
        /// An hour.
        case hour
        /// A minute.
        case minute
        /// A second.
        case second
        /// Parts of a second.
        case fraction

        /// Coarser comes first.
        public static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
    }

    /// The year, 1 to 9999.
    public let year: Int
    /// How precise it is.
    public let precision: Precision
    /// The offset from UTC in minutes, or nil when none was sent.
    public let offsetMinutes: Int?
    /// The start of what was named, as if in UTC.
    private let local: Timestamp

    /// The time that `text` names, or nil when it names none. Spaces at the end are ignored.
    public init?(_ text: some StringProtocol) {
        let utf8 = Array(text.utf8)
        let bytes = utf8[..<((utf8.lastIndex { $0 != 0x20 }.map { $0 + 1 }) ?? 0)]
        let digits = bytes.prefix { (0x30...0x39).contains($0) }
        guard let precision = Self.precision(ofDigits: digits.count) else { return nil }
        func number(_ from: Int, _ count: Int, or missing: Int) -> Int {
            guard from + count <= digits.count else { return missing }
            return digits[from..<(from + count)].reduce(0) { $0 * 10 + Int($1) - 48 }
        }
        var rest = bytes[digits.endIndex...]
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard precision == .second, (1...6).contains(fraction.count) else { return nil }
            rest = rest[fraction.endIndex...]
        }
        var offset: Int?
        if let sign = rest.first {
            let zone = rest.dropFirst()
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), zone.count == 4, precision >= .year,
                zone.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            let value = zone.reduce(0) { $0 * 10 + Int($1) - 48 }
            guard value / 100 <= 14, value % 100 < 60 else { return nil }
            offset = (value / 100 * 60 + value % 100) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        year = number(0, 4, or: 0)
        guard year > 0 else { return nil }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hour, minute, second) = (number(8, 2, or: 0), number(10, 2, or: 0), number(12, 2, or: 0))
        let shown = String(decoding: digits.prefix(4), as: UTF8.self)
        guard
            let day = Timestamp(iso8601Date: "\(shown)-\(two(number(4, 2, or: 1)))-\(two(number(6, 2, or: 1)))"),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var microseconds = fraction.reduce(Int64(0)) { $0 * 10 + Int64($1) - 48 }
        for _ in fraction.count..<6 { microseconds *= 10 }
        local = Timestamp(
            microseconds: day.microseconds + Int64(hour * 3_600 + minute * 60 + second) * 1_000_000 + microseconds)
        offsetMinutes = offset
        self.precision = fraction.isEmpty ? precision : .fraction
    }

    /// The start of what was named; `zone` (minutes from UTC) holds where none was sent.
    public func start(defaultOffset zone: Int = 0) -> Timestamp {
        let shift = Int64(offsetMinutes ?? zone) * 60_000_000
        return Timestamp(microseconds: local.microseconds - shift)
    }

    /// ISO 8601, as precise as it was sent, e.g. `2024-05`, `2024-05-01T06:30:00+02:00`.
    public var iso8601: String {
        let full = local.iso8601
        let length =
            switch precision {
            case .year: 4
            case .month: 7
            case .day: 10
            case .hour, .minute: 16
            case .second: 19
            case .fraction: 26
            }
        guard let offsetMinutes, precision > .day else { return String(full.prefix(length)) }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let size = abs(offsetMinutes)
        return "\(full.prefix(length))\(offsetMinutes < 0 ? "-" : "+")\(two(size / 60)):\(two(size % 60))"
    }

    /// `time` as DTM in UTC, e.g. `20240501063000+0000`.
    public static func text(of time: Timestamp) -> String {
        let digits = time.iso8601.utf8.prefix(19).filter { (0x30...0x39).contains($0) }
        return String(decoding: digits, as: UTF8.self) + "+0000"
    }

    private static func precision(ofDigits count: Int) -> Precision? {
        switch count {
        case 4: .year
        case 6: .month
        case 8: .day
        case 10: .hour
        case 12: .minute
        case 14: .second
        default: nil
        }
    }
}
