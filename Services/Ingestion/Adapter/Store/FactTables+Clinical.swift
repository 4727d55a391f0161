import Contracts

/// The tables of what a hospital tells besides observations and medications.
extension FactTables {
    static let allergies = FactTable<FactLine<AllergyRecorded>>(
        "allergy",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("kind") { $0.event.kind.rawValue },
            .text("category") { $0.event.category },
            .text("criticality") { $0.event.criticality.rawValue },
            .text("clinical_status") { $0.event.clinicalStatus.rawValue },
            .text("verification_status") { $0.event.verificationStatus.rawValue },
            .time("onset_at_us") { $0.event.onsetAt },
            .time("recorded_at_us") { $0.event.recordedAt },
            .text("reaction") { $0.event.reaction },
            .text("reaction_system") { $0.event.reactionSystem },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let encounters = FactTable<FactLine<EncounterRecorded>>(
        "encounter",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("encounter_class") { $0.event.encounterClass },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("status") { $0.event.status.rawValue },
            .time("started_at_us") { $0.event.startedAt },
            .time("ended_at_us") { $0.event.endedAt },
            .text("reason_code") { $0.event.reasonCode },
            .text("reason_system") { $0.event.reasonSystem },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let procedures = FactTable<FactLine<ProcedureRecorded>>(
        "procedure",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("status") { $0.event.status.rawValue },
            .time("started_at_us") { $0.event.startedAt },
            .time("ended_at_us") { $0.event.endedAt },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let immunizations = FactTable<FactLine<ImmunizationRecorded>>(
        "immunization",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("status") { $0.event.status.rawValue },
            .time("occurred_at_us") { $0.event.occurredAt },
            .double("dose_quantity") { $0.event.doseQuantity },
            .text("dose_unit") { $0.event.doseUnit },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let reports = FactTable<FactLine<ReportRecorded>>(
        "report",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("category") { $0.event.category },
            .text("status") { $0.event.status.rawValue },
            .time("effective_at_us") { $0.event.effectiveAt },
            .time("issued_at_us") { $0.event.issuedAt },
            .text("conclusion_code") { $0.event.conclusionCode },
            .text("conclusion_system") { $0.event.conclusionSystem },
            .integer("result_count") { $0.event.resultCount },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let consents = FactTable<FactLine<ConsentRecorded>>(
        "consent",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("status") { $0.event.status.rawValue },
            .text("scope") { $0.event.scope },
            .boolean("is_permit") { $0.event.isPermit },
            .time("starts_at_us") { $0.event.startsAt },
            .time("ends_at_us") { $0.event.endsAt },
            .texts("resource_types") { $0.event.resourceTypes },
            .texts("codes") { $0.event.codes },
            .texts("purposes") { $0.event.purposes },
            .texts("sources") { $0.event.sources },
            .time("recorded_at_us") { $0.event.recordedAt },
            .text("resource_id") { $0.event.resourceID },
            .text("source") { $0.event.source },
            .time("received_at_us") { $0.event.receivedAt },
            .text("model_version") { $0.event.modelVersion },
        ])
}
