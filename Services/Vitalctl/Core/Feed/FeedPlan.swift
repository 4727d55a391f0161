import Domain

/// What a generated feed contains. Two equal plans give equal bytes.
public struct FeedPlan: Equatable, Sendable {
    /// How many people; ids run from `person-0001`.
    public var people: Int
    /// How many days the feed spans.
    public var days: Int
    /// Where all randomness comes from.
    public var seed: UInt64
    /// The feed ends at the last multiple of 20 minutes at or before this time.
    public var end: Timestamp
    /// How many people deteriorate; each at most once.
    public var deteriorations: Int

    /// A plan; by default 200 people, 30 days, one deterioration for every forty people (at least one).
    ///
    /// Numbers are brought into range: at least one person and one day, at most 9,999 people and 3,660 days, no more deteriorations than
    /// people. A feed shorter than two days has room for none.
    public init(people: Int = 200, days: Int = 30, seed: UInt64 = 1, end: Timestamp, deteriorations: Int? = nil) {
        self.people = min(max(people, 1), 9_999)
        self.days = min(max(days, 1), 3_660)
        self.seed = seed
        self.end = end
        let wanted = deteriorations ?? max(1, self.people / 40)
        self.deteriorations = self.days < 2 ? 0 : min(max(wanted, 0), self.people)
    }

    /// The length of the steps in which the feed is made.
    static let slot: Int64 = 20 * 60 * 1_000_000

    /// The number of steps.
    var slotCount: Int { days * 72 }

    /// The first microsecond of the feed.
    public var start: Timestamp {
        let aligned = end.microseconds - Self.remainder(end.microseconds)
        return Timestamp(microseconds: aligned - Int64(slotCount) * Self.slot)
    }

    private static func remainder(_ microseconds: Int64) -> Int64 {
        let rest = microseconds % slot
        return rest < 0 ? rest + slot : rest
    }

    /// The id of the person at `index` (from 0), e.g. `person-0001`.
    static func personID(_ index: Int) -> String {
        let digits = String(index + 1)
        return "person-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
