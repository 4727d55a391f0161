/// A quantity that the alert engine watches; each has one canonical unit and one place in a patient's state.
///
/// The raw values are part of the stored state: they are never renumbered or reused.
public enum VitalParameter: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    /// Breaths per minute.
    case respirationRate = 0
    /// Oxygen saturation by pulse oximetry or blood gas, in percent.
    case oxygenSaturation = 1
    /// 1 when the patient breathes supplemental oxygen, 0 on air.
    case supplementalOxygen = 2
    /// Systolic blood pressure in mmHg.
    case systolicPressure = 3
    /// Heart beats per minute.
    case pulse = 4
    /// The level of consciousness, as the raw value of ``Consciousness``.
    case consciousness = 5
    /// Body temperature in degrees Celsius.
    case temperature = 6
    /// Glucose in mmol/L.
    case glucose = 7
    /// 1 when the patient is pregnant, 0 when not.
    case pregnancy = 8

    /// How many parameters there are.
    public static let count = 9

    /// The canonical unit (UCUM); empty for coded parameters.
    public var unit: String {
        switch self {
        case .respirationRate, .pulse: "/min"
        case .oxygenSaturation: "%"
        case .systolicPressure: "mm[Hg]"
        case .temperature: "Cel"
        case .glucose: "mmol/L"
        case .supplementalOxygen, .consciousness, .pregnancy: ""
        }
    }

    /// The word for the parameter in summaries.
    public var name: String {
        switch self {
        case .respirationRate: "respiration"
        case .oxygenSaturation: "SpO2"
        case .supplementalOxygen: "oxygen"
        case .systolicPressure: "systolic pressure"
        case .pulse: "pulse"
        case .consciousness: "consciousness"
        case .temperature: "temperature"
        case .glucose: "glucose"
        case .pregnancy: "pregnancy"
        }
    }
}

/// A set of parameters, one bit each.
public struct VitalParameterSet: OptionSet, Hashable, Sendable {
    /// Bit *n* stands for the parameter with raw value *n*.
    public let rawValue: UInt16

    /// The set with these bits.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of one parameter.
    @inlinable
    public init(_ parameter: VitalParameter) {
        rawValue = 1 << UInt16(parameter.rawValue)
    }

    /// The five measured parameters of NEWS2.
    public static let measured: VitalParameterSet = [
        .init(.respirationRate), .init(.oxygenSaturation), .init(.systolicPressure), .init(.pulse), .init(.temperature),
    ]

    /// All seven parameters of NEWS2.
    public static let news2: VitalParameterSet = [measured, .init(.supplementalOxygen), .init(.consciousness)]

    /// The parameters of the set, in the order of their raw values.
    public var parameters: [VitalParameter] {
        VitalParameter.allCases.filter { contains(.init($0)) }
    }
}
