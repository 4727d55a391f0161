/// How NEWS2 becomes an alert.
///
/// The chart, the bands and the risks are the Royal College of Physicians'; the rest is this project's choice, to be confirmed locally.
public struct NEWS2Policy: Equatable, Sendable {
    /// The rule's number in the stored state.
    public static let number: UInt8 = 0
    /// The rule's name in events.
    public static let id = "news2"

    /// True when an aggregate may alert only with all five measured parameters present. False (the default) when it may alert as soon as
    /// the parameters at hand reach a band by themselves: a missing one could only add to the score.
    public var needsCompleteSet: Bool
    /// A total at or below this one, without a single 3, counts towards the end of an alert.
    public var clearTotal: Int
    /// How many scores in a row must be at risk, and how many must be calm.
    public var lifecycle: AlertLifecycle

    /// A policy.
    public init(
        needsCompleteSet: Bool = false, clearTotal: Int = 3,
        lifecycle: AlertLifecycle = AlertLifecycle(raiseAfter: 1, clearAfter: 2)
    ) {
        self.needsCompleteSet = needsCompleteSet
        self.clearTotal = clearTotal
        self.lifecycle = lifecycle
    }
}
