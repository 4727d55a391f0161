import Domain

/// The port to the audit log.
public protocol AuditLog: Sendable {
    /// Appends `entries`, in order; they are durable when this returns. What cannot be appended now is kept and appended later.
    ///
    /// - Throws: when the entries are not durable yet.
    func record(_ entries: [AuditEntry]) async throws
}
