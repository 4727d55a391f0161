import CHealthContracts
public import Domain

/// Expression of genes in one sample of a person: one chunk of a submission.
///
/// The chunks of a submission are numbered from 0; the last one says so.
public struct ExpressionMeasured: HealthEvent {
    /// What the genes are named by.
    public enum GeneSystem: String, CaseIterable, Sendable {
        /// Ensembl gene ids, e.g. ENSG00000141510.
        case ensembl
        /// HGNC symbols, e.g. TP53.
        case symbol
        /// NCBI Gene ids, e.g. 7157.
        case entrez
        /// The source does not say.
        case unknown
    }

    /// ``Topic/expressionMeasured``.
    public static let topic = Topic.expressionMeasured

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Opaque name of the sample; not empty.
    public var sampleID: String
    /// The study or the batch that the sample belongs to; may be empty.
    public var cohort: String
    /// The tissue or the cell type; may be empty.
    public var tissue: String
    /// What the values are, e.g. `TPM`, `FPKM`, `counts`; may be empty.
    public var unit: String
    /// What the genes are named by.
    public var geneSystem: GeneSystem
    /// Identity of the submission, the same in all its chunks.
    public var submissionID: EventID
    /// The chunk's number within the submission, from 0.
    public var chunk: Int32
    /// Whether it is the last chunk of the submission.
    public var isLastChunk: Bool
    /// Whether genes that are not listed were measured as zero.
    public var isSparse: Bool
    /// The genes, at most ``ContractLimits/genes``, in the order of the source.
    public var genes: [String]
    /// The value of each gene: as many, in the same order, finite.
    public var values: [Double]
    /// When the sample was measured.
    public var measuredAt: Timestamp?
    /// Opaque or hashed name of the sender's record; may be empty.
    public var resourceID: String
    /// The feed that it came from; not empty.
    public var source: String
    /// When the fleet received it.
    public var receivedAt: Timestamp
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// A chunk of an expression profile with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, sampleID: String, cohort: String = "", tissue: String = "",
        unit: String = "", geneSystem: GeneSystem, submissionID: EventID, chunk: Int32, isLastChunk: Bool,
        isSparse: Bool, genes: [String], values: [Double], measuredAt: Timestamp? = nil, resourceID: String = "",
        source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.sampleID = sampleID
        self.cohort = cohort
        self.tissue = tissue
        self.unit = unit
        self.geneSystem = geneSystem
        self.submissionID = submissionID
        self.chunk = chunk
        self.isLastChunk = isLastChunk
        self.isSparse = isSparse
        self.genes = genes
        self.values = values
        self.measuredAt = measuredAt
        self.resourceID = resourceID
        self.source = source
        self.receivedAt = receivedAt
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym.
    public var key: String { patient.rawValue }
}

extension ExpressionMeasured.GeneSystem: WireEnumeration {
    static let wireOrder: [Self] = [.ensembl, .symbol, .entrez, .unknown]
    static var protoPrefix: String { "GENE_SYSTEM_" }
}
