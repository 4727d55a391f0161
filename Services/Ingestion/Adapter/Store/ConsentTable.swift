import Contracts
import Domain
import IngestionCore
import PostgresClient

/// `consent`: what people have decided about their data.
enum ConsentTable {
    /// What `people` have decided so far.
    static func register(
        of people: Set<PatientPseudonym>, policy: ConsentPolicy, on connection: PostgresConnection
    ) throws -> ConsentRegister {
        guard !people.isEmpty else { return ConsentRegister(policy: policy) }
        let found = try connection.execute(
            """
            SELECT event_id, patient, status, scope, is_permit, starts_at_us, ends_at_us, resource_types, codes, purposes, sources,
                recorded_at_us, resource_id, source, received_at_us, model_version
            FROM consent WHERE patient = ANY($1::text[])
            """, [.textArray(people.map(\.rawValue))])
        return ConsentRegister(policy: policy, try (0..<found.rowCount).compactMap { try event(found, $0) })
    }

    /// Nil for a row whose pseudonym or status this version does not know; it decides nothing.
    private static func event(_ rows: PostgresResult, _ row: Int) throws -> ConsentRecorded? {
        guard let patient = PatientPseudonym(try rows.text(row, 1)),
            let status = ConsentRecorded.Status(rawValue: try rows.text(row, 2))
        else { return nil }
        let id = try rows.uuid(row, 0)
        func time(_ column: Int) throws -> Timestamp? {
            try rows.isNull(row, column) ? nil : Timestamp(microseconds: try rows.int64(row, column))
        }
        func list(_ column: Int) throws -> [String] { try rows.textArray(row, column).compactMap(\.self) }
        let receivedAt = Timestamp(microseconds: try rows.int64(row, 14))
        return ConsentRecorded(
            eventID: EventID(high: id.hi, low: id.lo), patient: patient, status: status, scope: try rows.text(row, 3),
            isPermit: try rows.bool(row, 4), startsAt: try time(5), endsAt: try time(6),
            resourceTypes: try list(7), codes: try list(8), purposes: try list(9), sources: try list(10),
            recordedAt: try time(11), resourceID: try rows.text(row, 12), source: try rows.text(row, 13),
            receivedAt: receivedAt, modelVersion: try rows.text(row, 15), producedAt: receivedAt)
    }
}
