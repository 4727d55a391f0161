import CHealthContracts
public import Domain

/// What a person has of one gene, from all that is known now; sent when it has changed.
public struct PhenotypeDetermined: HealthEvent {
    /// How the gene was called.
    public enum CallStatus: String, CaseIterable, Sendable {
        /// One diplotype is consistent with what was observed.
        case called
        /// Several diplotypes are.
        case ambiguous
        /// Something was observed and no pair of known alleles explains it.
        case noMatch = "no-match"
        /// Too little was observed.
        case notCallable = "not-callable"
        /// It was reported by a laboratory or another tool.
        case outside
    }

    /// ``Topic/phenotypeDetermined``.
    public static let topic = Topic.phenotypeDetermined

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Symbol of the gene (HGNC), e.g. `CYP2C19`; not empty.
    public var gene: String
    /// Place of this event among the person's events about the gene: 1, 2, ...
    public var version: Int64
    /// How the gene was called.
    public var callStatus: CallStatus
    /// The diplotype with the largest weight, e.g. `*1/*2`; may be empty.
    public var diplotype: String
    /// How many diplotypes are consistent with what was observed.
    public var diplotypeCount: Int64
    /// The weight of ``diplotype`` among all of them, from 0 to 1: finite.
    public var topWeight: Double?
    /// The genetic phenotype that all of them have, e.g. `Intermediate Metabolizer`; empty when they differ.
    public var phenotype: String
    /// The genetic phenotypes that they have, each once.
    public var phenotypes: [String]
    /// The activity score that all of them have: finite.
    public var activityScore: Double?
    /// The phenotype after phenoconversion by what the person takes; empty when they differ.
    public var convertedPhenotype: String
    /// The activity score after phenoconversion: finite.
    public var convertedActivityScore: Double?
    /// The drugs that convert the phenotype, inducers too.
    public var inhibitors: [String]
    /// The positions that were not observed and that matter.
    public var missingPositions: [String]
    /// What was observed at known positions and is in no allele definition.
    public var novel: [String]
    /// Version of the tables that it rests on; not empty.
    public var knowledgeVersion: String
    /// The events that it rests on.
    public var inputEventIDs: [EventID]
    /// When it became so.
    public var effectiveAt: Timestamp
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An event with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, gene: String, version: Int64, callStatus: CallStatus,
        diplotype: String = "", diplotypeCount: Int64, topWeight: Double? = nil, phenotype: String = "",
        phenotypes: [String] = [], activityScore: Double? = nil, convertedPhenotype: String = "",
        convertedActivityScore: Double? = nil, inhibitors: [String] = [], missingPositions: [String] = [],
        novel: [String] = [], knowledgeVersion: String, inputEventIDs: [EventID] = [], effectiveAt: Timestamp,
        modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.gene = gene
        self.version = version
        self.callStatus = callStatus
        self.diplotype = diplotype
        self.diplotypeCount = diplotypeCount
        self.topWeight = topWeight
        self.phenotype = phenotype
        self.phenotypes = phenotypes
        self.activityScore = activityScore
        self.convertedPhenotype = convertedPhenotype
        self.convertedActivityScore = convertedActivityScore
        self.inhibitors = inhibitors
        self.missingPositions = missingPositions
        self.novel = novel
        self.knowledgeVersion = knowledgeVersion
        self.inputEventIDs = inputEventIDs
        self.effectiveAt = effectiveAt
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym.
    public var key: String { patient.rawValue }
}

extension PhenotypeDetermined.CallStatus: WireEnumeration {
    static let wireOrder: [Self] = [.called, .ambiguous, .noMatch, .notCallable, .outside]
    static var protoPrefix: String { "PHENOTYPE_CALL_STATUS_" }
}
