/// One release of what the service knows: genes, guidelines, drugs and their interactions. Immutable; a newer one takes its place as a whole.
public final class KnowledgeBase: Sendable {
    /// The release's own name, e.g. `2025.11`.
    public let version: String
    /// SHA-256 of the tables (lower-case hexadecimal), which tells releases apart.
    public let digest: String
    /// The genes, their positions, alleles and rules.
    public let genes: GeneCatalog
    /// What the guidelines say.
    public let guidelines: GuidelineBook
    /// The drugs by name, code and display.
    public let drugs: DrugDictionary
    /// Inhibitors and inducers.
    public let interactions: InteractionTable
    /// What an inhibitor or inducer does to a phenotype.
    public let phenoconversion: PhenoconversionTable
    /// The options of each indication.
    public let indications: IndicationTable
    /// What must not be combined.
    public let contraindications: ContraindicationTable
    /// The frequencies of alleles by population.
    public let frequencies: AlleleFrequencies

    /// Reads a release.
    ///
    /// - Parameters:
    ///   - tables: the files of the release.
    ///   - digest: their SHA-256; Core hashes nothing.
    /// - Throws: ``KnowledgeError`` with the file and line of what cannot be read.
    public init(tables: KnowledgeTables, digest: String) throws(KnowledgeError) {
        version = try Self.version(tables)
        self.digest = digest
        genes = try GeneCatalog(tables: tables)
        guidelines = try GuidelineBook(tables: tables)
        let drugs = try DrugDictionary(tables: tables)
        self.drugs = drugs
        interactions = try InteractionTable(tables: tables, dictionary: drugs)
        phenoconversion = try PhenoconversionTable(tables: tables)
        indications = try IndicationTable(tables: tables, dictionary: drugs)
        contraindications = try ContraindicationTable(tables: tables, dictionary: drugs)
        frequencies = try AlleleFrequencies(tables.table("frequencies.tsv"))
    }

    private static func version(_ tables: KnowledgeTables) throws(KnowledgeError) -> String {
        let table = try tables.table("knowledge.tsv")
        let key = try table.column("key")
        let value = try table.column("value")
        for row in 0..<table.rowCount where table.field(row, key, equals: "version") {
            return try table.requiredText(row, value)
        }
        throw KnowledgeError(
            code: .malformedField, file: "knowledge.tsv", detail: "no row `version`: a release needs a name")
    }
}
