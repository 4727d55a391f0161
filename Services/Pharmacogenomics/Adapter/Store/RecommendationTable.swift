public import Contracts
import Domain
public import PharmacogenomicsCore
import PostgresClient

/// What is recommended about a drug, on its way into the tables.
public struct RecommendationRow: Sendable, Equatable {
    /// The event that tells it.
    public let event: RecommendationMade
    /// Whose patient it is.
    public let tenant: String
    /// The advice of every guideline; empty when the event withdraws it.
    public let recommendations: [DrugRecommendation]
}

/// `recommendation` and `recommendation_history`.
enum RecommendationTable {
    /// Writes the events into the history, and the advice of the last event about each drug in the place of what was there.
    static func write(_ rows: [RecommendationRow], to connection: PostgresConnection) throws {
        guard !rows.isEmpty else { return }
        _ = try connection.execute(insertHistory, historyColumns.map { $0(rows) })
        let last = rows.lastOfEach(\.event.recommendationID)
        _ = try connection.execute(
            """
            DELETE FROM recommendation r USING unnest($1::text[], $2::text[]) AS b (patient, drug)
            WHERE r.patient = b.patient AND r.drug = b.drug
            """, [.textArray(last.map(\.event.patient.rawValue)), .textArray(last.map(\.event.drug))])
        let lines = last.flatMap { row in
            row.recommendations.map { Line(event: row.event, tenant: row.tenant, recommendation: $0) }
        }
        guard !lines.isEmpty else { return }
        _ = try connection.execute(insertPresent, presentColumns.map { $0(lines) })
    }

    private static func uuid(_ id: EventID) -> UUIDBytes { UUIDBytes(hi: id.high, lo: id.low) }

    // MARK: - History

    private typealias HistoryColumn = @Sendable ([RecommendationRow]) -> PostgresValue

    private static let historyColumns: [HistoryColumn] = [
        { .uuidArray($0.map { uuid($0.event.eventID) }) },
        { .uuidArray($0.map { uuid($0.event.recommendationID) }) },
        { .int64Array($0.map(\.event.version)) },
        { .textArray($0.map(\.tenant)) },
        { .textArray($0.map(\.event.patient.rawValue)) },
        { .textArray($0.map(\.event.drug)) },
        { .boolArray($0.map(\.event.isActiveMedication)) },
        { .textArray($0.map(\.event.status.rawValue)) },
        { .textArray($0.map(\.event.guidelineSource)) },
        { .textArray($0.map(\.event.guideline)) },
        { .textArray($0.map(\.event.guidelineVersion)) },
        { .textArray($0.map(\.event.population)) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.actions) }) },
        { .textArray($0.map(\.event.strength)) },
        { .textArray($0.map(\.event.riskClass)) },
        { .textArray($0.map(\.event.summary)) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.conflicts) }) },
        { .boolArray($0.map(\.event.isWithdrawn)) },
        { .jsonArray($0.map { $0.event.explanation.isEmpty ? "null" : $0.event.explanation }) },
        { .textArray($0.map { TextArrayLiteral.of($0.event.inputEventIDs.map(\.description)) }) },
        { .int64Array($0.map(\.event.effectiveAt.microseconds)) },
        { .textArray($0.map(\.event.knowledgeVersion)) },
        { .textArray($0.map(\.event.modelVersion)) },
        { .int64Array($0.map(\.event.producedAt.microseconds)) },
    ]

    private static let insertHistory = """
        INSERT INTO recommendation_history (event_id, recommendation_id, version, tenant, patient, drug, is_active_medication,
            status, guideline_source, guideline, guideline_version, population, actions, strength, risk_class, summary,
            conflicts, is_withdrawn, explanation, input_event_ids, effective_at_us, knowledge_version, model_version,
            produced_at_us)
        SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13::text[], c14, c15, c16, c17::text[], c18,
            nullif(c19, 'null'::jsonb), c20::text[], c21, c22, c23, c24
        FROM unnest($1::uuid[], $2::uuid[], $3::int8[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
            $17::text[], $18::bool[], $19::jsonb[], $20::text[], $21::int8[], $22::text[], $23::text[], $24::int8[])
            AS b (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24)
        ON CONFLICT (event_id) DO NOTHING
        """

    // MARK: - Present state

    private struct Line {
        let event: RecommendationMade
        let tenant: String
        let recommendation: DrugRecommendation

        /// The phenotypes of the heaviest candidate, in the order of the guideline's genes.
        var phenotypes: [String] {
            let results = recommendation.governing.candidates.first?.results ?? []
            return recommendation.genes.map { gene in results.first { $0.gene == gene }?.phenotype ?? "" }
        }
    }

    private typealias PresentColumn = @Sendable ([Line]) -> PostgresValue

    private static let presentColumns: [PresentColumn] = [
        { .textArray($0.map(\.event.patient.rawValue)) },
        { .textArray($0.map(\.event.drug)) },
        { .textArray($0.map(\.recommendation.source.rawValue)) },
        { .textArray($0.map(\.recommendation.guideline)) },
        { .textArray($0.map(\.recommendation.population)) },
        { .textArray($0.map(\.tenant)) },
        { .uuidArray($0.map { uuid($0.event.recommendationID) }) },
        { .int64Array($0.map(\.event.version)) },
        { .textArray($0.map(\.event.rxnorm)) },
        { .boolArray($0.map(\.recommendation.isActive)) },
        { .textArray($0.map(\.recommendation.status.rawValue)) },
        { .textArray($0.map(\.recommendation.version)) },
        { .textArray($0.map { TextArrayLiteral.of($0.recommendation.actions.map(\.description)) }) },
        { .textArray($0.map(\.recommendation.strength.description)) },
        { .textArray($0.map(\.recommendation.risk)) },
        { .boolArray($0.map(\.recommendation.isPhenoconverted)) },
        { .textArray($0.map { TextArrayLiteral.of($0.recommendation.missingGenes.map(\.rawValue)) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.recommendation.settledBy.map { "\($0.gene) \($0.name)" }) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.recommendation.genes.map(\.rawValue)) }) },
        { .textArray($0.map { TextArrayLiteral.of($0.phenotypes) }) },
        { .uuidArray($0.map { uuid($0.event.eventID) }) },
        { .int64Array($0.map(\.event.effectiveAt.microseconds)) },
        { .textArray($0.map(\.event.knowledgeVersion)) },
        { .textArray($0.map(\.event.modelVersion)) },
        { .int64Array($0.map(\.event.producedAt.microseconds)) },
    ]

    private static let insertPresent = """
        INSERT INTO recommendation (patient, drug, guideline_source, guideline, population, tenant, recommendation_id, version,
            rxnorm, is_active_medication, status, guideline_version, actions, strength, risk_class, is_phenoconverted,
            missing_genes, settled_by, genes, phenotypes, event_id, effective_at_us, knowledge_version, model_version,
            produced_at_us)
        SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13::text[], c14, c15, c16, c17::text[], c18::text[],
            c19::text[], c20::text[], c21, c22, c23, c24, c25
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::int8[],
            $9::text[], $10::bool[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bool[],
            $17::text[], $18::text[], $19::text[], $20::text[], $21::uuid[], $22::int8[], $23::text[], $24::text[],
            $25::int8[])
            AS b (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24,
            c25)
        ON CONFLICT DO NOTHING
        """
}
