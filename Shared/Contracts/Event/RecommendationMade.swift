import CHealthContracts
public import Domain

/// What is recommended a person about one drug; sent when it has changed.
public struct RecommendationMade: HealthEvent {
    /// How certain the recommendation is.
    public enum Status: String, CaseIterable, Sendable {
        /// One phenotype, one action.
        case determinate
        /// Several phenotypes, and the action is the same for all of them.
        case ambiguousSameAction = "ambiguous-same-action"
        /// Several phenotypes, and the action depends on which it is.
        case ambiguousDifferentAction = "ambiguous-different-action"
        /// A gene that decides is missing.
        case notCallable = "not-callable"
        /// The sources say nothing about this phenotype.
        case notCovered = "not-covered"
    }

    /// ``Topic/recommendationMade``.
    public static let topic = Topic.recommendationMade

    /// The event's identity.
    public var eventID: EventID
    /// The recommendation that this event is about; the same in all its versions.
    public var recommendationID: EventID
    /// Place of this event within its recommendation: 1, 2, ...
    public var version: Int64
    /// The person.
    public var patient: PatientPseudonym
    /// Name of the drug, lower case, e.g. `clopidogrel`; not empty.
    public var drug: String
    /// RxNorm code of its ingredient; may be empty.
    public var rxnorm: String
    /// Whether the person takes the drug.
    public var isActiveMedication: Bool
    /// How certain it is.
    public var status: Status
    /// Who recommends it, e.g. `CPIC`, `DPWG`, `FDA`; may be empty.
    public var guidelineSource: String
    /// The guideline, by its identifier; may be empty.
    public var guideline: String
    /// Version or date of the guideline; may be empty.
    public var guidelineVersion: String
    /// Whom it is for, e.g. `general`, `adults`, `pediatrics`; may be empty.
    public var population: String
    /// What to do, as codes, e.g. `avoid`, `alternative`, `dose-percent:50`.
    public var actions: [String]
    /// How strongly it is recommended, e.g. `strong`, `moderate`, `optional`; may be empty.
    public var strength: String
    /// What is to be feared of the drug at this phenotype, e.g. `toxicity-high`, `efficacy-lost`; may be empty.
    public var riskClass: String
    /// One line for people, without identifying detail.
    public var summary: String
    /// The genes that decide and are not known.
    public var missingGenes: [String]
    /// The positions or assays that would settle it.
    public var settledBy: [String]
    /// What other sources recommend, where they disagree.
    public var conflicts: [String]
    /// The genes that it rests on, in the order of ``phenotypes``.
    public var genes: [String]
    /// The phenotypes of ``genes`` that it rests on.
    public var phenotypes: [String]
    /// Whether there is nothing to recommend about the drug any more; then ``status`` is not covered and what depends on a guideline is
    /// empty.
    public var isWithdrawn: Bool
    /// How it came about: a JSON object of at most ``ContractLimits/explanationBytes``; may be empty.
    public var explanation: String
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
        eventID: EventID, recommendationID: EventID, version: Int64, patient: PatientPseudonym, drug: String,
        rxnorm: String = "", isActiveMedication: Bool = false, status: Status, guidelineSource: String = "",
        guideline: String = "", guidelineVersion: String = "", population: String = "", actions: [String] = [],
        strength: String = "", riskClass: String = "", summary: String = "", missingGenes: [String] = [],
        settledBy: [String] = [], conflicts: [String] = [], genes: [String] = [], phenotypes: [String] = [],
        isWithdrawn: Bool = false, explanation: String = "", knowledgeVersion: String, inputEventIDs: [EventID] = [],
        effectiveAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.recommendationID = recommendationID
        self.version = version
        self.patient = patient
        self.drug = drug
        self.rxnorm = rxnorm
        self.isActiveMedication = isActiveMedication
        self.status = status
        self.guidelineSource = guidelineSource
        self.guideline = guideline
        self.guidelineVersion = guidelineVersion
        self.population = population
        self.actions = actions
        self.strength = strength
        self.riskClass = riskClass
        self.summary = summary
        self.missingGenes = missingGenes
        self.settledBy = settledBy
        self.conflicts = conflicts
        self.genes = genes
        self.phenotypes = phenotypes
        self.isWithdrawn = isWithdrawn
        self.explanation = explanation
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

extension RecommendationMade.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .determinate, .ambiguousSameAction, .ambiguousDifferentAction, .notCallable, .notCovered,
    ]
    static var protoPrefix: String { "RECOMMENDATION_STATUS_" }
}
