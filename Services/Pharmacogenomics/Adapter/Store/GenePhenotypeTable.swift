public import Contracts
import Domain
import PostgresClient

/// A gene's result on its way into the tables.
public struct GenePhenotypeRow: Sendable, Equatable {
    /// The event that tells it.
    public let event: PhenotypeDetermined
    /// Whose patient it is.
    public let tenant: String
    /// By which alleles it is found.
    public let alleles: [String]
    /// By which phenotypes it is found.
    public let phenotypes: [String]
}

/// `gene_phenotype`.
enum GenePhenotypeTable {
    /// Writes the rows; one of a smaller version than the present one changes nothing.
    static func write(_ rows: [GenePhenotypeRow], to connection: PostgresConnection) throws {
        guard !rows.isEmpty else { return }
        let rows = rows.lastOfEach { "\($0.event.patient.rawValue) \($0.event.gene)" }
        _ = try connection.execute(upsert, columns.map { $0(rows) })
    }

    private typealias Column = @Sendable ([GenePhenotypeRow]) -> PostgresValue

    private static let columns: [Column] = [
        { .textArray($0.map(\.event.patient.rawValue)) },
        { .textArray($0.map(\.event.gene)) },
        { .textArray($0.map(\.tenant)) },
        { .int64Array($0.map(\.event.version)) },
        { .textArray($0.map(\.event.callStatus.rawValue)) },
        { .textArray($0.map(\.event.diplotype)) },
        { .int64Array($0.map(\.event.diplotypeCount)) },
        { .doubleArray($0.map(\.event.topWeight)) },
        { .textArray($0.map(\.event.phenotype)) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.phenotypes) }) },
        { .doubleArray($0.map(\.event.activityScore)) },
        { .textArray($0.map(\.event.convertedPhenotype)) },
        { .doubleArray($0.map(\.event.convertedActivityScore)) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.inhibitors) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.missingPositions) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.novel) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.alleles) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.phenotypes) }) },
        { .uuidArray($0.map { UUIDBytes(hi: $0.event.eventID.high, lo: $0.event.eventID.low) }) },
        { .int64Array($0.map(\.event.effectiveAt.microseconds)) },
        { .textArray($0.map(\.event.knowledgeVersion)) },
        { .textArray($0.map(\.event.modelVersion)) },
        { .int64Array($0.map(\.event.producedAt.microseconds)) },
    ]

    private static let upsert = """
        INSERT INTO gene_phenotype AS p (patient, gene, tenant, version, call_status, diplotype, diplotype_count, top_weight,
            phenotype, phenotypes, activity_score, converted_phenotype, converted_activity_score, inhibitors,
            missing_positions, novel, search_alleles, search_phenotypes, event_id, effective_at_us, knowledge_version,
            model_version, produced_at_us)
        SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10::text[], c11, c12, c13, c14::text[], c15::text[], c16::text[],
            c17::text[], c18::text[], c19, c20, c21, c22, c23
        FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::int8[], $8::float8[],
            $9::text[], $10::text[], $11::float8[], $12::text[], $13::float8[], $14::text[], $15::text[], $16::text[],
            $17::text[], $18::text[], $19::uuid[], $20::int8[], $21::text[], $22::text[], $23::int8[])
            AS b (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23)
        ON CONFLICT (patient, gene) DO UPDATE SET (version, call_status, diplotype, diplotype_count, top_weight, phenotype,
            phenotypes, activity_score, converted_phenotype, converted_activity_score, inhibitors, missing_positions,
            novel, search_alleles, search_phenotypes, event_id, effective_at_us, knowledge_version, model_version,
            produced_at_us)
            = (EXCLUDED.version, EXCLUDED.call_status, EXCLUDED.diplotype, EXCLUDED.diplotype_count, EXCLUDED.top_weight,
            EXCLUDED.phenotype, EXCLUDED.phenotypes, EXCLUDED.activity_score, EXCLUDED.converted_phenotype,
            EXCLUDED.converted_activity_score, EXCLUDED.inhibitors, EXCLUDED.missing_positions, EXCLUDED.novel,
            EXCLUDED.search_alleles, EXCLUDED.search_phenotypes, EXCLUDED.event_id, EXCLUDED.effective_at_us,
            EXCLUDED.knowledge_version, EXCLUDED.model_version, EXCLUDED.produced_at_us)
        WHERE p.version < EXCLUDED.version
        """
}
