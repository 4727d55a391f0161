/// The places in the life of a batch that tests crash, stop or cut at.
public enum RuntimePoint: String, Sendable, CaseIterable {
    /// Records were taken from the mailboxes.
    case afterPoll = "after-poll"
    /// The transaction has begun.
    case afterBegin = "after-begin"
    /// The positions were moved inside the transaction.
    case afterPositionUpdate = "after-position-update"
    /// Everything is written; COMMIT comes next.
    case beforeCommit = "before-commit"
    /// COMMIT was answered.
    case afterCommit = "after-commit"
    /// The log acknowledged a published event.
    case afterPublish = "after-publish"
    /// The outbox cursor is about to be moved over published events.
    case beforeMark = "before-mark"
}

/// Is told when the runtime reaches a named point. Production runs without one.
public protocol RuntimeProbe: Sendable {
    /// Called on the runtime's threads; may block or end the process.
    func reached(_ point: RuntimePoint)
}
