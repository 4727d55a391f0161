public import Domain
import IngestionCore

/// What a sender may send: of which types, and about whom. Judged for each record, after it has been read.
public struct SenderTerms: Equatable, Sendable {
    /// The types that may be sent (FHIR resource types, or names of formats); nil for all.
    public var types: Set<String>?
    /// The people whose records may be sent; nil for all.
    public var patients: Set<PatientPseudonym>?

    /// Terms.
    public init(types: Set<String>? = nil, patients: Set<PatientPseudonym>? = nil) {
        self.types = types
        self.patients = patients
    }

    /// Anything about anybody: a gateway inside the house, or a deployment without authorisation.
    public static let unbound = SenderTerms()

    /// Why `outcome` is not for this sender to send, or nil.
    func refusal(of outcome: FactOutcome, format: FeedFormat) -> FeedRejection? {
        if let types {
            let type = format.feed == .ehr ? outcome.type : format.rawValue
            guard types.contains(type) || outcome.type.isEmpty else {
                return FeedRejection(
                    code: "insufficient-scope", place: outcome.place,
                    detail: "the token's scopes do not permit this type")
            }
        }
        guard let patients else { return nil }
        // A record about nobody in particular is not about somebody else.
        guard outcome.facts.allSatisfy({ $0.patient.map { patients.contains($0) } ?? true }) else {
            return FeedRejection(
                code: "patient-not-in-token", place: outcome.place, detail: "the token is bound to other people")
        }
        return nil
    }

    /// `types;patients`, each separated by blanks, `*` for all; nil for unbound terms.
    var header: String? {
        guard self != .unbound else { return nil }
        return "\(types.map { $0.sorted().joined(separator: " ") } ?? "*");"
            + "\(patients.map { $0.map(\.rawValue).sorted().joined(separator: " ") } ?? "*")"
    }

    /// Reads ``header``. What cannot be read permits nothing.
    init(header: String?) {
        guard let header else {
            self = .unbound
            return
        }
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            self.init(types: [], patients: [])
            return
        }
        self.init(
            types: parts[0] == "*" ? nil : Set(parts[0].split(separator: " ").map(String.init)),
            patients: parts[1] == "*"
                ? nil : Set(parts[1].split(separator: " ").compactMap { PatientPseudonym(String($0)) }))
    }
}
