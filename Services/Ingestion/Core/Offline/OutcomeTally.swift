/// How many records had which outcome.
public struct OutcomeTally: Equatable, Sendable {
    /// Records.
    public var records = 0
    /// Records that were taken, whether facts were made of them or not.
    public var accepted = 0
    /// Records that would be held back.
    public var quarantined = 0
    /// Records that were refused.
    public var rejected = 0
    /// Facts.
    public var facts = 0

    /// Nothing yet.
    public init() {}

    /// Counts one record.
    public mutating func count(_ outcome: FactOutcome) {
        records += 1
        facts += outcome.facts.count
        switch outcome.verdict {
        case .facts, .archived: accepted += 1
        case .quarantined: quarantined += 1
        case .rejected: rejected += 1
        }
    }
}
