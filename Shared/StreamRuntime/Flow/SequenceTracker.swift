/// Follows which sequence numbers of a lane's outbox have left, and up to where all of them have.
///
/// Numbers are added in rising order and completed in any; ``through`` never passes one that is still on its way.
public struct SequenceTracker: Sendable, Equatable {
    /// Every number up to and including this one has left.
    public private(set) var through: Int64
    private var pending: [Int64] = []
    private var done: Set<Int64> = []
    private var last: Int64

    /// A tracker that starts behind `through`.
    public init(through: Int64) {
        self.through = through
        last = through
    }

    /// How many are on their way.
    public var pendingCount: Int { pending.count - done.count }

    /// Notes that `sequence` is on its way; a number that is not greater than all before it is ignored.
    public mutating func add(_ sequence: Int64) {
        guard sequence > last else { return }
        last = sequence
        pending.append(sequence)
    }

    /// Notes that `sequence` has left; true when ``through`` moved.
    @discardableResult
    public mutating func complete(_ sequence: Int64) -> Bool {
        guard sequence > through, !pending.isEmpty else { return false }
        done.insert(sequence)
        var taken = 0
        while taken < pending.count, done.remove(pending[taken]) != nil {
            through = pending[taken]
            taken += 1
        }
        pending.removeFirst(taken)
        return taken > 0
    }
}
