/// The profiles and extensions of HL7's Genomics Reporting guide, STU3 (3.0.0), that the bundle uses.
enum GenomicsProfile: String, Sendable, CaseIterable {
    case report = "genomic-report"
    case genotype
    case haplotype
    case variant
    case therapeuticImplication = "therapeutic-implication"
    case medicationRecommendation = "medication-recommendation"

    private static let base = "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/"

    /// The profile's canonical URL.
    var url: String { Self.base + rawValue }

    /// The report's reference to what is recommended.
    static let recommendedAction = base + "recommended-action"
    /// A note of the report with its kind.
    static let reportNote = base + "genomic-report-note"
    /// The kind of a note.
    static let annotationCode = base + "annotation-code"
    /// An article or guideline that an observation rests on (FHIR's own extension).
    static let relatedArtifact = "http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact"
}
