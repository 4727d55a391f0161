import AlertEngineCore
import Contracts
import Domain
import Testing

@Suite("A patient's stored state is small, exact and never crashes its reader")
struct PatientStateCodecTests {
    /// Random states as evaluation leaves them.
    static func states(_ generator: inout SeededGenerator) throws -> [PatientState] {
        let evaluator = AlertEvaluator()
        var states = [PatientState()]
        for _ in 0..<30 {
            var state = PatientState()
            if Bool.random(using: &generator) { state.facts.oxygenScale = .scale2 }
            if Bool.random(using: &generator) {
                state.facts.note(birthYear: .random(in: 1_900...2_024, using: &generator))
            }
            for observation in try AlertStreamPropertyTests.observations(60, &generator) {
                _ = evaluator.evaluate(observation, state: &state)
                states.append(state)
            }
        }
        return states
    }

    static func encoded(_ state: PatientState) -> [UInt8] {
        var bytes: [UInt8] = []
        state.encode(into: &bytes)
        return bytes
    }

    @Test("what is written is read back, whatever stands before it")
    func roundTrip() throws {
        var generator = SeededGenerator.printingSeed("state round trip")
        var longest = 0
        for state in try Self.states(&generator) {
            let bytes = Self.encoded(state)
            longest = max(longest, bytes.count)
            #expect(try PatientState(decoding: bytes) == state)
            var appended: [UInt8] = [1, 2, 3]
            state.encode(into: &appended)
            #expect(appended == [1, 2, 3] + bytes)
        }
        print("state round trip: the longest of the random states has \(longest) bytes")
        #expect(longest < 1_024)
    }

    @Test("a typical state stays below 400 bytes, an empty one below 8")
    func size() throws {
        #expect(Self.encoded(PatientState()).count < 8)
        var scenario = Scenario()
        try scenario.takeNormalVitals(minute: 0)
        let calm = Self.encoded(scenario.state).count
        for minute in 1...3 { try scenario.take(.heartRate, 140, minute: Double(minute)) }
        let alerting = Self.encoded(scenario.state).count
        print("state size: \(calm) bytes with five vitals, \(alerting) with two open alerts")
        #expect(calm < 200)
        #expect(alerting < 400)
    }

    @Test("extreme values and times survive")
    func extremes() throws {
        for value in [0.1, 36.65, 1.0 / 3, 20, 119.99999999] {
            for time in [Int64.min, -1, 0, .max] {
                var state = PatientState()
                _ = AlertEvaluator().evaluate(
                    VitalReading(
                        code: .glucoseBloodMoles, value: value, effectiveAt: Timestamp(microseconds: time),
                        eventID: EventID(high: .max, low: 0)), of: try pseudonym("p"), state: &state)
                _ = AlertEvaluator().evaluate(
                    VitalReading(
                        code: .bodyTemperature, value: 37, effectiveAt: Timestamp(microseconds: .max),
                        eventID: EventID(high: 0, low: .max)), of: try pseudonym("p"), state: &state)
                #expect(state.vitals[.glucose]?.effectiveAt.microseconds == time)
                #expect(try PatientState(decoding: Self.encoded(state)) == state)
            }
        }
    }

    @Test("the form does not change from release to release")
    func golden() throws {
        var scenario = Scenario(rules: RuleSet(thresholds: []))
        scenario.state.facts.note(birthYear: 1980)
        try scenario.take(.respiratoryRate, 30, minute: 0)
        try scenario.take(.bodyTemperature, 36.65, minute: 1)
        let hex = Self.encoded(scenario.state).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        #expect(hex == Self.goldenHex)
        let bytes = stride(from: 0, to: Self.goldenHex.count, by: 2).compactMap { offset in
            UInt8(Self.goldenHex.dropFirst(offset).prefix(2), radix: 16)
        }
        #expect(try PatientState(decoding: bytes) == scenario.state)
    }

    static let goldenHex =
        "0102000011ed32ea02004100002f0b275417060081d804808ece1c070000000000000001000000000000000c33333333"
        + "3353424000070000000000000002000000000000000100030202000000a877235417060000010100a8772354170600f9"
        + "8866461fa35d9cd7075e8d532ab69501000100"

    @Test("an unknown version is a typed error that says what to do")
    func unknownVersion() {
        var bytes = Self.encoded(PatientState())
        bytes[0] = 2
        #expect {
            _ = try PatientState(decoding: bytes)
        } throws: {
            ($0 as? AlertEngineError)?.code == .unknownStateVersion && "\($0)".contains("version 2 is not 1")
        }
    }

    @Test("cut, changed and random bytes are refused or read, never a crash, and what is read can be written")
    func damage() throws {
        var generator = SeededGenerator.printingSeed("state damage")
        var refused = 0
        func check(_ bytes: [UInt8]) throws {
            do {
                let state = try PatientState(decoding: bytes)
                #expect(try PatientState(decoding: Self.encoded(state)) == state)
            } catch {
                refused += 1
                #expect(error.code == .brokenState || error.code == .unknownStateVersion)
            }
        }
        let states = try Self.states(&generator).shuffled(using: &generator).prefix(150)
        for state in states {
            let bytes = Self.encoded(state)
            for count in 0..<bytes.count {
                #expect(throws: AlertEngineError.self) { try PatientState(decoding: Array(bytes[..<count])) }
            }
            #expect(throws: AlertEngineError.self) { try PatientState(decoding: bytes + [0]) }
            for _ in 0..<60 {
                var changed = bytes
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                changed[place] = .random(in: 0...255, using: &generator)
                try check(changed)
            }
        }
        for _ in 0..<5_000 {
            try check(
                [1]
                    + (0..<Int.random(in: 0...80, using: &generator)).map { _ in .random(in: 0...255, using: &generator)
                    })
        }
        print("state damage: \(refused) refused")
        #expect(refused > 1_000)
    }
}
