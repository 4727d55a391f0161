import Contracts
import Domain
import PostgresClient

/// `observation`, `medication`, `condition` and `patient`: each batch is one statement a table. A fact that is there changes nothing.
enum FactTables {
    /// One event with what its row adds to it.
    private struct Line<Event> {
        let event: Event
        let recordID: EventID
        let tenant: String
    }

    static func write(_ rows: [IngestionRow], to connection: PostgresConnection) throws {
        var observations: [Line<ObservationRecorded>] = []
        var medications: [Line<MedicationRecorded>] = []
        var conditions: [Line<ConditionRecorded>] = []
        var patients: [Line<PatientRegistered>] = []
        for row in rows {
            switch row.fact {
            case .observation(let event):
                observations.append(Line(event: event, recordID: row.recordID, tenant: row.tenant))
            case .medication(let event):
                medications.append(Line(event: event, recordID: row.recordID, tenant: row.tenant))
            case .condition(let event):
                conditions.append(Line(event: event, recordID: row.recordID, tenant: row.tenant))
            case .patient(let event): patients.append(Line(event: event, recordID: row.recordID, tenant: row.tenant))
            }
        }
        if !observations.isEmpty { try connection.execute(insertObservations, values(of: observations)) }
        if !medications.isEmpty { try connection.execute(insertMedications, values(of: medications)) }
        if !conditions.isEmpty { try connection.execute(insertConditions, values(of: conditions)) }
        if !patients.isEmpty { try connection.execute(upsertPatients, values(of: latest(patients))) }
    }

    private static func uuid(_ id: EventID) -> UUIDBytes { UUIDBytes(hi: id.high, lo: id.low) }

    // MARK: - Observations

    private static func values(of lines: [Line<ObservationRecorded>]) -> [PostgresValue] {
        [
            .uuidArray(lines.map { uuid($0.event.eventID) }),
            .uuidArray(lines.map { uuid($0.recordID) }),
            .textArray(lines.map(\.tenant)),
            .textArray(lines.map(\.event.patient.rawValue)),
            .textArray(lines.map(\.event.code)),
            .textArray(lines.map(\.event.codeSystem)),
            .textArray(lines.map(\.event.display)),
            .textArray(lines.map { type(of: $0.event.value) }),
            .doubleArray(lines.map { if case .quantity(let number) = $0.event.value { number } else { nil } }),
            .textArray(lines.map { text(of: $0.event.value) }),
            .textArray(lines.map { if case .coded(_, let system) = $0.event.value { system } else { nil } }),
            .boolArray(lines.map { if case .boolean(let flag) = $0.event.value { flag } else { nil } }),
            .textArray(lines.map(\.event.unit)),
            .textArray(lines.map(\.event.originalValue)),
            .textArray(lines.map(\.event.originalUnit)),
            .textArray(lines.map(\.event.status.rawValue)),
            .int64Array(lines.map(\.event.effectiveAt.microseconds)),
            .int64Array(lines.map { $0.event.effectiveEndAt?.microseconds }),
            .int64Array(lines.map(\.event.receivedAt.microseconds)),
            .textArray(lines.map(\.event.source)),
            .textArray(lines.map(\.event.deviceID)),
            .textArray(lines.map(\.event.resourceID)),
            .textArray(lines.map(\.event.modelVersion)),
        ]
    }

    private static func type(of value: ObservationRecorded.Value) -> String {
        switch value {
        case .quantity: "quantity"
        case .text: "text"
        case .coded: "coded"
        case .boolean: "boolean"
        case .absent: "absent"
        }
    }

    private static func text(of value: ObservationRecorded.Value) -> String? {
        switch value {
        case .text(let text): text
        case .coded(let code, _): code
        case .absent(let reason): reason
        case .quantity, .boolean: nil
        }
    }

    private static let insertObservations = """
        INSERT INTO observation (event_id, record_id, tenant, patient, code, code_system, display, value_type, value_quantity,
            value_text, value_code_system, value_boolean, unit, original_value, original_unit, status, effective_at_us,
            effective_end_us, received_at_us, source, device_id, resource_id, model_version)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::float8[], $10::text[], $11::text[], $12::bool[], $13::text[], $14::text[], $15::text[], $16::text[],
            $17::int8[], $18::int8[], $19::int8[], $20::text[], $21::text[], $22::text[], $23::text[])
        ON CONFLICT (event_id) DO NOTHING
        """

    // MARK: - Medications

