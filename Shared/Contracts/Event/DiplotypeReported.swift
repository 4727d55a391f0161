import CHealthContracts
public import Domain

/// A laboratory or another tool reports what a person has of one gene: an outside call.
public struct DiplotypeReported: HealthEvent {
    /// ``Topic/diplotypeReported``.
    public static let topic = Topic.diplotypeReported

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Symbol of the gene (HGNC), e.g. `CYP2D6`; not empty.
    public var gene: String
    /// The diplotype in star-allele or allele nomenclature, e.g. `*1/*4x2`, or the allele that was tested for, e.g. `*57:01 positive`; may
    /// be empty.
    public var diplotype: String
    /// The phenotype that was reported, e.g. `Poor Metabolizer`; may be empty.
    public var phenotype: String
    /// The activity score that was reported: finite.
    public var activityScore: Double?
    /// Whether the laboratory could not call the gene; then there is no result, and an earlier one holds no longer.
    public var isNoCall: Bool
    /// Who reports it; may be empty.
    public var laboratory: String
    /// How it was found out, e.g. the name of the assay; may be empty.
    public var method: String
    /// Opaque name of the sample; may be empty.
    public var sampleID: String
    /// When it was reported.
    public var reportedAt: Timestamp
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

    /// An event with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, gene: String, diplotype: String = "",
        phenotype: String =
            "", activityScore: Double? = nil, isNoCall: Bool = false, laboratory: String = "", method: String = "",
        sampleID: String = "", reportedAt: Timestamp, resourceID: String = "", source: String,
        receivedAt:
            Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.gene = gene
        self.diplotype = diplotype
        self.phenotype = phenotype
        self.activityScore = activityScore
        self.isNoCall = isNoCall
        self.laboratory = laboratory
        self.method = method
        self.sampleID = sampleID
        self.reportedAt = reportedAt
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
