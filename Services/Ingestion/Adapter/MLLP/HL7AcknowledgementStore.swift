public import Domain
public import PostgresClient

/// An acknowledgement that was given: what a repeat of the message gets again, byte for byte.
public struct KeptAcknowledgement: Sendable, Equatable {
    /// SHA-256 of the message.
    public let contentHash: [UInt8]
    /// The answer as it went over the wire; empty when the sender wanted none.
    public let bytes: [UInt8]

    /// An acknowledgement to the message with this hash.
    public init(contentHash: [UInt8], bytes: [UInt8]) {
        self.contentHash = contentHash
        self.bytes = bytes
    }
}

/// Who sent a message, and which: the key of its acknowledgement.
public struct HL7MessageKey: Sendable, Hashable {
    /// The connection's source, MSH-3 and MSH-4.
    public let sender: String
    /// MSH-10.
    public let controlID: String

    /// The key of the message `controlID` of `sender`.
    public init(sender: String, controlID: String) {
        self.sender = sender
        self.controlID = controlID
    }
}

/// Where acknowledgements are kept.
public protocol HL7AcknowledgementStore: Sendable {
    /// The acknowledgement that was given to this message, or nil.
    func find(_ key: HL7MessageKey) async throws -> KeptAcknowledgement?
    /// Keeps an acknowledgement unless there is one already; the one that stands, so that replicas agree.
    func keep(
        _ acknowledgement: KeptAcknowledgement, for key: HL7MessageKey, at time: Timestamp
    ) async throws -> KeptAcknowledgement
}

/// Acknowledgements in the table `hl7_acknowledgement` of PostgreSQL.
public struct PostgresAcknowledgementStore: HL7AcknowledgementStore {
    private let pool: PostgresPool

    /// Acknowledgements in the database of `pool`, whose search path names the schema.
    public init(_ pool: PostgresPool) {
        self.pool = pool
    }

    /// The acknowledgement that was given to this message, or nil.
    public func find(_ key: HL7MessageKey) async throws -> KeptAcknowledgement? {
        try await pool.withConnection { connection in try Self.find(key, on: connection) }
    }

    /// Keeps an acknowledgement unless there is one already; the one that stands.
    public func keep(
        _ acknowledgement: KeptAcknowledgement, for key: HL7MessageKey, at time: Timestamp
    ) async throws -> KeptAcknowledgement {
        try await pool.withConnection { connection in
            // One statement is one transaction; what it does not insert was committed by another.
            let inserted = try connection.execute(
                """
                INSERT INTO hl7_acknowledgement (sender_key, control_id, content_hash, acknowledgement, received_at_us)
                VALUES ($1, $2, $3, $4, $5) ON CONFLICT (sender_key, control_id) DO NOTHING
                """,
                [
                    .text(key.sender), .text(key.controlID), .bytes(acknowledgement.contentHash),
                    .bytes(acknowledgement.bytes), .int64(time.microseconds),
                ]
            ).affectedRows
            guard inserted == 0 else { return acknowledgement }
            return try Self.find(key, on: connection) ?? acknowledgement
        }
    }

    /// Forgets acknowledgements given before `time`; how many there were.
    @discardableResult
    public func prune(before time: Timestamp) async throws -> Int {
        try await pool.withConnection { connection in
            try connection.execute(
                "DELETE FROM hl7_acknowledgement WHERE received_at_us < $1", [.int64(time.microseconds)]
            ).affectedRows
        }
    }

    private static func find(_ key: HL7MessageKey, on connection: PostgresConnection) throws -> KeptAcknowledgement? {
        let result = try connection.execute(
            "SELECT content_hash, acknowledgement FROM hl7_acknowledgement WHERE sender_key = $1 AND control_id = $2",
            [.text(key.sender), .text(key.controlID)])
        guard result.rowCount == 1 else { return nil }
        return KeptAcknowledgement(contentHash: try result.bytes(0, 0), bytes: try result.bytes(0, 1))
    }
}
