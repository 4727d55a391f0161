/// A plain threshold over the readings of one parameter, with hysteresis.
public struct ThresholdRule: Equatable, Sendable {
    /// How a reading is compared with a raise threshold.
    public enum Comparator: String, BitwiseCopyable, Sendable {
        /// At the threshold or above it.
        case atOrAbove = "at or above"
        /// Above the threshold.
        case above
        /// At the threshold or below it.
        case atOrBelow = "at or below"
        /// Below the threshold.
        case below

        /// Whether the rule watches high values.
        var isHigh: Bool { self == .atOrAbove || self == .above }

        /// Whether `value` breaches `threshold`.
        @inlinable
        public func holds(_ value: Double, _ threshold: Double) -> Bool {
            switch self {
            case .atOrAbove: value >= threshold
            case .above: value > threshold
            case .atOrBelow: value <= threshold
            case .below: value < threshold
            }
        }
    }

    /// A threshold and what breaching it means.
    public struct Level: Equatable, Sendable {
        /// In the canonical unit of the parameter.
        public let threshold: Double
        /// The severity of the alert.
        public let severity: Severity

        /// A level.
        public init(_ threshold: Double, _ severity: Severity) {
            self.threshold = threshold
            self.severity = severity
        }
    }

    /// The rule's number, part of the stored state: never renumbered or reused.
    public let number: UInt8
    /// The rule's name in events, such as `heart-rate-high`.
    public let id: String
    /// What is watched.
    public let parameter: VitalParameter
    /// How readings are compared with the levels.
    public let comparator: Comparator
    /// The threshold that raises an alert.
    public let raise: Level
    /// The threshold that escalates it (or raises it at once at that severity); nil for none.
    public let escalate: Level?
    /// Readings at this value or on its calm side count towards the end of the alert.
    public let clear: Double
    /// How many readings in a row must breach, and how many must be calm.
    public let lifecycle: AlertLifecycle
    /// True when the thresholds are for people of 16 years and more; the rule is silent for those known to be younger.
    public let isForAdults: Bool
    /// Where the thresholds come from.
    public let source: String

    /// A rule.
    public init(
        number: UInt8, id: String, parameter: VitalParameter, _ comparator: Comparator, raise: Level,
        escalate: Level? = nil, clear: Double, lifecycle: AlertLifecycle, isForAdults: Bool = false, source: String
    ) {
        self.number = number
        self.id = id
        self.parameter = parameter
        self.comparator = comparator
        self.raise = raise
        self.escalate = escalate
        self.clear = clear
        self.lifecycle = lifecycle
        self.isForAdults = isForAdults
        self.source = source
    }
}