    private static func values(of lines: [Line<MedicationRecorded>]) -> [PostgresValue] {
        [
            .uuidArray(lines.map { uuid($0.event.eventID) }),
            .uuidArray(lines.map { uuid($0.recordID) }),
            .textArray(lines.map(\.tenant)),
            .textArray(lines.map(\.event.patient.rawValue)),
            .textArray(lines.map(\.event.code)),
            .textArray(lines.map(\.event.codeSystem)),
            .textArray(lines.map(\.event.display)),
            .textArray(lines.map(\.event.status.rawValue)),
            .textArray(lines.map(\.event.intent.rawValue)),
            .int64Array(lines.map(\.event.authoredAt.microseconds)),
            .textArray(lines.map(\.event.dosageText)),
            .int64Array(lines.map(\.event.receivedAt.microseconds)),
            .textArray(lines.map(\.event.source)),
            .textArray(lines.map(\.event.resourceID)),
            .textArray(lines.map(\.event.modelVersion)),
        ]
    }

    private static let insertMedications = """
        INSERT INTO medication (event_id, record_id, tenant, patient, code, code_system, display, status, intent,
            authored_at_us, dosage_text, received_at_us, source, resource_id, model_version)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::int8[], $11::text[], $12::int8[], $13::text[], $14::text[], $15::text[])
        ON CONFLICT (event_id) DO NOTHING
        """

    // MARK: - Conditions

    private static func values(of lines: [Line<ConditionRecorded>]) -> [PostgresValue] {
        [
            .uuidArray(lines.map { uuid($0.event.eventID) }),
            .uuidArray(lines.map { uuid($0.recordID) }),
            .textArray(lines.map(\.tenant)),
            .textArray(lines.map(\.event.patient.rawValue)),
            .textArray(lines.map(\.event.code)),
            .textArray(lines.map(\.event.codeSystem)),
            .textArray(lines.map(\.event.display)),
            .textArray(lines.map(\.event.clinicalStatus.rawValue)),
            .textArray(lines.map(\.event.verificationStatus.rawValue)),
            .int64Array(lines.map { $0.event.onsetAt?.microseconds }),
            .int64Array(lines.map { $0.event.abatedAt?.microseconds }),
            .int64Array(lines.map { $0.event.recordedAt?.microseconds }),
            .int64Array(lines.map(\.event.receivedAt.microseconds)),
            .textArray(lines.map(\.event.source)),
            .textArray(lines.map(\.event.resourceID)),
            .textArray(lines.map(\.event.modelVersion)),
        ]
    }

    private static let insertConditions = """
        INSERT INTO condition (event_id, record_id, tenant, patient, code, code_system, display, clinical_status,
            verification_status, onset_at_us, abated_at_us, recorded_at_us, received_at_us, source, resource_id, model_version)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::int8[], $11::int8[], $12::int8[], $13::int8[], $14::text[], $15::text[], $16::text[])
        ON CONFLICT (event_id) DO NOTHING
        """

    // MARK: - Patients

    /// The last event of each person: one statement cannot change a row twice.
    private static func latest(_ lines: [Line<PatientRegistered>]) -> [Line<PatientRegistered>] {
        var last: [PatientPseudonym: Int] = [:]
        for (index, line) in lines.enumerated() {
            if let known = last[line.event.patient], lines[known].event.receivedAt > line.event.receivedAt { continue }
            last[line.event.patient] = index
        }
        // In the order of the key, so that two transactions that write the same people cannot wait for each other.
        return last.values.map { lines[$0] }.sorted { $0.event.patient.rawValue < $1.event.patient.rawValue }
    }

    private static func values(of lines: [Line<PatientRegistered>]) -> [PostgresValue] {
        [
            .textArray(lines.map(\.event.patient.rawValue)),
            .uuidArray(lines.map { uuid($0.event.eventID) }),
            .uuidArray(lines.map { uuid($0.recordID) }),
            .textArray(lines.map(\.tenant)),
            .textArray(lines.map(\.event.administrativeGender.rawValue)),
            .int32Array(lines.map(\.event.birthYear)),
            .boolArray(lines.map(\.event.deceased)),
            .int64Array(lines.map(\.event.receivedAt.microseconds)),
            .textArray(lines.map(\.event.source)),
            .textArray(lines.map(\.event.modelVersion)),
        ]
    }

    private static let upsertPatients = """
        INSERT INTO patient AS p (patient, event_id, record_id, tenant, administrative_gender, birth_year, deceased,
            received_at_us, source, model_version)
        SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int4[], $7::bool[], $8::int8[],
            $9::text[], $10::text[])
        ON CONFLICT (patient) DO UPDATE SET (event_id, record_id, administrative_gender, birth_year, deceased, received_at_us,
            source, model_version)
            = (EXCLUDED.event_id, EXCLUDED.record_id, EXCLUDED.administrative_gender, EXCLUDED.birth_year, EXCLUDED.deceased,
            EXCLUDED.received_at_us, EXCLUDED.source, EXCLUDED.model_version)
        WHERE p.received_at_us <= EXCLUDED.received_at_us
        """
}
