import Contracts
import Domain

/// Everything that decides about alerts: the rules, how long a reading counts, and which readings count at all.
public struct RuleSet: Sendable {
    /// The plain thresholds.
    public let thresholds: [ThresholdRule]
    /// How NEWS2 becomes an alert; nil when it is not watched.
    public let news2: NEWS2Policy?
    /// How far a reading may lie after its receipt before its clock is held to be wrong, in microseconds.
    let futureTolerance: Int64

    /// The limits, ordered by parameter, so that `first[p]..<first[p + 1]` are those of the parameter with raw value p.
    let limits: [ThresholdLimits]
    let first: InlineArray<10, Int>
    /// By parameter, in microseconds.
    let windows: InlineArray<9, Int64>
    let ranges: InlineArray<9, PlausibleRange>
    /// The place in `thresholds` of each rule number; 255 for none.
    private let places: [UInt8]

    /// A rule set.
    ///
    /// - Parameters:
    ///   - thresholds: at most 200 rules with different numbers from 1; of two with the same number the first stays.
    ///   - news2: how NEWS2 becomes an alert; nil for never.
    ///   - validity: how long a reading of each parameter counts, in event time.
    ///   - range: which values of each parameter are possible.
    ///   - futureTolerance: how far a reading may lie after its receipt.
    public init(
        thresholds: [ThresholdRule] = ThresholdRule.standard, news2: NEWS2Policy? = NEWS2Policy(),
        validity: (VitalParameter) -> Duration = RuleSet.standardValidity,
        range: (VitalParameter) -> PlausibleRange = PlausibleRange.standard,
        futureTolerance: Duration = .seconds(3600)
    ) {
        var places = [UInt8](repeating: .max, count: 256)
        var taken: [ThresholdRule] = []
        for rule in thresholds where rule.number > 0 && places[Int(rule.number)] == .max && taken.count < 200 {
            places[Int(rule.number)] = UInt8(taken.count)
            taken.append(rule)
        }
        self.thresholds = taken
        self.places = places
        self.news2 = news2
        self.futureTolerance = futureTolerance.microseconds
        var limits: [ThresholdLimits] = []
        var first = InlineArray<10, Int>(repeating: 0)
        var windows = InlineArray<9, Int64>(repeating: 0)
        var ranges = InlineArray<9, PlausibleRange>(repeating: PlausibleRange(0, 0))
        for parameter in VitalParameter.allCases {
            let index = Int(parameter.rawValue)
            first[index] = limits.count
            limits += taken.filter { $0.parameter == parameter }.map(ThresholdLimits.init)
            windows[index] = max(0, validity(parameter).microseconds)
            ranges[index] = range(parameter)
        }
        first[VitalParameter.count] = limits.count
        self.limits = limits
        self.first = first
        self.windows = windows
        self.ranges = ranges
    }

    /// Twenty-four hours; 300 days for pregnancy.
    public static func standardValidity(of parameter: VitalParameter) -> Duration {
        parameter == .pregnancy ? .seconds(300 * 86_400) : .seconds(86_400)
    }

    /// The threshold rule with this number.
    public func threshold(number: UInt8) -> ThresholdRule? {
        let place = Int(places[Int(number)])
        return place < thresholds.count ? thresholds[place] : nil
    }

    /// Eight hexadecimal digits of a hash of everything here that decides about alerts; part of the version that alerts carry.
    public var fingerprint: String {
        var parts = thresholds.map { rule in
            "\(rule.number) \(rule.id) \(rule.parameter) \(rule.comparator) \(rule.raise) \(rule.escalate as Any) \(rule.clear)"
                + " \(rule.lifecycle) \(rule.isForAdults)"
        }
        parts.append("\(news2 as Any)")
        for parameter in VitalParameter.allCases {
            let index = Int(parameter.rawValue)
            parts.append("\(parameter) \(windows[index]) \(ranges[index])")
        }
        parts.append("\(futureTolerance)")
        return String(EventID.hashing("rules", parts).description.prefix(8))
    }

    /// The names of all rules, NEWS2 first.
    public var names: [String] { (news2 == nil ? [] : [NEWS2Policy.id]) + thresholds.map(\.id) }
}
