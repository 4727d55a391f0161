import Domain
import Testing

@Suite("Times are read and written by RFC 3339")
struct TimestampTests {
    // Seconds since the epoch by GNU date: `date -u -d <text> +%s`.
    @Test(
        "Complete date-times with a zone are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1_000_000),
            ("2024-02-29T12:30:15Z", 1_709_209_815_000_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
            ("2024-05-01T06:30:00+02:00", 1_714_537_800_000_000),
            ("2024-05-01T06:30:00-05:30", 1_714_564_800_000_000),
            ("2024-05-01T06:30Z", 1_714_545_000_000_000),
            ("2024-05-01t06:30:00z", 1_714_545_000_000_000),
            ("2024-05-01 06:30:00Z", 1_714_545_000_000_000),
            ("2024-05-01T06:30:00.5Z", 1_714_545_000_500_000),
            ("2024-05-01T06:30:00.123456Z", 1_714_545_000_123_456),
            ("2024-05-01T06:30:00.123456999Z", 1_714_545_000_123_456),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ] as [(String, Int64)])
    func reading(text: String, microseconds: Int64) {
        #expect(Timestamp(iso8601: text)?.microseconds == microseconds)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "2024", "2024-05-01", "2024-05-01T06:30:00", "2024-05-01T06:30:00+", "2024-05-01T06:30:00+2:00",
            "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-13-01T00:00:00Z",
            "2024-00-10T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.5", "2024-01-01T00:00:00Zx",
            "2024-01-01T00:00:00+15:00", "2024-01-01T00:00:00+01:60", " 2024-01-01T00:00:00Z", "24-01-01T00:00:00Z",
            "+2024-01-01T00:00:00Z", "２０２４-01-01T00:00:00Z", "2024-1-01T00:00:00Z", "2024-01-01T0:00:00Z",
        ])
    func refusing(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("A day is its first instant in UTC")
    func days() {
        #expect(Timestamp(iso8601Date: "2024-02-29")?.microseconds == 1_709_164_800_000_000)
        #expect(Timestamp(iso8601Date: "2023-02-29") == nil)
        #expect(Timestamp(iso8601Date: "2024-02") == nil)
        #expect(Timestamp(iso8601Date: "2024-02-29T00:00:00Z") == nil)
    }

    @Test("Every microsecond between the years 1 and 9999 survives writing and reading")
    func roundTrip() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let time = Timestamp(
                microseconds: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator))
            #expect(Timestamp(iso8601: time.iso8601) == time, "seed \(seed)")
        }
    }

    @Test("Each day from 1583 to 2600 follows the one before")
    func calendar() {
        // The lengths of months, counted by hand here, against the closed formula in the code.
        var day = Timestamp(iso8601Date: "1583-01-01")?.microseconds ?? 0
        for year in 1583...2600 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for date in 1...length {
                    let text = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(date < 10 ? "0" : "")\(date)"
                    guard Timestamp(microseconds: day).iso8601 == text + "T00:00:00.000000Z",
                        Timestamp(iso8601Date: text)?.microseconds == day
                    else {
                        Issue.record("\(text) is not \(Timestamp(microseconds: day).iso8601)")
                        return
                    }
                    day += 86_400_000_000
                }
            }
        }
    }

    @Test("Writing never fails, even at the ends of the range")
    func extremes() {
        #expect(Timestamp(microseconds: .max).iso8601 == "294247-01-10T04:00:54.775807Z")
        #expect(!Timestamp(microseconds: .min).iso8601.isEmpty)
    }

    @Test("Sums and differences saturate")
    func arithmetic() {
        let late = Timestamp(microseconds: .max - 5)
        let early = Timestamp(microseconds: .min + 5)
        #expect(late.advanced(by: .seconds(1)) == Timestamp(microseconds: .max))
        #expect(early.advanced(by: .seconds(-1)) == Timestamp(microseconds: .min))
        #expect(late.since(early) == .microseconds(Int64.max))
        #expect(early.since(late) == .microseconds(Int64.min))
        #expect(
            Timestamp(microseconds: 7).advanced(by: .milliseconds(2)).since(Timestamp(microseconds: 7))
                == .milliseconds(2))
        #expect(early < late)
    }
}
