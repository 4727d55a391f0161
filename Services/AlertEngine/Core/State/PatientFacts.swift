public import Domain

/// What is known of the person beyond readings, as far as it decides whether and how NEWS2 applies.
public struct PatientFacts: Equatable, Sendable {
    /// The SpO2 scale; scale 2 only on a clinician's order.
    public var oxygenScale: OxygenScale = .scale1
    /// NEWS2 is not scored before this time: 1 January of the year in which the person turns 16. Nil when the birth year is unknown.
    public internal(set) var sixteenFrom: Timestamp?

    /// Nothing is known.
    public init() {}

    /// Notes the year of birth; 0 or a year outside 1800 to 2200 means unknown and changes nothing.
    ///
    /// Only the year is known, so the person counts as 16 from the start of the year of the sixteenth birthday.
    public mutating func note(birthYear: Int32) {
        guard (1800...2200).contains(birthYear) else { return }
        sixteenFrom = Timestamp(iso8601Date: "\(birthYear + 16)-01-01")
    }

    /// Whether the person is known to be under 16 at `time`.
    public func isUnder16(at time: Timestamp) -> Bool {
        sixteenFrom.map { time < $0 } ?? false
    }
}
