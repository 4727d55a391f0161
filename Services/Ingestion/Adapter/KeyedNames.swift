public import Cryptography
public import Domain
public import IngestionCore

/// Names made with the deployment's pseudonymisation key.
public struct KeyedNames: PersonNaming {
    private let pseudonymizer: Pseudonymizer

    /// Names by `pseudonymizer`.
    public init(_ pseudonymizer: Pseudonymizer) {
        self.pseudonymizer = pseudonymizer
    }

    /// The person's keyed pseudonym.
    public func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        let identifier = person.reveal()
        return try pseudonymizer.pseudonym(system: identifier.system, identifier: identifier.value)
    }

    /// A keyed name of a record or device.
    public func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String {
        let identifier = record.reveal()
        return try pseudonymizer.opaqueName(system: identifier.system, identifier: identifier.value)
    }
}
