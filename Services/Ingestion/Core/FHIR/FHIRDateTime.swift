import Domain

/// FHIR's `date`, `dateTime` and `instant` (R4, datatypes, "primitive types").
///
/// A partial date names a period: `2019` a year, `2019-03` a month, `2019-03-07` a day. The fact is placed at the period's start in UTC, the only
/// choice that needs no knowledge of the person's time zone and keeps the order of periods. A time of day must have seconds and a zone.
enum FHIRDateTime {
    /// The time that `text` names, the start of the period when it is partial; nil when it is none of FHIR's forms.
    static func start(of text: String) -> Timestamp? {
        let bytes = text.utf8
        switch bytes.count {
        case 4: return Timestamp(iso8601Date: "\(text)-01-01").flatMap { isYear(bytes) ? $0 : nil }
        case 7: return Timestamp(iso8601Date: "\(text)-01").flatMap { isYear(bytes) ? $0 : nil }
        case 10: return Timestamp(iso8601Date: text).flatMap { isYear(bytes) ? $0 : nil }
        case 20...64:
            let marks = Array(bytes.prefix(20))
            let zoneLength = bytes.last == UInt8(ascii: "Z") ? 1 : 6
            let zone = Array(bytes.suffix(zoneLength))
            guard isYear(bytes), marks[10] == UInt8(ascii: "T"), marks[13] == UInt8(ascii: ":"),
                marks[16] == UInt8(ascii: ":"),
                zoneLength == 1 || zone[3] == UInt8(ascii: ":")
            else { return nil }
            return Timestamp(iso8601: text)
        default: return nil
        }
    }

    /// Year 0000 is no year of FHIR's.
    private static func isYear(_ bytes: String.UTF8View) -> Bool {
        bytes.prefix(4).contains { $0 != UInt8(ascii: "0") }
    }
}
