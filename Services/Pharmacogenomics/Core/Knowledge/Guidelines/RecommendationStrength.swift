/// How strongly a source stands behind a recommendation, on CPIC's scale, beside the source's own word.
public struct RecommendationStrength: Sendable, Hashable, CustomStringConvertible {
    /// CPIC's scale; the levels of other sources are mapped to it by their tables.
    public enum Level: String, Sendable, Hashable, Comparable, CaseIterable {
        /// The desirable effects clearly outweigh the undesirable ones.
        case strong
        /// The balance is close or uncertain.
        case moderate
        /// Between weak and strong; opinions may differ.
        case optional
        /// The source does not grade it, or gives no recommendation.
        case none

        /// Weaker first.
        public static func < (one: Level, other: Level) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .strong: 3
            case .moderate: 2
            case .optional: 1
            case .none: 0
            }
        }
    }

    /// The level on CPIC's scale.
    public let level: Level
    /// The source's own word where it is not CPIC's; empty otherwise.
    public let original: String

    /// A strength.
    public init(_ level: Level, original: String = "") {
        self.level = level
        self.original = original
    }

    /// Reads `strong` or `strong:the source's own word`; nil when the level is unknown.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let level = Level(rawValue: String(first)) else { return nil }
        self.init(level, original: parts.count == 2 ? String(parts[1]) : "")
    }

    /// The text form that the initialiser reads.
    public var description: String { original.isEmpty ? level.rawValue : "\(level.rawValue):\(original)" }
}
