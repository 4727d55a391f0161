import AlertEngineCore
import Domain
import Testing

@Suite("At most one alert is open for each rule, and it is raised, escalated and resolved in order")
struct AlertLifecycleTests {
    static let signals: [AlertSignal] =
        [.clear, .between, .unproven] + Severity.allCases.map { .breach($0) }

    /// What should happen, told from the whole history and not from counters.
    struct Oracle {
        let raiseAfter: Int
        let clearAfter: Int
        var history: [AlertSignal] = []
        var open: Severity?
        var version = 0

        mutating func take(_ signal: AlertSignal) -> AlertStep {
            history.append(signal)
            if case .breach = signal {
                let last = history.suffix(raiseAfter)
                guard last.count == raiseAfter else { return .none }
                var least = Severity.high
                for signal in last {
                    guard case .breach(let severity) = signal else { return .none }
                    least = min(least, severity)
                }
                guard let now = open else {
                    (open, version) = (least, 1)
                    return .raised(least)
                }
                guard least > now else { return .none }
                open = least
                version += 1
                return .escalated(least)
            }
            guard open != nil else { return .none }
            let calm = history.reversed().prefix { $0 == .clear || $0 == .unproven }.filter { $0 == .clear }
            guard signal == .clear, calm.count >= clearAfter else { return .none }
            open = nil
            history = []
            return .resolved
        }
    }

    @Test(
        "every sequence of five signals does what the history says",
        arguments: [(1, 1), (2, 1), (1, 2), (2, 3), (3, 2)])
    func exhaustive(counts: (raiseAfter: Int, clearAfter: Int)) {
        let lifecycle = AlertLifecycle(raiseAfter: UInt8(counts.raiseAfter), clearAfter: UInt8(counts.clearAfter))
        var sequences = 0
        var mismatches = 0
        func explore(_ depth: Int, _ track: AlertTrack, _ oracle: Oracle) {
            guard depth > 0 else {
                sequences += 1
                return
            }
            for signal in Self.signals {
                var (track, oracle) = (track, oracle)
                let step = track.advance(
                    signal, at: Timestamp(microseconds: Int64(depth)), lifecycle: lifecycle,
                    identity: { EventID(high: 1, low: 1) })
                let isRight =
                    step == oracle.take(signal) && track.open?.severity == oracle.open
                    && (oracle.open == nil || track.open?.version == Int64(oracle.version))
                if !isRight { mismatches += 1 }
                explore(depth - 1, track, oracle)
            }
        }
        explore(
            5, AlertTrack(rule: 1), Oracle(raiseAfter: counts.raiseAfter, clearAfter: counts.clearAfter))
        #expect(sequences == 16_807)
        #expect(mismatches == 0)
    }

    @Test("a breach must span its duration, counted from its first reading")
    func duration() {
        let lifecycle = AlertLifecycle(raiseAfter: 2, sustainedFor: .seconds(60))
        var track = AlertTrack(rule: 1)
        func step(_ second: Int64, isContinuous: Bool = true, _ signal: AlertSignal = .breach(.medium)) -> AlertStep {
            track.advance(
                signal, at: Timestamp(microseconds: second * 1_000_000), isContinuous: isContinuous,
                lifecycle: lifecycle, identity: { EventID(high: 1, low: UInt64(second)) })
        }
        #expect(step(0) == .none)
        #expect(step(30) == .none)
        #expect(step(59) == .none)
        #expect(step(61, .between) == .none)
        #expect(step(70) == .none)
        #expect(step(129) == .none)
        #expect(step(5_000, isContinuous: false) == .none, "a gap begins the run again")
        #expect(step(5_059) == .none)
        #expect(step(5_060) == .raised(.medium))
        #expect(track.open?.id == EventID(high: 1, low: 5_060))
    }

    @Test("readings that come out of order still escalate")
    func outOfOrder() {
        var track = AlertTrack(rule: 0)
        func step(_ second: Int64, _ signal: AlertSignal) -> AlertStep {
            track.advance(
                signal, at: Timestamp(microseconds: second * 1_000_000), lifecycle: AlertLifecycle(),
                identity: { EventID(high: 1, low: 1) })
        }
        #expect(step(100, .breach(.lowMedium)) == .raised(.lowMedium))
        #expect(step(40, .breach(.high)) == .escalated(.high))
    }

    @Test("counters stop at their end instead of overflowing")
    func saturation() {
        var track = AlertTrack(rule: 1)
        let lifecycle = AlertLifecycle(raiseAfter: .max, clearAfter: .max)
        func take(_ signal: AlertSignal, times: Int) -> [AlertStep] {
            (0..<times).map { _ in
                track.advance(
                    signal, at: Timestamp(microseconds: 0), lifecycle: lifecycle,
                    identity: { EventID(high: 1, low: 1) })
            }.filter { $0 != .none }
        }
        #expect(take(.breach(.high), times: 600) == [.raised(.high)])
        #expect(take(.clear, times: 254) == [])
        #expect(take(.between, times: 1) == [])
        #expect(take(.clear, times: 600) == [.resolved])
        #expect(track.isIdle)
    }

    @Test("a book keeps the rules apart and forgets what is over")
    func book() {
        var book = AlertBook()
        let lifecycle = AlertLifecycle()
        func take(_ rule: UInt8, _ signal: AlertSignal) -> AlertStep? {
            book.advance(
                rule: rule, signal, at: Timestamp(microseconds: 0), lifecycle: lifecycle,
                identity: { EventID(high: 1, low: UInt64(rule)) })?.step
        }
        #expect(take(1, .clear) == nil)
        #expect(book.tracks.isEmpty)
        #expect(take(1, .breach(.medium)) == .raised(.medium))
        #expect(take(2, .breach(.high)) == .raised(.high))
        #expect(take(1, .breach(.medium)) == nil)
        #expect(book.open(rule: 1)?.id == EventID(high: 1, low: 1))
        #expect(book.open(rule: 2)?.id == EventID(high: 1, low: 2))
        #expect(take(1, .clear) == .resolved)
        #expect(book.open(rule: 1) == nil)
        #expect(book.tracks.count == 1)
    }
}
