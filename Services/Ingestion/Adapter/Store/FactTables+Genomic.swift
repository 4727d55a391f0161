import Contracts
import Domain

/// One entry of an event's list with its place in it.
struct ListEntry<Entry: Sendable>: Sendable {
    let eventID: EventID
    let patient: PatientPseudonym?
    let ordinal: Int32
    let value: Entry

    /// The entries of the list of each line.
    static func entries<Event: HealthEvent>(
        of lines: [FactLine<Event>], patient: (Event) -> PatientPseudonym?, _ list: (Event) -> [Entry]
    ) -> [FactLine<ListEntry>] {
        lines.flatMap { line in
            list(line.event).enumerated().map { index, value in
                line.with(
                    ListEntry(
                        eventID: line.event.eventID, patient: patient(line.event),
                        ordinal: Int32(truncatingIfNeeded: index), value: value))
            }
        }
    }
}

/// The tables of genotypes, expression profiles and scores: a row for each chunk, and what it carries in rows or arrays.
extension FactTables {
    static let genotypeChunks = FactTable<FactLine<GenotypesRecorded>>(
        "genotype_chunk",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("sample_id") { $0.event.sampleID },
            .text("assembly") { $0.event.assembly },
            .text("format") { $0.event.format.rawValue },
            .uuid("submission_id") { $0.event.submissionID },
            .integer("chunk") { $0.event.chunk },
            .boolean("is_last_chunk") { $0.event.isLastChunk },
            .integer("call_count") { Int32(truncatingIfNeeded: $0.event.calls.count) },
            .time("collected_at_us") { $0.event.collectedAt },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let genotypeCalls = FactTable<FactLine<ListEntry<GenotypeCall>>>(
        "genotype_call", key: "event_id, ordinal",
        [
            .uuid("event_id") { $0.event.eventID },
            .integer("ordinal") { $0.event.ordinal },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient?.rawValue },
            .text("chromosome") { $0.event.value.chromosome },
            .bigint("position") { $0.event.value.position },
            .bigint("end_position") { $0.event.value.end },
            .text("identifier") { $0.event.value.identifier },
            .text("reference") { $0.event.value.reference },
            .texts("alternates") { $0.event.value.alternates },
            .integers("alleles") { $0.event.value.alleles },
            .boolean("is_phased") { $0.event.value.isPhased },
            .bigint("phase_set") { $0.event.value.phaseSet },
            .integer("depth") { $0.event.value.depth },
            .double("quality") { $0.event.value.quality },
            .text("filter") { $0.event.value.filter },
            .double("site_quality") { $0.event.value.siteQuality },
        ])

    static let expressionChunks = FactTable<FactLine<ExpressionMeasured>>(
        "expression_chunk",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("sample_id") { $0.event.sampleID },
            .text("cohort") { $0.event.cohort },
            .text("tissue") { $0.event.tissue },
            .text("unit") { $0.event.unit },
            .text("gene_system") { $0.event.geneSystem.rawValue },
            .uuid("submission_id") { $0.event.submissionID },
            .integer("chunk") { $0.event.chunk },
            .boolean("is_last_chunk") { $0.event.isLastChunk },
            .boolean("is_sparse") { $0.event.isSparse },
            .texts("genes") { $0.event.genes },
            .doubles("gene_values") { $0.event.values },
            .time("measured_at_us") { $0.event.measuredAt },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let scoreChunks = FactTable<FactLine<PolygenicScoreDefined>>(
        "polygenic_score",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("score_id") { $0.event.scoreID },
            .text("name") { $0.event.name },
            .text("trait") { $0.event.trait },
            .text("assembly") { $0.event.assembly },
            .text("weight_type") { $0.event.weightType },
            .uuid("submission_id") { $0.event.submissionID },
            .integer("chunk") { $0.event.chunk },
            .boolean("is_last_chunk") { $0.event.isLastChunk },
            .integer("weight_count") { Int32(truncatingIfNeeded: $0.event.weights.count) },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let scoreWeights = FactTable<FactLine<ListEntry<VariantWeight>>>(
        "polygenic_score_weight", key: "event_id, ordinal",
        [
            .uuid("event_id") { $0.event.eventID },
            .integer("ordinal") { $0.event.ordinal },
            .text("tenant") { $0.tenant },
            .text("chromosome") { $0.event.value.chromosome },
            .bigint("position") { $0.event.value.position },
            .text("identifier") { $0.event.value.identifier },
            .text("effect_allele") { $0.event.value.effectAllele },
            .text("other_allele") { $0.event.value.otherAllele },
            .double("weight") { $0.event.value.weight },
            .text("model") { $0.event.value.model.rawValue },
        ])
}
