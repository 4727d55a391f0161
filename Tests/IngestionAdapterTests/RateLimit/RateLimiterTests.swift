import Domain
import Testing

@testable import IngestionAdapter

@Suite("A sender gets what was agreed, whatever the clock and the others do")
struct RateLimiterTests {
    private let start = Timestamp(microseconds: 1_714_545_000_000_000)
    private let allowance = RateAllowance(requestsPerSecond: 2, bytesPerSecond: 1_000)

    @Test("ten seconds' worth may come at once; the wait that is told is the wait that is needed")
    func burst() {
        var limiter = RateLimiter()
        for _ in 0..<20 { #expect(limiter.admit("a", allowance, at: start) == .zero) }
        #expect(limiter.admit("a", allowance, at: start) == .milliseconds(500))
        #expect(limiter.admit("a", allowance, at: start.advanced(by: .milliseconds(499))) == .milliseconds(1))
        #expect(limiter.admit("a", allowance, at: start.advanced(by: .milliseconds(500))) == .zero)
        #expect(limiter.admit("b", allowance, at: start) == .zero)
    }

    @Test("bytes that came in are paid for by waiting, also when they are more than fit at once")
    func bytes() {
        var limiter = RateLimiter()
        #expect(limiter.admit("a", allowance, at: start) == .zero)
        limiter.charge("a", bytes: 12_000, allowance, at: start)
        let wait = limiter.admit("a", allowance, at: start)
        #expect(wait > .seconds(2) && wait <= .milliseconds(2_002))
        #expect(limiter.admit("a", allowance, at: start.advanced(by: wait)) == .zero)
    }

    @Test("a clock that goes back gives nothing and takes nothing")
    func clock() {
        var limiter = RateLimiter()
        for _ in 0..<20 { _ = limiter.admit("a", allowance, at: start) }
        #expect(limiter.admit("a", allowance, at: start.advanced(by: .seconds(-100))) == .milliseconds(500))
        #expect(limiter.admit("a", allowance, at: start.advanced(by: .milliseconds(500))) == .zero)
    }

    @Test("over any time nobody gets more than the average and the burst")
    func property() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = Random(state: seed)
        var limiter = RateLimiter()
        var now = start
        var admitted = 0
        for _ in 0..<5_000 {
            now = now.advanced(by: .microseconds(Int64.random(in: -1_000...200_000, using: &random)))
            if limiter.admit("a", allowance, at: now) == .zero { admitted += 1 }
            let seconds = Double(now.since(start).microseconds) / 1_000_000
            #expect(Double(admitted) <= 20.01 + 2 * max(0, seconds) + 0.01, "seed \(seed)")
        }
        #expect(admitted > 500)
    }

    @Test("the table is bounded: senders at rest go first, then the one seen longest ago")
    func bound() {
        var limiter = RateLimiter(capacity: 3)
        for _ in 0..<20 { _ = limiter.admit("busy", allowance, at: start) }
        for index in 0..<1_000 {
            _ = limiter.admit("sender \(index)", allowance, at: start.advanced(by: .milliseconds(index)))
            #expect(limiter.count <= 3)
        }
        // The busy one is the oldest by now, and was forgotten: bounded memory is worth more than a perfect one.
        var patient = RateLimiter(capacity: 3)
        for _ in 0..<20 { _ = patient.admit("busy", allowance, at: start) }
        for index in 1..<100 {
            _ = patient.admit("sender \(index)", allowance, at: start.advanced(by: .seconds(Double(index) * 0.6)))
            _ = patient.admit("busy", allowance, at: start.advanced(by: .seconds(Double(index) * 0.6)))
        }
        #expect(patient.count <= 3)
    }

    /// SplitMix64.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
