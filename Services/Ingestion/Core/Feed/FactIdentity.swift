import Contracts
import Domain

/// How the identities of facts are made (DESIGN 3.3): equal content from the same source gives the equal id, whenever and however often it is
/// sent. Times of receipt take no part.
enum FactIdentity {
    /// The identity of an observation.
    ///
    /// - Parameters:
    ///   - record: the sender's own id of the record (FHIR resource id, Open mHealth header id), or empty.
    ///   - value: the value and unit as sent, decimals in canonical text.
    ///   - ordinal: the component's place within the record, 0 for the record's own value.
    static func observation(
        source: String, patient: PatientPseudonym, record: String, code: CodedConcept, effectiveAt: Timestamp,
        effectiveEndAt: Timestamp?, status: String, value: String, ordinal: Int
    ) -> EventID {
        EventID.hashing(
            "ingested.observation", source, patient.rawValue, record, code.system, code.code,
            String(effectiveAt.microseconds), effectiveEndAt.map { String($0.microseconds) } ?? "", status, value,
            String(ordinal))
    }

    /// The identity of a data point that has an id of its own: the sender's id, whatever the content (DESIGN 3.3).
    static func dataPoint(source: String, patient: PatientPseudonym, id: String, ordinal: Int) -> EventID {
        EventID.hashing("ingested.data-point", source, patient.rawValue, id, String(ordinal))
    }

    /// The identity of any other fact: every field that the fact tells.
    static func fact(_ kind: String, source: String, patient: PatientPseudonym, record: String, _ content: [String])
        -> EventID
    {
        EventID.hashing("ingested.\(kind)", [source, patient.rawValue, record] + content)
    }
}

extension FactOutcome {
    /// The identity of the whole record: its only fact's, or a hash over all of them. Nil when it gave no facts.
    public var recordID: EventID? {
        let facts = facts
        guard let first = facts.first else { return nil }
        return facts.count == 1
            ? first.eventID : EventID.hashing("ingested.record", facts.map { $0.eventID.description })
    }

    /// The identity under which the record is taken once: that of its facts, or of its content when no fact is made of it. Nil when it was refused.
    ///
    /// - Parameters:
    ///   - source: the name that the facts of the submission carry.
    ///   - submission: the identity of the submission, for records whose content is not kept beside the outcome.
    public func identity(source feed: String, submission: EventID) -> EventID? {
        switch verdict {
        case .rejected: return nil
        case .facts, .quarantined: return interaction?.recordID ?? recordID
        case .archived where interaction?.recordID != nil: return interaction?.recordID
        case .archived:
            let content = source.reveal()
            guard content != .null else {
                return EventID.hashing("ingested.archived-part", submission.description, String(index))
            }
            return EventID.hashing("ingested.archived", feed, type, content.text())
        }
    }
}
