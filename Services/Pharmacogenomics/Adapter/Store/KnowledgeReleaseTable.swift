import Contracts
import Domain
import PostgresClient
import StreamRuntime

/// `knowledge_release` and `knowledge_active`.
enum KnowledgeReleaseTable {
    /// The active release: an empty digest stands for the executable's own.
    static func active(on connection: PostgresConnection) throws -> (digest: String, releasedAt: Timestamp) {
        let result = try connection.execute("SELECT digest, released_at_us FROM knowledge_active")
        guard result.rowCount == 1 else {
            throw PharmacogenomicsError(
                .unknownRelease, operation: "read knowledge_active", detail: "the table has lost its only row")
        }
        return (try result.text(0, 0), Timestamp(microseconds: try result.int64(0, 1)))
    }

    /// The digest of the active release, which stays so until the transaction ends.
    static func lockActive(exclusively: Bool, on connection: PostgresConnection) throws -> String {
        let result = try connection.execute(
            "SELECT digest FROM knowledge_active FOR \(exclusively ? "UPDATE" : "SHARE")")
        return result.rowCount == 1 ? try result.text(0, 0) : ""
    }

    /// Writes a release, and makes it the active one in the place of `former`.
    ///
    /// - Throws: `StaleConsultation` when another than `former` is active.
    static func write(_ event: KnowledgeReleased, over former: String?, to connection: PostgresConnection) throws {
        _ = try connection.execute(
            """
            INSERT INTO knowledge_release
                (digest, knowledge_version, released_at_us, source, event_id, file_names, file_contents)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest) DO NOTHING
            """,
            [
                .text(event.digest), .text(event.knowledgeVersion), .int64(event.releasedAt.microseconds),
                .text(event.source), .uuid(UUIDBytes(hi: event.eventID.high, lo: event.eventID.low)),
                .textArray(event.files.map(\.name)), .bytesArray(event.files.map(\.contentZstd)),
            ])
        guard let former else { return }
        let moved = try connection.execute(
            "UPDATE knowledge_active SET digest = $1, released_at_us = $2 WHERE digest = $3",
            [.text(event.digest), .int64(event.releasedAt.microseconds), .text(former)])
        guard moved.affectedRows == 1 else { throw StaleConsultation() }
    }

    /// The latest releases.
    static func latest(_ count: Int, on connection: PostgresConnection) throws -> [KnowledgePackage] {
        let result = try connection.execute(
            """
            SELECT digest, file_names, file_contents FROM knowledge_release
            ORDER BY released_at_us DESC, digest DESC LIMIT $1
            """, [.int64(Int64(count))])
        // The latest last, so that it is the one used last.
        return try (0..<result.rowCount).reversed().map { try package(result, row: $0) }
    }

    /// A release that must be there.
    static func package(_ digest: String, on connection: PostgresConnection) throws -> KnowledgePackage {
        guard let package = try packageIfAny(digest, on: connection) else {
            throw PharmacogenomicsError(
                .unknownRelease, operation: "read knowledge_release",
                detail: "release \(digest.prefix(8)) is not there; publish it again")
        }
        return package
    }

    /// A release, nil when it is not there.
    static func packageIfAny(_ digest: String, on connection: PostgresConnection) throws -> KnowledgePackage? {
        let result = try connection.execute(
            "SELECT digest, file_names, file_contents FROM knowledge_release WHERE digest = $1", [.text(digest)])
        return result.rowCount == 1 ? try package(result, row: 0) : nil
    }

    private static func package(_ result: PostgresResult, row: Int) throws -> KnowledgePackage {
        let names = try result.textArray(row, 1).map { $0 ?? "" }
        let contents = try result.bytesArray(row, 2).map { $0 ?? [] }
        return try KnowledgePackage(
            unpacking: zip(names, contents).map { KnowledgeFile(name: $0, contentZstd: $1) },
            digest: try result.text(row, 0))
    }
}
