import Domain
import KafkaClient
import StreamRuntime
import TestSupport
import Testing

@Suite("The outbox cursor never passes an event that has not left")
struct SequenceTrackerTests {
    @Test func `every order of completion ends at the last number and never skips`() {
        let numbers: [Int64] = [1, 2, 5, 6, 9]
        for order in permutations(numbers) {
            var tracker = SequenceTracker(through: 0)
            for number in numbers { tracker.add(number) }
            var done: Set<Int64> = []
            for number in order {
                tracker.complete(number)
                done.insert(number)
                let expected = numbers.prefix { done.contains($0) }.last ?? 0
                #expect(tracker.through == expected)
                #expect(
                    tracker.pendingCount == numbers.filter { $0 > expected }.count - done.filter { $0 > expected }.count
                )
            }
        }
    }

    @Test func `repeats and strangers change nothing`() {
        var tracker = SequenceTracker(through: 4)
        tracker.add(3)
        #expect(tracker.pendingCount == 0)
        tracker.add(6)
        let moved = [tracker.complete(4), tracker.complete(6), tracker.complete(6)]
        #expect(moved == [false, true, false])
        #expect(tracker.through == 6)
    }

    private func permutations(_ numbers: [Int64]) -> [[Int64]] {
        guard let first = numbers.first else { return [[]] }
        return permutations(Array(numbers.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }
}

@Suite("A watermark trails the events and never goes back")
struct WatermarkTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    @Test func `it is the greatest event time less the lateness, whatever the order`() {
        var random = SeededGenerator.announced()
        for _ in 0..<50 {
            var tracker = WatermarkTracker(allowedLateness: .seconds(30))
            var greatest = Int64.min
            for _ in 0..<100 {
                let time = Int64.random(in: 0...1_000, using: &random)
                let isLate = tracker.observe(at(time))
                #expect(isLate == (greatest != .min && time < greatest - 30))
                greatest = max(greatest, time)
                #expect(tracker.watermark == at(greatest - 30))
            }
        }
    }

    @Test func `an idle partition does not hold the others back, a young one does`() {
        let combined = CombinedWatermark(idleTimeout: .seconds(60))
        let busy = (watermark: Timestamp?.some(at(500)), lastRecordAt: at(1_000))
        let idle = (watermark: Timestamp?.some(at(10)), lastRecordAt: at(900))
        let young = (watermark: Timestamp?.none, lastRecordAt: at(990))
        #expect(combined.value(of: [busy, idle], now: at(1_000)) == at(500))
        #expect(combined.value(of: [busy, idle], now: at(955)) == at(10))
        #expect(combined.value(of: [busy, young], now: at(1_000)) == nil)
        #expect(combined.value(of: [], now: at(1_000)) == nil)
    }
}

@Suite("Retries wait longer each time and end")
struct RetryPolicyTests {
    @Test(arguments: [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1_000), (6, 1_000)])
    func `the wait doubles up to the longest`(attempts: Int, milliseconds: Int64) {
        let policy = RetryPolicy(
            firstDelay: .milliseconds(100), longestDelay: .milliseconds(1_000), maximumAttempts: 7)
        #expect(policy.delay(afterAttempts: attempts) == .milliseconds(milliseconds))
    }

    @Test func `after the last attempt there is none`() {
        #expect(RetryPolicy(maximumAttempts: 3).delay(afterAttempts: 3) == nil)
    }
}

@Suite("The state cache stays small and keeps what is used")
struct StateCacheTests {
    @Test func `it never holds more than its capacity, and never a stale state`() {
        var random = SeededGenerator.announced()
        var cache = StateCache<Int>(capacity: 64)
        var truth: [String: Int] = [:]
        for step in 0..<20_000 {
            let key = "k\(Int.random(in: 0..<300, using: &random))"
            if let held = cache.state(of: key) { #expect(held == truth[key]) }
            cache.store(step, for: key)
            truth[key] = step
            #expect(cache.count <= 64)
        }
    }

    @Test func `a key in use survives a stream of others`() {
        var cache = StateCache<Int>(capacity: 20)
        cache.store(1, for: "used")
        for step in 0..<1_000 {
            cache.store(step, for: "other \(step)")
            #expect(cache.state(of: "used") == 1)
        }
    }
}

@Suite("A partition with work that does not move is noticed")
struct ProgressWatchdogTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    @Test func `only after its patience, and not when idle or moving`() {
        var watchdog = ProgressWatchdog(patience: .seconds(10))
        let looks: [(hasWork: Bool, moved: Bool, at: Int64, stuck: Bool)] = [
            (false, false, 0, false), (false, false, 100, false), (true, false, 101, false), (true, false, 111, false),
            (true, false, 112, true), (true, true, 113, false), (true, false, 123, false), (true, false, 124, true),
            (false, false, 125, false), (true, false, 126, false),
        ]
        for look in looks {
            #expect(watchdog.look(hasWork: look.hasWork, moved: look.moved, now: at(look.at)) == look.stuck)
        }
    }
}

@Suite("A record survives its envelope")
struct RecordEnvelopeTests {
    @Test func `key, value, headers and place come back`() throws {
        let record = StreamRecord(
            topic: "feed.é", partition: 7, offset: .max, receivedAt: Timestamp(microseconds: -5), key: [],
            value: [0, 255, 10],
            headers: [KafkaHeader(name: "a", value: [1]), KafkaHeader(name: "a", value: [] as [UInt8])])
        let back = try #require(RecordEnvelope.decode(RecordEnvelope.encode(record)))
        #expect(back.topic == record.topic)
        #expect(back.partition == 7)
        #expect(back.offset == .max)
        #expect(back.receivedAt == record.receivedAt)
        #expect(back.key == [])
        #expect(back.value == [0, 255, 10])
        #expect(back.headers == record.headers)
    }

    @Test func `damaged bytes are nil or a record, never a crash`() {
        var random = SeededGenerator.announced()
        let good = RecordEnvelope.encode(
            StreamRecord(
                topic: "t", offset: 1, receivedAt: Timestamp(microseconds: 0), value: [1, 2, 3],
                headers: [KafkaHeader(name: "n", value: "v")]))
        for length in 0..<good.count { #expect(RecordEnvelope.decode(Array(good[..<length])) == nil) }
        for _ in 0..<5_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = RecordEnvelope.decode(bytes)
        }
    }
}
