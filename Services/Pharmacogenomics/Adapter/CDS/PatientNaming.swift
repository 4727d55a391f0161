public import Cryptography
public import Domain

/// The port through which a record's patient id becomes the name under which the fleet knows the person.
public protocol PatientNaming: Sendable {
    /// The pseudonym of the person whom the client's record knows as `patientID`; equal to the one that the front door gave.
    func pseudonym(ofPatient patientID: PHI<String>) throws -> PatientPseudonym
}

/// Names made with the deployment's pseudonymisation key.
public struct KeyedPatientNaming: PatientNaming {
    /// The id space that all feeds of a deployment share by default.
    public static let sharedSystem = "urn:vitalstream:patient"

    private let pseudonymizer: Pseudonymizer
    private let system: String

    /// Names by `pseudonymizer`, of ids in the space `system`: the one in which the records of the same client were sent.
    public init(_ pseudonymizer: Pseudonymizer, system: String = KeyedPatientNaming.sharedSystem) {
        self.pseudonymizer = pseudonymizer
        self.system = system
    }

    /// The keyed pseudonym.
    public func pseudonym(ofPatient patientID: PHI<String>) throws -> PatientPseudonym {
        try pseudonymizer.pseudonym(system: system, identifier: patientID.reveal())
    }
}
