import Domain
import Testing
import VitalctlCore

@Suite("A publisher never runs more than the log can keep ahead of the group")
struct PublishThrottleTests {
    private let partition = PublishThrottle.Partition(topic: "feed.wearable.v1", number: 3)

    @Test("It waits at the limit of bytes of one partition, and goes on when the group has moved")
    func bytes() {
        var throttle = PublishThrottle()
        for offset in 0..<30 { throttle.published(to: partition, offset: Int64(offset), bytes: 100_000) }
        #expect(throttle.decision == .wait(reason: "feed.wearable.v1[3] holds 3000000 unread bytes"))
        throttle.handled(partition, upTo: 1)
        #expect(throttle.decision == .publish)
        #expect(throttle.unreadBytes == 2_900_000)
        throttle.handled(partition, upTo: 30)
        #expect(throttle.unreadBytes == 0)
    }

    @Test("Bytes spread over partitions do not add up to a wait")
    func spread() {
        var throttle = PublishThrottle()
        for number in 0..<24 {
            throttle.published(to: .init(topic: "feed.wearable.v1", number: Int32(number)), offset: 0, bytes: 2_900_000)
        }
        #expect(throttle.decision == .publish)
    }

    @Test("It waits at the limit of records")
    func records() {
        var limits = PublishThrottle.Limits()
        limits.unreadRecords = 10
        var throttle = PublishThrottle(limits: limits)
        for offset in 0..<9 { throttle.published(to: partition, offset: Int64(offset), bytes: 1) }
        #expect(throttle.decision == .publish)
        throttle.published(to: partition, offset: 9, bytes: 1)
        #expect(throttle.decision == .wait(reason: "feed.wearable.v1[3] holds 10 unread records"))
    }

    @Test("Delivery reports out of order, and behind the group, are counted once and rightly")
    func disorder() {
        var throttle = PublishThrottle()
        throttle.published(to: partition, offset: 2, bytes: 4)
        throttle.published(to: partition, offset: 0, bytes: 1)
        throttle.published(to: partition, offset: 1, bytes: 2)
        throttle.handled(partition, upTo: 2)
        #expect(throttle.unreadBytes == 4)
        throttle.published(to: partition, offset: 1, bytes: 2)
        #expect(throttle.unreadBytes == 4)
        throttle.handled(partition, upTo: 1)
        #expect(throttle.unreadBytes == 4)
    }

    @Test("It waits for what lies further down")
    func downstream() {
        var throttle = PublishThrottle()
        throttle.waiting(downstream: "health.observation.recorded.v1", records: 2_500, unsentRows: 0)
        #expect(throttle.decision == .wait(reason: "health.observation.recorded.v1 holds 2500 unread records"))
        throttle.waiting(downstream: "", records: 0, unsentRows: 20_000)
        #expect(throttle.decision == .wait(reason: "20000 outbox rows have not left"))
        throttle.waiting(downstream: "", records: 0, unsentRows: 19_999)
        #expect(throttle.decision == .publish)
    }

    @Test("A long run against a model keeps the exact sum, seed 5")
    func model() {
        var random = SeededGenerator(seed: 5)
        var throttle = PublishThrottle()
        var sizes: [Int] = []
        var position = 0
        for _ in 0..<20_000 {
            if random.chance(0.6) {
                sizes.append(random.index(below: 500))
                throttle.published(to: partition, offset: Int64(sizes.count - 1), bytes: sizes[sizes.count - 1])
            } else {
                position = min(sizes.count, position + random.index(below: 4))
                throttle.handled(partition, upTo: Int64(position))
            }
        }
        #expect(throttle.unreadBytes == sizes[position...].reduce(0, +))
    }
}

@Suite("Lag, latency and back-off are counted as their definitions say")
struct FlowArithmeticTests {
    @Test(
        "Lag is what the log still has ahead of the position; what it dropped is lost",
        arguments: [
            (position: Int64?(4), low: Int64(0), high: Int64(10), records: Int64(6), lost: Int64(0)),
            (nil, 0, 10, 10, 0), (nil, 3, 10, 7, 3), (2, 5, 10, 5, 3), (10, 0, 10, 0, 0), (12, 0, 10, 0, 0),
        ])
    func lag(position: Int64?, low: Int64, high: Int64, records: Int64, lost: Int64) {
        let lag = PartitionLag(group: "g", topic: "t", partition: 0, position: position, low: low, high: high)
        #expect(lag.records == records)
        #expect(lag.lostRecords == lost)
    }

    @Test("Totals add records and name the worst partition's")
    func totals() {
        let lags = [Int64(3), 9, 0].map {
            PartitionLag(group: "g", topic: "t", partition: 0, position: 0, low: 0, high: $0)
        }
        let total = PartitionLag.total(lags)
        #expect(total.records == 12)
        #expect(total.worst == 9)
    }

    @Test("Percentiles are nearest-rank: the worked example of NIST/Wikipedia, 15 20 35 40 50")
    func percentiles() throws {
        let sorted = [15.0, 20, 35, 40, 50]
        for (percent, value) in [(5.0, 15.0), (30, 20), (40, 20), (50, 35), (100, 50)] {
            #expect(LatencySummary.percentile(percent, of: sorted) == value)
        }
        let summary = try #require(LatencySummary((1...200).map(Double.init).shuffled()))
        #expect(summary == LatencySummary((1...200).map(Double.init)))
        #expect((summary.p50, summary.p95, summary.p99, summary.maximum) == (100, 190, 198, 200))
        #expect(LatencySummary([]) == nil)
    }

    @Test("Waits double up to the longest, and a long life is forgiven")
    func backoff() {
        var backoff = RestartBackoff(first: .seconds(1), longest: .seconds(5), forgiveness: .seconds(60))
        #expect((1...5).map { _ in backoff.crashed(after: .seconds(1)) } == [1, 2, 4, 5, 5].map { .seconds($0) })
        #expect(backoff.crashed(after: .seconds(61)) == .seconds(1))
    }

    @Test("A planted deterioration is detected by an urgent alert about the same person between onset and recovery")
    func detection() throws {
        let end = Timestamp(microseconds: 1_780_000_000_000_000)
        let planted = FeedGenerator(plan: FeedPlan(people: 9, days: 6, seed: 2, end: end, deteriorations: 3))
            .deteriorations
        let early = planted[0].onset.advanced(by: .seconds(-60))
        let inside = planted[0].onset.advanced(by: .seconds(3600))
        let report = DetectionReport(
            planted: planted,
            alerts: [
                AlertSighting(person: planted[0].person, rule: "news2", severity: 4, effectiveAt: early),
                AlertSighting(person: planted[0].person, rule: "news2", severity: 3, effectiveAt: inside),
                AlertSighting(person: planted[1].person, rule: "news2", severity: 2, effectiveAt: planted[1].peak),
                AlertSighting(person: "person-9999", rule: "news2", severity: 4, effectiveAt: inside),
                AlertSighting(person: planted[2].person, rule: "news2", severity: 4, effectiveAt: planted[2].peak),
            ])
        #expect(report.rows.map { $0.first != nil } == [true, false, true])
        #expect(report.rows[0].delay == .seconds(3600))
        #expect(report.rows[0].firstHigh == nil)
        #expect(report.rows[2].warning == .zero)
        #expect(report.detected == 2)
        #expect(report.others == 2)
    }
}
