import Synchronization

/// Bounds the bytes that a service holds between the log and its transactions.
///
/// Taking never blocks: the consumer asks ``hasRoom`` before it polls, so the budget is overdrawn by one record at most.
public final class ByteBudget: Sendable {
    /// The bound in bytes.
    public let limit: Int
    private let used = Atomic<Int>(0)

    /// A budget of `limit` bytes.
    public init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// The bytes taken now.
    public var usedBytes: Int { used.load(ordering: .relaxed) }

    /// True while less than the limit is taken.
    public var hasRoom: Bool { usedBytes < limit }

    /// Takes `bytes`.
    public func take(_ bytes: Int) {
        used.wrappingAdd(bytes, ordering: .relaxed)
    }

    /// Gives `bytes` back; true when that made room where there was none.
    @discardableResult
    public func giveBack(_ bytes: Int) -> Bool {
        let (before, after) = used.wrappingSubtract(bytes, ordering: .relaxed)
        return before >= limit && after < limit
    }
}
