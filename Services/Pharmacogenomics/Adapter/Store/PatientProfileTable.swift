public import Domain
import PostgresClient

/// What others have to find of a person.
public struct PatientProfileRow: Sendable, Equatable {
    /// The person.
    public let patient: PatientPseudonym
    /// Whose patient it is.
    public let tenant: String
    /// The drugs of the tables that are taken, or were taken not long ago.
    public let drugs: [String]
    /// The release that the results rest on.
    public let digest: String
    /// When something changes without an event.
    public let nextBoundary: Timestamp?
}

/// `patient_profile`.
enum PatientProfileTable {
    /// Writes the rows; of several about one person the last counts.
    static func write(_ rows: [PatientProfileRow], to connection: PostgresConnection) throws {
        guard !rows.isEmpty else { return }
        let rows = rows.lastOfEach(\.patient)
        _ = try connection.execute(
            """
            INSERT INTO patient_profile (patient, tenant, drugs, knowledge_digest, next_boundary_us)
            SELECT b.patient, b.tenant, b.drugs::text[], b.digest, b.boundary
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[]) AS b (patient, tenant, drugs, digest, boundary)
            ON CONFLICT (patient) DO UPDATE SET (drugs, knowledge_digest, next_boundary_us)
                = (EXCLUDED.drugs, EXCLUDED.knowledge_digest, EXCLUDED.next_boundary_us)
            """,
            [
                .textArray(rows.map(\.patient.rawValue)), .textArray(rows.map(\.tenant)),
                .textArray(rows.map { TextArrayLiteral.of($0.drugs) }), .textArray(rows.map(\.digest)),
                .int64Array(rows.map { $0.nextBoundary?.microseconds }),
            ])
    }

    /// Persons of whom something has changed by `time` without an event, the longest overdue first.
    static func due(
        at time: Timestamp, tenant: String, limit: Int, on connection: PostgresConnection
    ) throws -> [(patient: PatientPseudonym, boundary: Timestamp)] {
        let result = try connection.execute(
            """
            SELECT patient, next_boundary_us FROM patient_profile
            WHERE next_boundary_us <= $1 AND tenant = $2 ORDER BY next_boundary_us, patient LIMIT $3
            """, [.int64(time.microseconds), .text(tenant), .int64(Int64(limit))])
        return try (0..<result.rowCount).compactMap { row in
            let boundary = Timestamp(microseconds: try result.int64(row, 1))
            return PatientPseudonym(try result.text(row, 0)).map { ($0, boundary) }
        }
    }
}

extension Array {
    /// The last element of each key, in their order: one statement cannot change a row twice.
    func lastOfEach<Key: Hashable>(_ key: (Element) -> Key) -> [Element] {
        var last: [Key: Int] = [:]
        for (index, element) in enumerated() { last[key(element)] = index }
        return enumerated().filter { last[key($0.element)] == $0.offset }.map(\.element)
    }
}
