public import Domain
public import PharmacogenomicsCore
public import PostgresClient

/// Persons as the stream knows them, read from its state and evaluated under the active release.
public struct StoredPatients: Sendable {
    /// A person under a release.
    public struct Reading: Sendable {
        /// The release.
        public let edition: KnowledgeEdition
        /// What the person's facts come to; nil for a person of whom nothing reached the service.
        public let patient: EvaluatedPatient?
    }

    private let pool: PostgresPool
    private let shelf: KnowledgeShelf
    private let group: String

    /// Persons in the schema that `pool` is on.
    ///
    /// - Parameters:
    ///   - shelf: the releases of the tables, shared with the stream.
    ///   - group: the stream's consumer group.
    public init(
        pool: PostgresPool, shelf: KnowledgeShelf, group: String = PharmacogenomicsProcessor.service
    ) {
        self.pool = pool
        self.shelf = shelf
        self.group = group
    }

    /// The person as of the last event that told anything of them.
    ///
    /// - Throws: `PostgresError`, or ``PharmacogenomicsError`` when the state or the release that it rests on cannot be read.
    public func read(_ patient: PatientPseudonym) async throws -> Reading {
        let (shelf, group) = (shelf, group)
        let (edition, stored) = try await pool.withConnection { connection in
            let result = try connection.execute(
                "SELECT state FROM keyed_state WHERE consumer_group = $1 AND state_key = $2",
                [.text(group), .text(patient.rawValue)])
            let bytes = result.rowCount == 1 ? try result.bytes(0, 0) : nil
            return (try shelf.activeEdition(on: connection).edition, bytes)
        }
        guard let stored else { return Reading(edition: edition, patient: nil) }
        var profile = try PatientProfile(decoding: stored)
        try profile.adopt(edition, from: shelf)
        return Reading(edition: edition, patient: profile.evaluated(under: edition))
    }
}
