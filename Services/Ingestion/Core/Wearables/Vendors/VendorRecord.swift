import Contracts
import Domain
import JSONDocument

/// One record of a vendor's answer while it is read: what it says, and the readings and notes made of it so far.
struct VendorRecord {
    /// A member that tells a number.
    struct Field {
        let path: String
        let concept: CodedConcept
        let unit: String
        /// The number is the member's times ten to this power (`g` written as `kg`, seconds as milliseconds, parts of one as `%`).
        var power = 0
        /// Whether 0 and less mean that nothing was measured.
        var isPositive = false

        init(_ path: String, _ concept: CodedConcept, _ unit: String, power: Int = 0, isPositive: Bool = false) {
            (self.path, self.concept, self.unit) = (path, concept, unit)
            (self.power, self.isPositive) = (power, isPositive)
        }
    }

    let value: JSONValue
    let place: String
    /// The whole answer, for members that hold for all records.
    let answer: JSONValue
    /// The zone that the submission declares.
    let declaredZone: LocalZone?
    private(set) var readings: [Reading] = []
    private(set) var notes: [FeedRejection] = []
    /// The sender's id of the record, or empty.
    var id = ""
    /// The sender's name of the device, or empty.
    var device = ""

    init(value: JSONValue, place: String, answer: JSONValue, declaredZone: LocalZone?) {
        (self.value, self.place, self.answer, self.declaredZone) = (value, place, answer, declaredZone)
    }

    // MARK: Members

    /// The member at a path of names with dots, or nil when it is absent or null.
    func member(_ path: String) -> JSONValue? {
        var value: JSONValue? = value
        for name in path.split(separator: ".") { value = value?[String(name)] }
        return value == .null ? nil : value
    }

    func text(_ path: String) -> String? { member(path)?.string }

    /// The number at `path` as text; numbers in strings count, as vendors write both. Throws when something else stands there.
    func number(_ path: String) throws(FeedRejection) -> String? {
        guard let value = member(path) else { return nil }
        return try Self.number(value, place: at(path))
    }

    static func number(_ value: JSONValue, place: String) throws(FeedRejection) -> String? {
        if let number = value.number { return number.text }
        if let text = value.string {
            if text.isEmpty { return nil }
            if let number = JSONNumber(text.replacing(",", with: "")) { return number.text }
        }
        throw FeedRejection(code: "wrong-type", place: place, detail: "must be a number")
    }

    /// The integer at `path`. Throws when it is none.
    func integer(_ path: String) throws(FeedRejection) -> Int64? {
        guard let text = try number(path) else { return nil }
        guard let value = JSONNumber(text)?.int64 else {
            throw FeedRejection(code: "wrong-type", place: at(path), detail: "must be an integer")
        }
        return value
    }

    func at(_ path: String) -> String { place == "$" ? path : "\(place).\(path)" }

    // MARK: Times

    /// The time that counts `path` in units of `microseconds` since 1970. Throws when it is absent or out of range.
    func epoch(_ path: String, microseconds: Int64 = 1_000_000) throws(FeedRejection) -> Timestamp {
        guard let count = try integer(path) else { throw missing(path) }
        return try Self.epoch(count, microseconds: microseconds, place: at(path))
    }

    static func epoch(_ count: Int64, microseconds: Int64, place: String) throws(FeedRejection) -> Timestamp {
        let (product, overflow) = count.multipliedReportingOverflow(by: microseconds)
        guard !overflow, abs(product) < 253_402_300_800_000_000 else {
            throw FeedRejection(code: "invalid-time", place: place, detail: "must be a count since 1970")
        }
        return Timestamp(microseconds: product)
    }

    /// The time of nanoseconds since 1970, to the microsecond.
    func epochNanoseconds(_ path: String) throws(FeedRejection) -> Timestamp {
        guard let count = try integer(path) else { throw missing(path) }
        return Timestamp(microseconds: count / 1_000)
    }

    /// The wall-clock time at `path`. Throws when it is absent or has no such form.
    func wall(_ path: String, _ patterns: TimePattern...) throws(FeedRejection) -> WallTime {
        guard let text = text(path) else { throw missing(path) }
        return try Self.wall(text, patterns, place: at(path))
    }

    static func wall(_ text: String, _ patterns: [TimePattern], place: String) throws(FeedRejection) -> WallTime {
        for pattern in patterns.isEmpty ? [.iso8601] : patterns {
            if let wall = pattern.wallTime(text) { return wall }
        }
        throw FeedRejection(code: "invalid-time", place: place, detail: "must be a time in the vendor's form")
    }

    /// The time of a wall clock: by its own offset, the record's zone, the declared zone, or UTC with a note.
    mutating func time(_ wall: WallTime, zone: LocalZone? = nil) -> Timestamp {
        self.zone(for: wall, zone).time(of: wall)
    }

    /// The day of a wall clock: its start and its end.
    mutating func day(_ wall: WallTime, zone: LocalZone? = nil) -> (start: Timestamp, end: Timestamp?) {
        let day = WallTime(year: wall.year, month: wall.month, day: wall.day)
        let zone = self.zone(for: wall, zone)
        return (zone.time(of: day), zone.endOfDay(day))
    }

    private mutating func zone(for wall: WallTime, _ zone: LocalZone?) -> LocalZone {
        if let offset = wall.offset { return LocalZone(offset: offset) }
        if let known = zone ?? declaredZone { return known }
        if !notes.contains(where: { $0.code == "zone-assumed" }) { note(.zoneAssumed(place: place)) }
        return .utc
    }

    func missing(_ path: String) -> FeedRejection {
        FeedRejection(code: "missing-member", place: at(path), detail: "is required")
    }

    // MARK: Readings

    mutating func note(_ code: String, _ path: String, _ detail: String) {
        note(FeedRejection(code: code, place: at(path), detail: detail))
    }

    mutating func note(_ note: FeedRejection) {
        if notes.count < 64 { notes.append(note) }
    }

    /// Adds a reading.
    mutating func add(
        _ concept: CodedConcept, _ value: Reading.Value, at path: String, _ start: Timestamp, _ end: Timestamp? = nil
    ) {
        readings.append(Reading(concept: concept, value: value, start: start, end: end, place: at(path)))
    }

    /// Adds a reading for each of `fields` that the record has.
    mutating func add(_ fields: [Field], _ start: Timestamp, _ end: Timestamp? = nil) throws(FeedRejection) {
        for field in fields {
            guard let text = try number(field.path) else { continue }
            add(field, text, at: field.path, start, end)
        }
    }

    /// Adds a reading of `field` with the number `text`; a number that means nothing was measured is noted instead.
    mutating func add(_ field: Field, _ text: String, at path: String, _ start: Timestamp, _ end: Timestamp? = nil) {
        if field.isPositive, (Double(text) ?? 0) <= 0 {
            note("value-missing", path, "the device marks that nothing was measured")
            return
        }
        let scaled = DecimalText.scaled(text, power: field.power)
        let value = Reading.Value.quantity(
            scaled, unit: field.unit, sentText: field.power == 0 ? nil : text,
            sent: field.power == 0 ? field.unit : "\(field.unit)e\(-field.power)")
        add(field.concept, value, at: path, start, end)
    }

    /// Adds a name that the vendor gives, at most 256 bytes, as a code of the vendor's.
    mutating func add(
        _ concept: CodedConcept, code: String?, system: String, at path: String, _ start: Timestamp, _ end: Timestamp?
    ) {
        guard let code, (1...256).contains(code.utf8.count) else { return }
        add(concept, .coded(code, system: system), at: path, start, end)
    }
}
