import AlertEngineCore
import Contracts
import Domain
import Testing

@Suite("Whatever the readings, the alerts of a patient form a lawful history")
struct AlertStreamPropertyTests {
    /// Readings that wander across every threshold, late ones and odd ones among them.
    static func observations(_ count: Int, _ generator: inout SeededGenerator) throws -> [ObservationRecorded] {
        var minute = 0.0
        return try (0..<count).map { ordinal in
            minute += Double.random(in: -3...10, using: &generator)
            if Int.random(in: 0..<40, using: &generator) == 0 { minute += 1_500 }
            let code = ObservationCode.allCases.randomElement(using: &generator) ?? .heartRate
            let value: ObservationRecorded.Value
            switch code.parameter {
            case .respirationRate: value = .quantity(.random(in: 3...40, using: &generator))
            case .oxygenSaturation: value = .quantity(.random(in: 80...101, using: &generator))
            case .systolicPressure: value = .quantity(.random(in: 60...230, using: &generator))
            case .pulse: value = .quantity(.random(in: 25...160, using: &generator))
            case .temperature: value = .quantity(.random(in: 31...42, using: &generator))
            case .glucose: value = .quantity(.random(in: 2...22, using: &generator))
            case .supplementalOxygen: value = .quantity(Bool.random(using: &generator) ? 0 : 22)
            case .consciousness: value = .text(["A", "A", "A", "C", "U", "?"].randomElement(using: &generator) ?? "A")
            case .pregnancy: value = .coded(code: "60001007", system: "http://snomed.info/sct")
            }
            return try Scenario.observation(
                code, value, minute: minute,
                status: Int.random(in: 0..<50, using: &generator) == 0 ? .enteredInError : .final,
                ordinal: UInt64(ordinal))
        }
    }

    @Test("raise and resolve alternate, versions are dense, severity never falls, and ids never come twice")
    func history() throws {
        var generator = SeededGenerator.printingSeed("alert history")
        let evaluator = AlertEvaluator()
        var seen = 0
        for _ in 0..<40 {
            var state = PatientState()
            var open: [String: AlertChange] = [:]
            var ids: Set<EventID> = []
            for observation in try Self.observations(600, &generator) {
                let before = state
                let evaluation = evaluator.evaluate(observation, state: &state)
                if !evaluation.stateChanged { #expect(state == before) }
                #expect(Set(evaluation.changes.map(\.rule)).count == evaluation.changes.count)
                for change in evaluation.changes {
                    seen += 1
                    #expect(change.triggerEventID == observation.eventID)
                    #expect(change.effectiveAt == observation.effectiveAt)
                    #expect(change.evidence.utf8.count < 4_096 && change.summary.utf8.count < 500)
                    let previous = open[change.rule]
                    switch change.transition {
                    case .raised:
                        #expect(previous == nil && change.version == 1 && change.raisedAt == change.effectiveAt)
                        #expect(ids.insert(change.alertID).inserted)
                        open[change.rule] = change
                    case .escalated:
                        #expect(previous?.alertID == change.alertID && previous?.version == change.version - 1)
                        #expect(previous.map { $0.severity < change.severity } == true)
                        open[change.rule] = change
                    case .resolved:
                        #expect(previous?.alertID == change.alertID && previous?.version == change.version - 1)
                        #expect(previous?.severity == change.severity && previous?.raisedAt == change.raisedAt)
                        open[change.rule] = nil
                    }
                }
                let openNow = state.alerts.tracks.filter { $0.open != nil }
                #expect(openNow.count == open.count)
                #expect(Set(openNow.map(\.rule)).count == openNow.count)
            }
        }
        print("alert history: \(seen) transitions")
        #expect(seen > 1_000)
    }

    @Test("the same observations give the same alerts and the same state, also through the stored form")
    func replay() throws {
        var generator = SeededGenerator.printingSeed("alert replay")
        let evaluator = AlertEvaluator()
        let observations = try Self.observations(2_000, &generator)
        var whole = PatientState()
        var stored: [UInt8] = []
        PatientState().encode(into: &stored)
        for observation in observations {
            let expected = evaluator.evaluate(observation, state: &whole)
            var state = try PatientState(decoding: stored)
            #expect(evaluator.evaluate(observation, state: &state) == expected)
            #expect(state == whole)
            stored.removeAll()
            state.encode(into: &stored)
        }
    }
}
