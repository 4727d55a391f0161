import CHealthContracts
public import Domain

/// Genotype calls of one sample of a person: one chunk of a submission.
///
/// The chunks of a submission are numbered from 0; the last one says so.
public struct GenotypesRecorded: HealthEvent {
    /// What the calls were read from.
    public enum Format: String, CaseIterable, Sendable {
        /// A VCF file: variant sites.
        case vcf
        /// A gVCF file: variant sites and blocks of reference.
        case gvcf
        /// The export of a consumer array: observed alleles without a reference.
        case consumerArray = "consumer-array"
    }

    /// ``Topic/genotypesRecorded``.
    public static let topic = Topic.genotypesRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Opaque name of the sample; may be empty.
    public var sampleID: String
    /// The assembly that positions refer to, one of ``GenomeAssembly/known``; empty when the source does not say.
    public var assembly: String
    /// What the calls were read from.
    public var format: Format
    /// Identity of the submission, the same in all its chunks.
    public var submissionID: EventID
    /// The chunk's number within the submission, from 0.
    public var chunk: Int32
    /// Whether it is the last chunk of the submission.
    public var isLastChunk: Bool
    /// The calls, at most ``ContractLimits/genotypeCalls``, in the order of the source.
    public var calls: [GenotypeCall]
    /// When the sample was taken.
    public var collectedAt: Timestamp?
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

    /// A chunk of genotypes with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, sampleID: String = "", assembly: String = "", format: Format,
        submissionID: EventID, chunk: Int32, isLastChunk: Bool, calls: [GenotypeCall], collectedAt: Timestamp? = nil,
        resourceID: String = "", source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp,
        unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.sampleID = sampleID
        self.assembly = assembly
        self.format = format
        self.submissionID = submissionID
        self.chunk = chunk
        self.isLastChunk = isLastChunk
        self.calls = calls
        self.collectedAt = collectedAt
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

extension GenotypesRecorded.Format: WireEnumeration {
    static let wireOrder: [Self] = [.vcf, .gvcf, .consumerArray]
    static var protoPrefix: String { "GENOTYPE_FORMAT_" }
}
