/// What a living person can show; a value outside is a fault of the sensor or of the unit and is never scored.
///
/// Defaults, to be confirmed locally. They are wide on purpose: a range must not hide a dying patient.
public struct PlausibleRange: Equatable, Sendable {
    /// The lowest value taken.
    public let lowest: Double
    /// The highest value taken.
    public let highest: Double

    /// The values from `lowest` to `highest`, both included.
    public init(_ lowest: Double, _ highest: Double) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Whether `value` lies in the range; never for NaN.
    @inlinable
    public func contains(_ value: Double) -> Bool { value >= lowest && value <= highest }

    /// The range of `parameter`, in its canonical unit.
    public static func standard(for parameter: VitalParameter) -> PlausibleRange {
        switch parameter {
        case .respirationRate: PlausibleRange(1, 120)
        case .oxygenSaturation: PlausibleRange(30, 100)
        case .systolicPressure: PlausibleRange(30, 350)
        case .pulse: PlausibleRange(10, 350)
        case .temperature: PlausibleRange(20, 45)
        case .glucose: PlausibleRange(0.3, 120)
        case .supplementalOxygen, .pregnancy: PlausibleRange(0, 1)
        case .consciousness: PlausibleRange(0, 4)
        }
    }
}
