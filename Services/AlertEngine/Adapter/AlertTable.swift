public import Contracts
import Domain
import PostgresClient

/// One transition of an alert on its way into the tables.
public struct AlertRow: Sendable, Equatable {
    /// The transition.
    public let alert: Alert
    /// Whose patient it is.
    public let tenant: String

    /// A transition of an alert about a patient of `tenant`.
    public init(alert: Alert, tenant: String) {
        self.alert = alert
        self.tenant = tenant
    }
}

/// `alert` and `alert_transition`.
enum AlertTable {
    /// Writes transitions in their order. A transition that is there changes nothing, nor does one older than the alert's row.
    static func write(_ rows: [AlertRow], to connection: PostgresConnection) throws {
        guard !rows.isEmpty else { return }
        try connection.execute(upsertAlerts, parameters(of: latest(rows), columns: alertColumns))
        try connection.execute(insertTransitions, parameters(of: rows, columns: transitionColumns))
    }

    /// The last transition of each alert: one statement cannot change a row twice.
    private static func latest(_ rows: [AlertRow]) -> [AlertRow] {
        var last: [EventID: Int] = [:]
        for (index, row) in rows.enumerated() { last[row.alert.alertID] = index }
        return rows.enumerated().filter { last[$0.element.alert.alertID] == $0.offset }.map(\.element)
    }

    private typealias Column = @Sendable ([AlertRow]) -> PostgresValue

    private static func parameters(of rows: [AlertRow], columns: [Column]) -> [PostgresValue] {
        columns.map { $0(rows) }
    }

    private static func uuid(_ id: EventID) -> UUIDBytes { UUIDBytes(hi: id.high, lo: id.low) }

    private static let shared: [Column] = [
        { .uuidArray($0.map { uuid($0.alert.alertID) }) },
        { .int64Array($0.map(\.alert.version)) },
        { .textArray($0.map(\.tenant)) },
        { .textArray($0.map(\.alert.severity.rawValue)) },
        { .doubleArray($0.map(\.alert.score)) },
        { .doubleArray($0.map(\.alert.threshold)) },
        { .textArray($0.map(\.alert.summary)) },
        { .jsonArray($0.map(\.alert.evidence)) },
        { .int64Array($0.map(\.alert.effectiveAt.microseconds)) },
        { .uuidArray($0.map { uuid($0.alert.triggerEventID) }) },
        { .uuidArray($0.map { uuid($0.alert.eventID) }) },
        { .textArray($0.map(\.alert.modelVersion)) },
        { .int64Array($0.map(\.alert.producedAt.microseconds)) },
    ]

    private static let alertColumns =
        shared + [
            { .textArray($0.map(\.alert.patient.rawValue)) },
            { .textArray($0.map(\.alert.rule)) },
            { .textArray($0.map { $0.alert.transition == .resolved ? "resolved" : "open" }) },
            { .int64Array($0.map(\.alert.raisedAt.microseconds)) },
            { .int64Array($0.map { $0.alert.transition == .resolved ? $0.alert.effectiveAt.microseconds : nil }) },
        ]

    private static let transitionColumns = shared + [{ .textArray($0.map(\.alert.transition.rawValue)) }]

    private static let upsertAlerts = """
        INSERT INTO alert AS a (alert_id, version, tenant, severity, score, threshold, summary, evidence, effective_at_us,
            trigger_event_id, event_id, model_version, produced_at_us, patient, rule, status, raised_at_us, resolved_at_us)
        SELECT * FROM unnest($1::uuid[], $2::int8[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[],
            $8::jsonb[], $9::int8[], $10::uuid[], $11::uuid[], $12::text[], $13::int8[], $14::text[], $15::text[],
            $16::text[], $17::int8[], $18::int8[])
        ON CONFLICT (alert_id) DO UPDATE SET (version, severity, score, threshold, summary, evidence, effective_at_us,
            trigger_event_id, event_id, model_version, produced_at_us, status, resolved_at_us)
            = (EXCLUDED.version, EXCLUDED.severity, EXCLUDED.score, EXCLUDED.threshold, EXCLUDED.summary, EXCLUDED.evidence,
            EXCLUDED.effective_at_us, EXCLUDED.trigger_event_id, EXCLUDED.event_id, EXCLUDED.model_version,
            EXCLUDED.produced_at_us, EXCLUDED.status, EXCLUDED.resolved_at_us)
        WHERE a.version < EXCLUDED.version
        """

    private static let insertTransitions = """
        INSERT INTO alert_transition (alert_id, version, tenant, severity, score, threshold, summary, evidence,
            effective_at_us, trigger_event_id, event_id, model_version, produced_at_us, transition)
        SELECT * FROM unnest($1::uuid[], $2::int8[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[],
            $8::jsonb[], $9::int8[], $10::uuid[], $11::uuid[], $12::text[], $13::int8[], $14::text[])
        ON CONFLICT (event_id) DO NOTHING
        """
}
