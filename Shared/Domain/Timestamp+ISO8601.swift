/// Reading and writing RFC 3339 / ISO 8601 date-times, the form of FHIR `dateTime`/`instant` and Open mHealth `date-time`.
extension Timestamp {
    /// The time that `text` names, or nil when it is no complete date-time with a zone.
    ///
    /// Accepts `YYYY-MM-DDThh:mm[:ss[.fraction]](Z|±hh:mm)`; digits past the microsecond are truncated; second 60 is taken as
    /// the first of the next minute. Days and hours outside the calendar are refused.
    public init?(iso8601 text: some StringProtocol) {
        var reader = DigitReader(text.utf8)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day),
            reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let hour = reader.number(2), hour < 24, reader.skip(":"), let minute = reader.number(2), minute < 60
        else { return nil }
        var second = 0
        var fraction = 0
        if reader.skip(":") {
            guard let value = reader.number(2), value <= 60 else { return nil }
            second = value
            if reader.skip(".") {
                guard let value = reader.fraction(digits: 6) else { return nil }
                fraction = value
            }
        }
        guard let offset = reader.zoneOffsetSeconds(), reader.isAtEnd else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
    }

    /// The start of the calendar day `YYYY-MM-DD` in UTC, or nil when `text` is no such day.
    public init?(iso8601Date text: some StringProtocol) {
        self.init(iso8601: "\(text)T00:00:00Z")
    }

    /// RFC 3339 in UTC with microseconds, e.g. `2024-05-01T06:30:00.000000Z`.
    public var iso8601: String {
        var days = microseconds / 86_400_000_000
        var rest = microseconds % 86_400_000_000
        if rest < 0 {
            rest += 86_400_000_000
            days -= 1
        }
        let (year, month, day) = Self.civil(daysSinceEpoch: days)
        let seconds = rest / 1_000_000
        return Self.padded(year, 4) + "-" + Self.padded(Int64(month), 2) + "-" + Self.padded(Int64(day), 2) + "T"
            + Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2) + ":"
            + Self.padded(seconds % 60, 2)
            + "." + Self.padded(rest % 1_000_000, 6) + "Z"
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Days of the proleptic Gregorian calendar since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms",
    /// days_from_civil).
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era) * 146_097 + Int64(dayOfEra) - 719_468
    }

    /// The inverse of ``daysSinceEpoch(year:month:day:)`` (same source, civil_from_days).
    static func civil(daysSinceEpoch days: Int64) -> (year: Int64, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
        let month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }
}

/// Reads fixed-width digits from UTF-8.
private struct DigitReader<Bytes: Collection> where Bytes.Element == UInt8 {
    private let bytes: Bytes
    private var position: Bytes.Index

    init(_ bytes: Bytes) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.endIndex, UInt32(bytes[position]) == character.value else { return false }
        bytes.formIndex(after: &position)
        return true
    }

    private mutating func digit() -> Int? {
        guard position < bytes.endIndex, case 48...57 = bytes[position] else { return nil }
        defer { bytes.formIndex(after: &position) }
        return Int(bytes[position]) - 48
    }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One or more digits; the first `digits` of them, scaled to that many.
    mutating func fraction(digits: Int) -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let next = digit() {
            guard count < digits else { continue }
            value = value * 10 + next
            count += 1
        }
        while count < digits {
            value *= 10
            count += 1
        }
        return value
    }

    mutating func zoneOffsetSeconds() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int
        if skip("+") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(2), hours <= 14 else { return nil }
        _ = skip(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
