import AlertEngineCore
import Testing

/// The bands are those of Royal College of Physicians, NEWS 2, 2017, chart 1; both sides of every edge stand here.
@Suite("NEWS2 scores every band of the 2017 chart")
struct NEWS2ChartTests {
    struct Edge: Sendable, CustomStringConvertible {
        let parameter: VitalParameter
        let value: Double
        let score: UInt8
        var scale = OxygenScale.scale1
        var onOxygen = false

        var description: String { "\(parameter) \(value) scores \(score) (\(scale), oxygen \(onOxygen))" }

        var observations: NEWS2Observations {
            var observations = NEWS2Observations(oxygenScale: scale, onOxygen: onOxygen)
            switch parameter {
            case .respirationRate: observations.respirationRate = value
            case .oxygenSaturation: observations.oxygenSaturation = value
            case .systolicPressure: observations.systolicPressure = value
            case .pulse: observations.pulse = value
            case .temperature: observations.temperature = value
            default: break
            }
            return observations
        }
    }

    static func edges(
        _ parameter: VitalParameter, scale: OxygenScale = .scale1, onOxygen: Bool = false, _ pairs: [(Double, UInt8)]
    ) -> [Edge] {
        pairs.map { Edge(parameter: parameter, value: $0.0, score: $0.1, scale: scale, onOxygen: onOxygen) }
    }

    static let all: [Edge] =
        edges(
            .respirationRate, [(1, 3), (8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3), (60, 3)])
        + edges(.oxygenSaturation, [(70, 3), (91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)])
        + edges(
            .oxygenSaturation, scale: .scale2,
            [(70, 3), (83, 3), (84, 2), (85, 2), (86, 1), (87, 1), (88, 0), (92, 0), (93, 0), (97, 0), (100, 0)])
        + edges(
            .oxygenSaturation, scale: .scale2, onOxygen: true,
            [
                (70, 3), (83, 3), (84, 2), (85, 2), (86, 1), (87, 1), (88, 0), (92, 0), (93, 1), (94, 1), (95, 2),
                (96, 2), (97, 3), (100, 3),
            ])
        + edges(.oxygenSaturation, onOxygen: true, [(91, 3), (92, 2), (94, 1), (96, 0), (100, 0)])
        + edges(
            .systolicPressure,
            [(60, 3), (90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3), (260, 3)])
        + edges(
            .pulse,
            [
                (30, 3), (40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3),
                (200, 3),
            ])
        + edges(
            .temperature,
            [(33, 3), (35.0, 3), (35.1, 1), (36.0, 1), (36.1, 0), (38.0, 0), (38.1, 1), (39.0, 1), (39.1, 2), (41, 2)])

    @Test("a value at the edge of a band scores that band", arguments: all)
    func edge(_ edge: Edge) {
        #expect(NEWS2Score(edge.observations).partial(edge.parameter) == edge.score)
    }

    @Test(
        "values between the steps of the chart are rounded to it",
        arguments: [
            Edge(parameter: .temperature, value: 38.04, score: 0),
            Edge(parameter: .temperature, value: 38.06, score: 1),
            Edge(parameter: .temperature, value: 35.04, score: 3),
            Edge(parameter: .temperature, value: 35.06, score: 1),
            Edge(parameter: .oxygenSaturation, value: 91.4, score: 3),
            Edge(parameter: .oxygenSaturation, value: 91.5, score: 2),
            Edge(parameter: .respirationRate, value: 24.4, score: 2),
            Edge(parameter: .respirationRate, value: 24.5, score: 3),
        ])
    func rounding(_ edge: Edge) {
        #expect(NEWS2Score(edge.observations).partial(edge.parameter) == edge.score)
    }

    @Test("only an alert patient scores 0 for consciousness")
    func consciousness() {
        let scores = Consciousness.allCases.map { NEWS2Score(NEWS2Observations(consciousness: $0)).consciousness }
        #expect(scores == [0, 3, 3, 3, 3])
        #expect(Consciousness.allCases.map(\.letter) == ["A", "C", "V", "P", "U"])
        #expect(Consciousness.allCases.map { Consciousness(letter: $0.letter) } == Consciousness.allCases)
    }

    @Test("supplemental oxygen scores 2 and air 0")
    func oxygen() {
        #expect(NEWS2Score(NEWS2Observations(onOxygen: true)).supplementalOxygen == 2)
        #expect(NEWS2Score(NEWS2Observations(onOxygen: false)).supplementalOxygen == 0)
        #expect(NEWS2Score(NEWS2Observations()).supplementalOxygen == nil)
    }

    @Test("the risk follows the total, and a single 3 lifts low to low-medium")
    func risk() {
        for total in 0...20 {
            for single in [false, true] {
                let expected: NEWS2Risk = total >= 7 ? .high : total >= 5 ? .medium : single ? .lowMedium : .low
                #expect(NEWS2Risk(total: total, hasSingleThree: single) == expected)
            }
        }
    }

    @Test("the worst of all observations scores 20, and each part is in the total")
    func worst() {
        let score = NEWS2Score(
            NEWS2Observations(
                respirationRate: 30, oxygenSaturation: 80, onOxygen: true, systolicPressure: 80, pulse: 140,
                consciousness: .unresponsive, temperature: 34))
        #expect(score.total == 20)
        #expect(score.risk == .high)
        #expect(score.isComplete)
        #expect(score.scoring == .news2)
        #expect(score.threes == VitalParameterSet.news2.subtracting(.init(.supplementalOxygen)))
    }

    @Test("a missing parameter adds nothing, so the total of a part never exceeds the total of the whole")
    func lowerBound() {
        var generator = SeededGenerator.printingSeed("NEWS2 lower bound")
        for _ in 0..<2_000 {
            let whole = NEWS2Observations(
                respirationRate: .random(in: 4...40, using: &generator),
                oxygenSaturation: .random(in: 75...100, using: &generator),
                oxygenScale: Bool.random(using: &generator) ? .scale1 : .scale2,
                onOxygen: .random(using: &generator), systolicPressure: .random(in: 60...240, using: &generator),
                pulse: .random(in: 30...160, using: &generator),
                consciousness: Consciousness.allCases.randomElement(using: &generator),
                temperature: .random(in: 33...41, using: &generator))
            var part = whole
            if Bool.random(using: &generator) { part.respirationRate = nil }
            if Bool.random(using: &generator) { part.onOxygen = nil }
            if Bool.random(using: &generator) { part.consciousness = nil }
            if Bool.random(using: &generator) { part.temperature = nil }
            if Bool.random(using: &generator) { part.pulse = .nan }
            #expect(NEWS2Score(part).total <= NEWS2Score(whole).total)
        }
    }
}
