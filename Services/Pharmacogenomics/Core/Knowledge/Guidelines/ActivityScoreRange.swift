/// A range of activity scores, written `0.5` (exactly), `1..2.25` (2.25 not included), `1..=2` (2 included) or `2.5..`
/// (no upper end).
public struct ActivityScoreRange: Sendable, Hashable, CustomStringConvertible {
    /// The lowest score of the range; it belongs to the range.
    public let lower: Double
    /// The upper end; infinity when there is none.
    public let upper: Double
    /// Whether the upper end itself belongs to the range.
    public let includesUpper: Bool

    /// A range; nil when it holds no score or a bound is negative or not a number.
    public init?(lower: Double, upper: Double, includesUpper: Bool) {
        guard lower >= 0, lower.isFinite, upper >= lower, includesUpper || upper > lower else { return nil }
        self.lower = lower
        self.upper = upper
        self.includesUpper = includesUpper
    }

    /// Reads the text form; nil when it is none.
    public init?(_ text: some StringProtocol) {
        guard let dots = text.firstRange(of: "..") else {
            guard let score = Double(text) else { return nil }
            self.init(lower: score, upper: score, includesUpper: true)
            return
        }
        guard let lower = Double(text[..<dots.lowerBound]) else { return nil }
        var rest = text[dots.upperBound...]
        if rest.isEmpty {
            self.init(lower: lower, upper: .infinity, includesUpper: true)
            return
        }
        let includesUpper = rest.first == "="
        if includesUpper { rest = rest.dropFirst() }
        guard let upper = Double(rest), upper.isFinite else { return nil }
        self.init(lower: lower, upper: upper, includesUpper: includesUpper)
    }

    /// Whether a score lies in the range.
    public func contains(_ score: Double) -> Bool {
        score >= lower && (includesUpper ? score <= upper : score < upper)
    }

    /// The text form that the initialiser reads.
    public var description: String {
        if upper == .infinity { return "\(Self.text(lower)).." }
        if lower == upper { return Self.text(lower) }
        return "\(Self.text(lower))..\(includesUpper ? "=" : "")\(Self.text(upper))"
    }

    private static func text(_ score: Double) -> String {
        score == score.rounded() && score < 1e6 ? String(Int(score)) : String(score)
    }
}
