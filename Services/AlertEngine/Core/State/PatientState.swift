/// What the alert engine remembers of one patient.
public struct PatientState: Equatable, Sendable {
    /// The newest reading of each parameter.
    public internal(set) var vitals = LatestVitals()
    /// The alerts, open and in the making.
    public internal(set) var alerts = AlertBook()
    /// What is known of the person.
    public var facts = PatientFacts()

    /// The state of a patient of whom nothing is known.
    public init() {}
}
