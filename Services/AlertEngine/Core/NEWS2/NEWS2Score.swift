/// The National Early Warning Score 2 of one set of observations.
///
/// Source: Royal College of Physicians, *National Early Warning Score (NEWS) 2*, 2017, chart 1 and the response table; (c) Royal College of
/// Physicians 2017. It is made for people of 16 years and more who are not pregnant; for others it must not be used.
///
/// A missing parameter adds nothing, so with missing parameters ``total`` is a lower bound: the full score is that or more, and so is the
/// risk. ``isComplete`` tells which it is.
public struct NEWS2Score: Equatable, Sendable {
    /// The partial score of respiration rate; nil when it was not observed.
    public let respirationRate: UInt8?
    /// The partial score of SpO2 on the scale that applies; nil when it was not observed.
    public let oxygenSaturation: UInt8?
    /// The partial score of air (0) or oxygen (2); nil when it was not observed.
    public let supplementalOxygen: UInt8?
    /// The partial score of systolic blood pressure; nil when it was not observed.
    public let systolicPressure: UInt8?
    /// The partial score of pulse; nil when it was not observed.
    public let pulse: UInt8?
    /// The partial score of consciousness: 0 alert, 3 otherwise; nil when it was not observed.
    public let consciousness: UInt8?
    /// The partial score of temperature; nil when it was not observed.
    public let temperature: UInt8?
    /// The sum of the partial scores, 0 to 20.
    public let total: Int
    /// The parameters that were observed.
    public let observed: VitalParameterSet
    /// The parameters with a partial score of 3.
    public let threes: VitalParameterSet
    /// The parameters with a partial score above 0.
    public let scoring: VitalParameterSet

    /// Scores `observations`. A value that is not finite counts as missing.
    public init(_ observations: NEWS2Observations) {
        var sum = Sum()
        let onOxygen = observations.onOxygen ?? false
        let saturationBands =
            switch (observations.oxygenScale, onOxygen) {
            case (.scale1, _): NEWS2Chart.oxygenSaturationScale1
            case (.scale2, false): NEWS2Chart.oxygenSaturationScale2OnAir
            case (.scale2, true): NEWS2Chart.oxygenSaturationScale2OnOxygen
            }
        respirationRate = sum.add(
            observations.respirationRate.flatMap(NEWS2Chart.respirationRate.score), .respirationRate)
        oxygenSaturation = sum.add(observations.oxygenSaturation.flatMap(saturationBands.score), .oxygenSaturation)
        supplementalOxygen = sum.add(
            observations.onOxygen.map { $0 ? NEWS2Chart.supplementalOxygen : 0 }, .supplementalOxygen)
        systolicPressure = sum.add(
            observations.systolicPressure.flatMap(NEWS2Chart.systolicPressure.score), .systolicPressure)
        pulse = sum.add(observations.pulse.flatMap(NEWS2Chart.pulse.score), .pulse)
        consciousness = sum.add(
            observations.consciousness.map { $0 == .alert ? 0 : NEWS2Chart.notAlert }, .consciousness)
        temperature = sum.add(observations.temperature.flatMap(NEWS2Chart.temperature.score), .temperature)
        total = sum.total
        observed = sum.observed
        threes = sum.threes
        scoring = sum.scoring
    }

    /// Whether one parameter alone scores 3.
    public var hasSingleThree: Bool { !threes.isEmpty }

    /// The clinical risk: of the whole when complete, else at least this.
    public var risk: NEWS2Risk { NEWS2Risk(total: total, hasSingleThree: hasSingleThree) }

    /// Whether all five measured parameters were observed. Air and an alert patient may be assumed where nothing else was ever reported.
    public var isComplete: Bool { observed.isSuperset(of: .measured) }

    /// The partial score of `parameter`; nil when it was not observed or is no part of NEWS2.
    public func partial(_ parameter: VitalParameter) -> UInt8? {
        switch parameter {
        case .respirationRate: respirationRate
        case .oxygenSaturation: oxygenSaturation
        case .supplementalOxygen: supplementalOxygen
        case .systolicPressure: systolicPressure
        case .pulse: pulse
        case .consciousness: consciousness
        case .temperature: temperature
        case .glucose, .pregnancy: nil
        }
    }

    private struct Sum {
        var total = 0
        var observed: VitalParameterSet = []
        var threes: VitalParameterSet = []
        var scoring: VitalParameterSet = []

        mutating func add(_ score: UInt8?, _ parameter: VitalParameter) -> UInt8? {
            guard let score else { return nil }
            let bit = VitalParameterSet(parameter)
            total += Int(score)
            observed.formUnion(bit)
            if score > 0 { scoring.formUnion(bit) }
            if score == 3 { threes.formUnion(bit) }
            return score
        }
    }
}
