public import Domain

/// How a source knows a person: an identifier within a system (a URI, or a name of the deployment).
public struct SubjectIdentifier: Hashable, Sendable {
    /// The system that the identifier belongs to.
    public let system: String
    /// The identifier within the system.
    public let value: String

    /// The person whom `system` knows as `value`.
    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

/// A person's identifier at the source. It is protected: it leaves this module through a ``PersonNaming`` alone.
public typealias PatientIdentifier = PHI<SubjectIdentifier>

/// The port through which people and their records get the names that may leave the front door.
public protocol PersonNaming: Sendable {
    /// The person's pseudonym; equal for equal identifiers.
    func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym
    /// An opaque name of a source's record or device; equal for equal identifiers, never readable.
    func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String
}
