import Domain

/// A time as a wall clock shows it, with the zone's offset where the source writes one.
struct WallTime: Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0
    var microsecond = 0
    /// Seconds east of Greenwich; nil when the source does not say.
    var offset: Int?

    /// Whether the calendar has the day and the clock the time; second 60 is a leap second.
    var isValid: Bool {
        (1...9999).contains(year) && (1...12).contains(month) && (1...Self.days(inMonth: month, of: year)).contains(day)
            && (0...23).contains(hour) && (0...59).contains(minute) && (0...60).contains(second)
            && (0...999_999).contains(microsecond) && (offset.map { abs($0) <= 14 * 3_600 } ?? true)
    }

    /// The time if the clock stood at Greenwich.
    var atGreenwich: Timestamp {
        let seconds = Self.daysSinceEpoch(year, month, day) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return Timestamp(microseconds: seconds * 1_000_000 + Int64(microsecond))
    }

    /// Days of the proleptic Gregorian calendar since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(era) * 146_097 + Int64(yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear) - 719_468
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }
}
