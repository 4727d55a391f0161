/// Who holds which connection and who waits, without threads, sockets or clocks. Slots are numbered from 0; each is
/// free, lent or (when the pool closes) retired.
///
/// Waiters are served first in, first out. The slot that was given back last is lent first, because its caches are
/// warm.
struct PoolStateMachine {
    typealias Slot = Int
    typealias Waiter = UInt64

    enum Acquired: Equatable {
        case lend(Slot)
        case wait(Waiter)
        case refuseClosed
        case refuseFull
    }

    enum Released: Equatable {
        case lend(Slot, to: Waiter)
        case park(Slot)
        /// The pool is closing: the slot ends; `isLast` when no other one is left.
        case retire(Slot, isLast: Bool)
    }

    struct Closing: Equatable {
        /// Waiters to be refused, in order.
        var refused: [Waiter]
        /// Free slots, which end now.
        var retired: [Slot]
        /// True when nothing is lent any more.
        var isComplete: Bool
    }

    private var free: [Slot]
    private var lent: Set<Slot> = []
    private var queue: [Waiter] = []
    private var head = 0
    private var waiting: Set<Waiter> = []
    private var nextWaiter: Waiter = 0
    private let maximumWaiters: Int
    private(set) var isClosed = false

    init(slots: Int, maximumWaiters: Int) {
        free = Array((0..<max(slots, 1)).reversed())
        self.maximumWaiters = maximumWaiters
    }

    var waiterCount: Int { waiting.count }
    var lentCount: Int { lent.count }

    mutating func acquire() -> Acquired {
        if isClosed { return .refuseClosed }
        if let slot = free.popLast() {
            lent.insert(slot)
            return .lend(slot)
        }
        guard waiting.count < maximumWaiters else { return .refuseFull }
        nextWaiter += 1
        queue.append(nextWaiter)
        waiting.insert(nextWaiter)
        return .wait(nextWaiter)
    }

    /// Gives a lent slot back. A slot that is not lent is parked again without effect.
    mutating func release(_ slot: Slot) -> Released {
        guard lent.contains(slot) else { return .park(slot) }
        if isClosed {
            lent.remove(slot)
            return .retire(slot, isLast: lent.isEmpty)
        }
        if let waiter = nextInLine() { return .lend(slot, to: waiter) }
        lent.remove(slot)
        free.append(slot)
        return .park(slot)
    }

    /// Takes a waiter out of the queue. False when it has been served (or refused) already.
    mutating func abandon(_ waiter: Waiter) -> Bool {
        let removed = waiting.remove(waiter) != nil
        compact()
        return removed
    }

    mutating func close() -> Closing {
        guard !isClosed else { return Closing(refused: [], retired: [], isComplete: lent.isEmpty) }
        isClosed = true
        var refused: [Waiter] = []
        while let waiter = nextInLine() { refused.append(waiter) }
        let retired = free
        free = []
        return Closing(refused: refused, retired: retired, isComplete: lent.isEmpty)
    }

    private mutating func nextInLine() -> Waiter? {
        defer { compact() }
        while head < queue.count {
            let waiter = queue[head]
            head += 1
            if waiting.remove(waiter) != nil { return waiter }
        }
        return nil
    }

    /// Drops the served front of the queue, at amortised constant cost.
    private mutating func compact() {
        while head < queue.count, !waiting.contains(queue[head]) { head += 1 }
        if head == queue.count {
            queue.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head > queue.count / 2 {
            queue.removeFirst(head)
            head = 0
        }
    }
}
