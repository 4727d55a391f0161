public import Domain
public import PharmacogenomicsCore

/// The port through which the decision support reads what the service knows of a person.
public protocol PatientEvaluationReading: Sendable {
    /// The person's state and the decisions of the release that it was evaluated under, taken together.
    ///
    /// - Throws: when the state cannot be read now; the call is answered 503.
    func snapshot(of patient: PatientPseudonym) async throws -> PatientSnapshot
}

/// What is known of a person under one release.
public struct PatientSnapshot: Sendable {
    /// The last evaluation; nil for a person of whom nothing reached the service.
    public let patient: EvaluatedPatient?
    /// The decisions of the release.
    public let decision: CDSDecision

    /// A state.
    public init(patient: EvaluatedPatient?, decision: CDSDecision) {
        self.patient = patient
        self.decision = decision
    }
}
