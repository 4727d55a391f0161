import Domain
import PharmacogenomicsCore
import PostgresClient

/// Persons whose results a new release may change: a page of those behind `after`.
struct TouchedPage: Sendable {
    private(set) var patients: [PatientPseudonym] = []
    /// True when there may be more.
    private(set) var isFull = false
    /// A release that the request names and that is not in the database.
    private(set) var missingRelease: String?

    init(missingRelease: String) { self.missingRelease = missingRelease }

    /// Finds them by what their present results rest on.
    init(
        touchedBy difference: KnowledgeDiff, tenant: String, after: String, size: Int, on connection: PostgresConnection
    ) throws {
        guard !difference.isEmpty else { return }
        var isEverybody = false
        var genes: [String] = []
        var alleles: [String] = []
        var phenotypes: [String] = []
        // Who takes a drug of which a rule changed, whatever the genes: a rule can also ask for what is not known.
        var drugs = difference.changedDrugs
        for touch in difference.touches {
            switch touch {
            case .everybody: isEverybody = true
            case .gene(let gene): genes.append(gene.rawValue)
            case .allele(let gene, let name): alleles += ["\(gene.rawValue)=\(name)", "\(gene.rawValue)="]
            case .phenotype(let gene, let name): phenotypes.append("\(gene.rawValue)=\(name)")
            case .medication(let drug): drugs.insert(drug)
            }
        }
        let result = try connection.execute(
            """
            SELECT patient FROM patient_profile p
            WHERE p.tenant = $1 AND p.patient > $2
              AND ($3::bool OR p.drugs && $4::text[] OR EXISTS (
                SELECT FROM gene_phenotype g WHERE g.patient = p.patient
                  AND (g.gene = ANY ($5::text[]) OR g.search_alleles && $6::text[] OR g.search_phenotypes && $7::text[])))
            ORDER BY p.patient LIMIT $8
            """,
            [
                .text(tenant), .text(after), .bool(isEverybody), .textArray(drugs.sorted()), .textArray(genes),
                .textArray(Set(alleles).sorted()), .textArray(phenotypes), .int64(Int64(size)),
            ])
        patients = try (0..<result.rowCount).compactMap { PatientPseudonym(try result.text($0, 0)) }
        isFull = result.rowCount == size
    }
}
