/// The bands of one chart: each reaches up to a value, included, and gives a partial score of 0 to 3.
struct ScoreBands: Sendable {
    /// One band.
    struct Band: Sendable {
        /// The highest value of the band, in steps of the chart.
        let upTo: Int32
        /// The partial score.
        let score: UInt8
    }

    private let stepsPerUnit: Double
    private let bands: [Band]
    private let above: UInt8

    /// Bands in rising order; a value above the last scores `above`. The chart reads in steps of 1 / `stepsPerUnit`.
    init(stepsPerUnit: Double = 1, _ bands: [(upTo: Double, score: UInt8)], above: UInt8) {
        self.stepsPerUnit = stepsPerUnit
        self.bands = bands.map { Band(upTo: Int32(($0.upTo * stepsPerUnit).rounded()), score: $0.score) }
        self.above = above
    }

    /// The partial score of `value`, rounded to the step of the chart (halves away from zero); nil when it is not finite.
    func score(_ value: Double) -> UInt8? {
        guard value.isFinite else { return nil }
        let steps = Int32(max(-1_000_000, min(1_000_000, (value * stepsPerUnit).rounded())))
        for band in bands where steps <= band.upTo { return band.score }
        return above
    }
}

/// Chart 1 of the National Early Warning Score 2, (c) Royal College of Physicians 2017, as tables.
enum NEWS2Chart {
    static let respirationRate = ScoreBands([(8, 3), (11, 1), (20, 0), (24, 2)], above: 3)
    static let oxygenSaturationScale1 = ScoreBands([(91, 3), (93, 2), (95, 1)], above: 0)
    /// Scale 2 while the patient breathes air: 93 % or more scores 0.
    static let oxygenSaturationScale2OnAir = ScoreBands([(83, 3), (85, 2), (87, 1)], above: 0)
    static let oxygenSaturationScale2OnOxygen = ScoreBands(
        [(83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2)], above: 3)
    static let systolicPressure = ScoreBands([(90, 3), (100, 2), (110, 1), (219, 0)], above: 3)
    static let pulse = ScoreBands([(40, 3), (50, 1), (90, 0), (110, 1), (130, 2)], above: 3)
    /// Read to one decimal, where the bands meet.
    static let temperature = ScoreBands(stepsPerUnit: 10, [(35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1)], above: 2)
    static let supplementalOxygen: UInt8 = 2
    static let notAlert: UInt8 = 3
}
