/// Which SpO2 scale of NEWS2 applies.
public enum OxygenScale: UInt8, CaseIterable, Sendable {
    /// For everybody else.
    case scale1 = 1
    /// Only for confirmed hypercapnic respiratory failure, on a clinician's order (target 88-92 %).
    case scale2 = 2
}

/// What NEWS2 is scored from; nil where a parameter was not observed.
public struct NEWS2Observations: Equatable, Sendable {
    /// Breaths per minute.
    public var respirationRate: Double?
    /// SpO2 in percent.
    public var oxygenSaturation: Double?
    /// The SpO2 scale.
    public var oxygenScale: OxygenScale
    /// Whether the patient breathes supplemental oxygen; nil is scored as air.
    public var onOxygen: Bool?
    /// Systolic blood pressure in mmHg.
    public var systolicPressure: Double?
    /// Beats per minute.
    public var pulse: Double?
    /// The level of consciousness; nil is scored as alert.
    public var consciousness: Consciousness?
    /// Degrees Celsius.
    public var temperature: Double?

    /// Observations; all but the scale may be missing.
    public init(
        respirationRate: Double? = nil, oxygenSaturation: Double? = nil, oxygenScale: OxygenScale = .scale1,
        onOxygen: Bool? = nil, systolicPressure: Double? = nil, pulse: Double? = nil,
        consciousness: Consciousness? = nil, temperature: Double? = nil
    ) {
        self.respirationRate = respirationRate
        self.oxygenSaturation = oxygenSaturation
        self.oxygenScale = oxygenScale
        self.onOxygen = onOxygen
        self.systolicPressure = systolicPressure
        self.pulse = pulse
        self.consciousness = consciousness
        self.temperature = temperature
    }
}
