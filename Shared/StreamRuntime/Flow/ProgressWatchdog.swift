public import Domain

/// Tells when a partition has work and does not move.
///
/// `max.poll.interval.ms` cannot: polling any queue of the client resets it, whether or not a partition's records are handled.
public struct ProgressWatchdog: Sendable, Equatable {
    /// A partition with work that has not moved for this long is stuck.
    public let patience: Duration
    private var waitingSince: Timestamp?

    /// A watchdog with this patience.
    public init(patience: Duration) {
        self.patience = patience
    }

    /// Notes what is seen at `now`; true when the partition is stuck.
    ///
    /// - Parameters:
    ///   - hasWork: records wait in the mailbox.
    ///   - moved: the position moved since the last look.
    public mutating func look(hasWork: Bool, moved: Bool, now: Timestamp) -> Bool {
        guard hasWork, !moved else {
            waitingSince = hasWork ? now : nil
            return false
        }
        let since = waitingSince ?? now
        waitingSince = since
        return now.since(since) > patience
    }
}
