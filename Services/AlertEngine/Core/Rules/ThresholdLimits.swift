/// The numbers of a ``ThresholdRule``, without its texts: what the evaluation of a reading needs, in one block of memory.
public struct ThresholdLimits: Equatable, BitwiseCopyable, Sendable {
    let number: UInt8
    let parameter: VitalParameter
    let isForAdults: Bool
    let isHigh: Bool
    let comparator: ThresholdRule.Comparator
    let raise: Double
    let raiseSeverity: Severity
    /// Equal to `raise` when there is no second level.
    let escalate: Double
    let escalateSeverity: Severity
    let clear: Double
    let raiseAfter: UInt8
    let clearAfter: UInt8
    let sustainMicroseconds: Int64

    /// The limits of `rule`.
    public init(_ rule: ThresholdRule) {
        number = rule.number
        parameter = rule.parameter
        isForAdults = rule.isForAdults
        isHigh = rule.comparator.isHigh
        comparator = rule.comparator
        raise = rule.raise.threshold
        raiseSeverity = rule.raise.severity
        escalate = rule.escalate?.threshold ?? rule.raise.threshold
        escalateSeverity = rule.escalate?.severity ?? rule.raise.severity
        clear = rule.clear
        raiseAfter = rule.lifecycle.raiseAfter
        clearAfter = rule.lifecycle.clearAfter
        sustainMicroseconds = rule.lifecycle.sustainMicroseconds
    }

    /// The rule's lifecycle.
    var lifecycle: AlertLifecycle {
        AlertLifecycle(raiseAfter: raiseAfter, sustainMicroseconds: sustainMicroseconds, clearAfter: clearAfter)
    }

    /// What a reading of `value` says to the rule. Temperature is read to 0.1 degrees, as in NEWS2.
    public func signal(_ value: Double) -> AlertSignal {
        let value = parameter == .temperature ? (value * 10).rounded() / 10 : value
        if isHigh ? value <= clear : value >= clear { return .clear }
        if comparator.holds(value, escalate) { return .breach(escalateSeverity) }
        if comparator.holds(value, raise) { return .breach(raiseSeverity) }
        return .between
    }
}
