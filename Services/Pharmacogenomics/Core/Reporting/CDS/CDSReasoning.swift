public import Domain

/// The port through which a decision asks what a medication list makes of a person, and what else could be given.
public protocol CDSReasoning: Sendable {
    /// The person with these medications instead; of a person of whom nothing is known, what follows from that.
    func reevaluated(
        _ patient: EvaluatedPatient?, medications: [MedicationExposure], at time: Timestamp
    ) -> EvaluatedPatient

    /// The options of an indication for a person, best first.
    func options(for indication: Indication, of patient: EvaluatedPatient, at time: Timestamp) -> [RankedOption]
}
