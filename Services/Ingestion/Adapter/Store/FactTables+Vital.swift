import Contracts
import Domain

/// The tables of people, their observations, medications and conditions.
extension FactTables {
    static let observations = FactTable<FactLine<ObservationRecorded>>(
        "observation",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("value_type") { valueType(of: $0.event.value) },
            .double("value_quantity") { if case .quantity(let number) = $0.event.value { number } else { nil } },
            .text("value_text") { valueText(of: $0.event.value) },
            .text("value_code_system") { if case .coded(_, let system) = $0.event.value { system } else { nil } },
            .boolean("value_boolean") { if case .boolean(let flag) = $0.event.value { flag } else { nil } },
            .text("unit") { $0.event.unit },
            .text("original_value") { $0.event.originalValue },
            .text("original_unit") { $0.event.originalUnit },
            .text("original_code") { $0.event.originalCode },
            .text("original_code_system") { $0.event.originalCodeSystem },
            .text("status") { $0.event.status.rawValue },
            .time("effective_at_us") { $0.event.effectiveAt },
            .time("effective_end_us") { $0.event.effectiveEndAt },
            .time("received_at_us") { $0.event.receivedAt },
            .text("source") { $0.event.source },
            .text("device_id") { $0.event.deviceID },
            .text("resource_id") { $0.event.resourceID },
            .text("model_version") { $0.event.modelVersion },
        ])

    private static func valueType(of value: ObservationRecorded.Value) -> String {
        switch value {
        case .quantity: "quantity"
        case .text: "text"
        case .coded: "coded"
        case .boolean: "boolean"
        case .absent: "absent"
        }
    }

    private static func valueText(of value: ObservationRecorded.Value) -> String? {
        switch value {
        case .text(let text): text
        case .coded(let code, _): code
        case .absent(let reason): reason
        case .quantity, .boolean: nil
        }
    }

    static let medications = FactTable<FactLine<MedicationRecorded>>(
        "medication",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("kind") { $0.event.kind.rawValue },
            .text("status") { $0.event.status.rawValue },
            .text("intent") { $0.event.intent.rawValue },
            .time("authored_at_us") { $0.event.authoredAt },
            .text("dosage_text") { $0.event.dosageText },
            .time("effective_start_at_us") { $0.event.effectiveStartAt },
            .time("effective_end_at_us") { $0.event.effectiveEndAt },
            .double("dose_quantity") { $0.event.doseQuantity },
            .text("dose_unit") { $0.event.doseUnit },
            .time("received_at_us") { $0.event.receivedAt },
            .text("source") { $0.event.source },
            .text("resource_id") { $0.event.resourceID },
            .text("model_version") { $0.event.modelVersion },
        ])

    static let conditions = FactTable<FactLine<ConditionRecorded>>(
        "condition",
        [
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("patient") { $0.event.patient.rawValue },
            .text("code") { $0.event.code },
            .text("code_system") { $0.event.codeSystem },
            .text("display") { $0.event.display },
            .text("clinical_status") { $0.event.clinicalStatus.rawValue },
            .text("verification_status") { $0.event.verificationStatus.rawValue },
            .time("onset_at_us") { $0.event.onsetAt },
            .time("abated_at_us") { $0.event.abatedAt },
            .time("recorded_at_us") { $0.event.recordedAt },
            .time("received_at_us") { $0.event.receivedAt },
            .text("source") { $0.event.source },
            .text("resource_id") { $0.event.resourceID },
            .text("model_version") { $0.event.modelVersion },
        ])

    // A person has one row: what was received last.
    static let patients = FactTable<FactLine<PatientRegistered>>(
        "patient", key: "patient",
        conflict: """
            DO UPDATE SET (event_id, record_id, administrative_gender, birth_year, deceased, received_at_us, source, model_version)
                = (EXCLUDED.event_id, EXCLUDED.record_id, EXCLUDED.administrative_gender, EXCLUDED.birth_year, EXCLUDED.deceased,
                EXCLUDED.received_at_us, EXCLUDED.source, EXCLUDED.model_version)
            WHERE old.received_at_us <= EXCLUDED.received_at_us
            """,
        [
            .text("patient") { $0.event.patient.rawValue },
            .uuid("event_id") { $0.event.eventID },
            .uuid("record_id") { $0.recordID },
            .text("tenant") { $0.tenant },
            .text("administrative_gender") { $0.event.administrativeGender.rawValue },
            .integer("birth_year") { $0.event.birthYear },
            .boolean("deceased") { $0.event.deceased },
            .time("received_at_us") { $0.event.receivedAt },
            .text("source") { $0.event.source },
            .text("model_version") { $0.event.modelVersion },
        ])

    /// The last event of each person: one statement cannot change a row twice.
    static func latest(_ lines: [FactLine<PatientRegistered>]) -> [FactLine<PatientRegistered>] {
        var last: [PatientPseudonym: Int] = [:]
        for (index, line) in lines.enumerated() {
            if let known = last[line.event.patient], lines[known].event.receivedAt > line.event.receivedAt { continue }
            last[line.event.patient] = index
        }
        // In the order of the key, so that two transactions that write the same people cannot wait for each other.
        return last.values.map { lines[$0] }.sorted { $0.event.patient.rawValue < $1.event.patient.rawValue }
    }
}
