import TestSupport
import Testing

@testable import PostgresClient

@Suite("The pool's bookkeeping never lends a slot twice, and serves waiters in order")
struct PoolStateMachineTests {
    @Test("the transitions of one slot and its line")
    func script() {
        var pool = PoolStateMachine(slots: 1, maximumWaiters: 3)
        #expect(pool.acquire() == .lend(0))
        #expect(pool.acquire() == .wait(1))
        #expect(pool.acquire() == .wait(2))
        #expect(pool.acquire() == .wait(3))
        #expect(pool.acquire() == .refuseFull)
        #expect(pool.abandon(2) == true)
        #expect(pool.abandon(2) == false)
        #expect(pool.release(0) == .lend(0, to: 1))
        #expect(pool.release(0) == .lend(0, to: 3))
        #expect(pool.abandon(3) == false)
        #expect(pool.release(0) == .park(0))
        #expect(pool.release(0) == .park(0), "a second release has no effect")
        #expect(pool.acquire() == .lend(0))
        #expect(pool.acquire() == .wait(4))
        #expect(pool.close() == .init(refused: [4], retired: [], isComplete: false))
        #expect(pool.acquire() == .refuseClosed)
        #expect(pool.release(0) == .retire(0, isLast: true))
        #expect(pool.close() == .init(refused: [], retired: [], isComplete: true))
    }

    @Test("random histories agree with a plain model")
    func model() throws {
        var random = SeededGenerator.announced()
        for _ in 0..<60 {
            let slots = Int.random(in: 1...4, using: &random)
            let limit = Int.random(in: 0...80, using: &random)
            var pool = PoolStateMachine(slots: slots, maximumWaiters: limit)
            var (lent, line, isClosed) = (Set<Int>(), [UInt64](), false)
            for _ in 0..<200 {
                switch Int.random(in: 0..<100, using: &random) {
                case ..<50:
                    switch pool.acquire() {
                    case .lend(let slot):
                        try #require(!isClosed && line.isEmpty && lent.insert(slot).inserted && slot < slots)
                    case .wait(let waiter):
                        try #require(
                            !isClosed && lent.count == slots && line.count < limit && waiter > (line.last ?? 0))
                        line.append(waiter)
                    case .refuseFull: try #require(!isClosed && lent.count == slots && line.count == limit)
                    case .refuseClosed: try #require(isClosed)
                    }
                case ..<80:
                    guard let slot = lent.randomElement(using: &random) else { continue }
                    switch pool.release(slot) {
                    case .lend(let again, let waiter):
                        try #require(again == slot && waiter == line.first)
                        line.removeFirst()
                    case .park(let parked):
                        try #require(parked == slot && line.isEmpty && !isClosed)
                        lent.remove(slot)
                    case .retire(let ended, let isLast):
                        lent.remove(slot)
                        try #require(ended == slot && isClosed && isLast == lent.isEmpty)
                    }
                case ..<99:
                    let waiter = line.randomElement(using: &random) ?? 1_000_000
                    let index = line.firstIndex(of: waiter)
                    try #require(pool.abandon(waiter) == (index != nil))
                    if let index { line.remove(at: index) }
                default:
                    let wasClosed = isClosed
                    let closing = pool.close()
                    try #require(closing.refused == (wasClosed ? [] : line) && closing.isComplete == lent.isEmpty)
                    try #require(wasClosed || Set(closing.retired).union(lent) == Set(0..<slots))
                    (line, isClosed) = ([], true)
                }
                try #require(pool.waiterCount == line.count && pool.lentCount == lent.count)
            }
        }
    }
}

@Suite("The statement cache is bounded and never mixes types")
struct StatementCacheTests {
    @Test("a statement is found by text and types; NULL fits, and a known type fills an unknown one")
    func types() {
        var cache = StatementCache(capacity: 10)
        #expect(cache.lookUp("a", types: [20]) == .miss(name: "v1", types: [20], evicted: []))
        #expect(cache.lookUp("a", types: [20]) == .hit(name: "v1"))
        #expect(cache.lookUp("a", types: [0]) == .hit(name: "v1"))
        #expect(cache.lookUp("a", types: [25]) == .miss(name: "v2", types: [25], evicted: []))
        #expect(cache.lookUp("a", types: [20]) == .hit(name: "v1"))
        #expect(cache.lookUp("b", types: [0, 20]) == .miss(name: "v3", types: [0, 20], evicted: []))
        #expect(cache.lookUp("b", types: [25, 0]) == .miss(name: "v4", types: [25, 20], evicted: ["v3"]))
        #expect(cache.lookUp("b", types: [0, 0]) == .hit(name: "v4"))
        #expect(cache.count == 3)
    }

    @Test("the least recently used statement goes")
    func eviction() {
        var cache = StatementCache(capacity: 2)
        _ = cache.lookUp("a", types: [])
        _ = cache.lookUp("b", types: [])
        _ = cache.lookUp("a", types: [])
        #expect(cache.lookUp("c", types: []) == .miss(name: "v3", types: [], evicted: ["v2"]))
        #expect(cache.lookUp("a", types: []) == .hit(name: "v1"))
        cache.remove(name: "v1", sql: "a")
        #expect(cache.count == 1)
        #expect(cache.lookUp("a", types: []) == .miss(name: "v4", types: [], evicted: []))
    }
}
