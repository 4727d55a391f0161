import Domain

/// FHIR's `date`, `dateTime` and `instant` (R4, datatypes, "primitive types"): the interval that the text names, with its precision.
///
/// A partial date names a period: `2019` a year, `2019-03` a month, `2019-03-07` a day. Its bounds are taken in UTC, the only choice that needs no
/// knowledge of the person's time zone and keeps the order of periods. A time of day has seconds and a zone (R4 allows no less) and is a point.
struct FHIRDateTime: Equatable {
    /// How exactly the sender knew the time.
    enum Precision: Equatable {
        case year, month, day
        /// A time of day; `digits` of the second's fraction were written.
        case second(digits: Int)
    }

    /// The first microsecond of the interval.
    let start: Timestamp
    /// The last microsecond of the interval; equal to `start` for a time of day.
    let end: Timestamp
    /// How exactly the sender knew the time.
    let precision: Precision

    /// The end when the text names a period, else nil: a point has none.
    var endOfPeriod: Timestamp? { end == start ? nil : end }

    /// The interval that `text` names; nil when it is none of FHIR's forms.
    init?(_ text: String) {
        let bytes = text.utf8
        // Year 0000 is no year of FHIR's.
        guard bytes.prefix(4).contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
        switch bytes.count {
        case 4: self.init(from: "\(text)-01-01", through: "\(text)-12-31", .year)
        case 7:
            let last = ["31", "30", "29", "28"].first { Timestamp(iso8601Date: "\(text)-\($0)") != nil }
            guard let last else { return nil }
            self.init(from: "\(text)-01", through: "\(text)-\(last)", .month)
        case 10: self.init(from: text, through: text, .day)
        case 20...64:
            let marks = Array(bytes)
            let zone = marks.suffix(marks.last == UInt8(ascii: "Z") ? 1 : 6)
            guard marks[10] == UInt8(ascii: "T"), marks[13] == UInt8(ascii: ":"), marks[16] == UInt8(ascii: ":"),
                zone.count == 1 || zone[zone.startIndex + 3] == UInt8(ascii: ":"),
                let time = Timestamp(iso8601: text)
            else { return nil }
            self.init(
                start: time, end: time, precision: .second(digits: max(0, marks.count - zone.count - 20)))
        default: return nil
        }
    }

    private init?(from first: String, through last: String, _ precision: Precision) {
        guard let start = Timestamp(iso8601Date: first), let end = Timestamp(iso8601: "\(last)T23:59:59.999999Z")
        else { return nil }
        self.init(start: start, end: end, precision: precision)
    }

    private init(start: Timestamp, end: Timestamp, precision: Precision) {
        self.start = start
        self.end = end
        self.precision = precision
    }

    /// The first microsecond that `text` names; nil when it is none of FHIR's forms.
    static func start(of text: String) -> Timestamp? { FHIRDateTime(text)?.start }
}
