public import Contracts
import Domain
import PharmacogenomicsCore
import PostgresClient
import StreamRuntime

/// What the processor writes into the service's own tables.
public enum PharmacogenomicsRow: Sendable {
    /// The results beside it rest on this release; it must still be the active one when they are committed.
    case consulted(digest: String)
    /// A gene's result.
    case phenotype(GenePhenotypeRow)
    /// A drug's recommendations.
    case recommendation(RecommendationRow)
    /// What others have to find of a person.
    case profile(PatientProfileRow)
    /// A release; it becomes the active one when it takes the place of the one named.
    case release(KnowledgeReleased, activatesOver: String?)

    /// Writes the rows of a batch in their order.
    ///
    /// - Throws: `StaleConsultation` when another release is active than the rows rest on.
    static func write(_ rows: [PharmacogenomicsRow], to connection: PostgresConnection) throws {
        var digests: Set<String> = []
        var phenotypes: [GenePhenotypeRow] = []
        var recommendations: [RecommendationRow] = []
        var profiles: [PatientProfileRow] = []
        var releases: [(event: KnowledgeReleased, over: String?)] = []
        for row in rows {
            switch row {
            case .consulted(let digest): digests.insert(digest)
            case .phenotype(let row): phenotypes.append(row)
            case .recommendation(let row): recommendations.append(row)
            case .profile(let row): profiles.append(row)
            case .release(let event, let over): releases.append((event, over))
            }
        }
        // A release takes the row for itself at once: two that shared it first would wait for each other.
        let active = try KnowledgeReleaseTable.lockActive(exclusively: !releases.isEmpty, on: connection)
        guard digests.allSatisfy({ $0 == active }) else { throw StaleConsultation() }
        try GenePhenotypeTable.write(phenotypes, to: connection)
        try RecommendationTable.write(recommendations, to: connection)
        try PatientProfileTable.write(profiles, to: connection)
        for release in releases { try KnowledgeReleaseTable.write(release.event, over: release.over, to: connection) }
    }
}
