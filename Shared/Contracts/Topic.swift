/// The names of the fleet's topics: `health.<noun>.<past participle>.v<major>`.
public enum Topic {
    /// Raw Open mHealth data points in JSON, as gateways send them.
    public static let wearableFeed = "feed.wearable.v1"
    /// Raw FHIR R4 resources and bundles in JSON, as gateways send them.
    public static let ehrFeed = "feed.ehr.fhir.v1"
    /// Raw HL7 v2 messages in ER7, as gateways send them.
    public static let hl7v2Feed = "feed.ehr.hl7v2.v1"
    /// Raw genomic files: variant calls, exports of consumer arrays, expression matrices, scoring files.
    public static let genomicsFeed = "feed.genomics.v1"
    /// ``ObservationRecorded``.
    public static let observationRecorded = "health.observation.recorded.v1"
    /// ``MedicationRecorded``.
    public static let medicationRecorded = "health.medication.recorded.v1"
    /// ``ConditionRecorded``.
    public static let conditionRecorded = "health.condition.recorded.v1"
    /// ``PatientRegistered``.
    public static let patientRegistered = "health.patient.registered.v1"
    /// ``AllergyRecorded``.
    public static let allergyRecorded = "health.allergy.recorded.v1"
    /// ``EncounterRecorded``.
    public static let encounterRecorded = "health.encounter.recorded.v1"
    /// ``ProcedureRecorded``.
    public static let procedureRecorded = "health.procedure.recorded.v1"
    /// ``ImmunizationRecorded``.
    public static let immunizationRecorded = "health.immunization.recorded.v1"
    /// ``ReportRecorded``.
    public static let reportRecorded = "health.report.recorded.v1"
    /// ``ConsentRecorded``.
    public static let consentRecorded = "health.consent.recorded.v1"
    /// ``GenotypesRecorded``.
    public static let genotypesRecorded = "health.genotype.recorded.v1"
    /// ``ExpressionMeasured``.
    public static let expressionMeasured = "health.expression.measured.v1"
    /// ``PolygenicScoreDefined``.
    public static let polygenicScoreDefined = "health.score.defined.v1"
    /// ``DiplotypeReported``.
    public static let diplotypeReported = "health.diplotype.reported.v1"
    /// ``PhenotypeDetermined``.
    public static let phenotypeDetermined = "health.phenotype.determined.v1"
    /// ``RecommendationMade``.
    public static let recommendationMade = "health.recommendation.made.v1"
    /// ``KnowledgeReleased``.
    public static let knowledgeReleased = "health.knowledge.released.v1"
    /// ``ReevaluationRequested``.
    public static let reevaluationRequested = "health.reevaluation.requested.v1"
    /// ``Alert`` that was opened or escalated.
    public static let alertRaised = "health.alert.raised.v1"
    /// ``Alert`` that was closed.
    public static let alertResolved = "health.alert.resolved.v1"
    /// ``DeadLetter``.
    public static let deadLetter = "health.deadletter.v1"

    /// The topics that gateways publish raw feeds to.
    public static let feeds = [wearableFeed, ehrFeed, hl7v2Feed, genomicsFeed]
    /// The topics of events.
    public static let events = [
        observationRecorded, medicationRecorded, conditionRecorded, patientRegistered, allergyRecorded,
        encounterRecorded, procedureRecorded, immunizationRecorded, reportRecorded, consentRecorded, genotypesRecorded,
        expressionMeasured, polygenicScoreDefined, diplotypeReported, phenotypeDetermined, recommendationMade,
        knowledgeReleased, reevaluationRequested, alertRaised, alertResolved, deadLetter,
    ]
    /// Every topic of the fleet.
    public static let all = feeds + events

    /// The topic of the JSON mirror of `topic`.
    public static func jsonMirror(of topic: String) -> String { topic + ".json" }
}
