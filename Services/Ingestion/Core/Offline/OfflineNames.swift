import Contracts
public import Domain

/// Names for the offline commands: hashes without a key. They join the records of one run, and are not the names that the live service gives.
public struct OfflineNames: PersonNaming {
    /// The names.
    public init() {}

    /// A hash of the identifier.
    public func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        let identifier = person.reveal()
        guard let name = PatientPseudonym("p0.\(EventID.hashing("offline", identifier.system, identifier.value))")
        else {
            throw FeedRejection(code: "pseudonym-failed", place: "", detail: "no pseudonym could be made")
        }
        return name
    }

    /// A hash of the name.
    public func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String {
        "h0.\(EventID.hashing("offline", record.reveal().system, record.reveal().value))"
    }
}
