import Domain
import PostgresClient

extension KnowledgeShelf {
    /// The active release, read from the database when it is not on the shelf; with it the latest ones before it, which states may rest on.
    ///
    /// - Returns: the release, the digest that stands for it in the database, and when it was released.
    /// - Throws: `PostgresError`, or the error of a stored release that cannot be read.
    func activeEdition(
        on connection: PostgresConnection
    ) throws -> (edition: KnowledgeEdition, digest: String, releasedAt: Timestamp) {
        let present = try KnowledgeReleaseTable.active(on: connection)
        if !hasSeen(present.digest) {
            for package in try KnowledgeReleaseTable.latest(Self.capacity, on: connection) { try read(package) }
            if edition(present.digest) == nil {
                try read(KnowledgeReleaseTable.package(present.digest, on: connection))
            }
            sawActive(present.digest)
        }
        if let edition = edition(present.digest) { return (edition, present.digest, present.releasedAt) }
        // It was on the shelf and has made room meanwhile.
        let edition = try read(KnowledgeReleaseTable.package(present.digest, on: connection))
        return (edition, present.digest, present.releasedAt)
    }
}
