/// The terminologies by which medication events name a drug.
public enum DrugCodeSystem: String, Sendable, Hashable, CaseIterable {
    /// RxNorm of the United States National Library of Medicine.
    case rxnorm
    /// The Anatomical Therapeutic Chemical classification of the WHO Collaborating Centre.
    case atc

    /// The system behind a FHIR URI, an OID (bare or as `urn:oid:`) or the plain name; nil for every other system.
    public init?(_ system: some StringProtocol) {
        switch system.lowercased() {
        case "http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88", "2.16.840.1.113883.6.88",
            "rxnorm":
            self = .rxnorm
        case "http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73", "2.16.840.1.113883.6.73", "atc":
            self = .atc
        default: return nil
        }
    }
}
