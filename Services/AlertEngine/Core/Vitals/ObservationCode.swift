/// A LOINC code that the alert engine reads.
///
/// The raw values are part of the stored state: they are never renumbered or reused; 0 stands for "no reading".
public enum ObservationCode: UInt8, CaseIterable, Sendable {
    case respiratoryRate = 1
    case oxygenSaturationByOximetry = 2
    case oxygenSaturationArterial = 3
    case inhaledOxygenFlow = 4
    case inhaledOxygenConcentration = 5
    case systolicPressure = 6
    case heartRate = 7
    case heartRateByOximetry = 8
    case heartRateByPalpation = 9
    case levelOfConsciousness = 10
    case levelOfResponsiveness = 11
    case bodyTemperature = 12
    case oralTemperature = 13
    case rectalTemperature = 14
    case tympanicTemperature = 15
    case glucoseBloodMass = 16
    case glucoseSerumMass = 17
    case glucoseBloodMoles = 18
    case glucoseSerumMoles = 19
    case glucoseCapillaryMass = 20
    case glucoseCapillaryMoles = 21
    case glucoseInterstitialMass = 22
    case pregnancyStatus = 23

    /// The LOINC code.
    public var loinc: String { row.loinc }

    /// The parameter that a reading of this code sets.
    public var parameter: VitalParameter { row.parameter }

    /// The code that LOINC writes as `text`, or nil when it is not watched.
    public init?(loinc text: String) {
        guard let number = Self.number(of: text), let code = Self.code(number: number) else { return nil }
        self = code
    }

    /// The table of codes, one row each.
    private var row: (loinc: String, parameter: VitalParameter) {
        switch self {
        case .respiratoryRate: ("9279-1", .respirationRate)
        case .oxygenSaturationByOximetry: ("59408-5", .oxygenSaturation)
        case .oxygenSaturationArterial: ("2708-6", .oxygenSaturation)
        case .inhaledOxygenFlow: ("3151-8", .supplementalOxygen)
        case .inhaledOxygenConcentration: ("3150-0", .supplementalOxygen)
        case .systolicPressure: ("8480-6", .systolicPressure)
        case .heartRate: ("8867-4", .pulse)
        case .heartRateByOximetry: ("8889-8", .pulse)
        case .heartRateByPalpation: ("8893-0", .pulse)
        case .levelOfConsciousness: ("80288-4", .consciousness)
        case .levelOfResponsiveness: ("67775-7", .consciousness)
        case .bodyTemperature: ("8310-5", .temperature)
        case .oralTemperature: ("8331-1", .temperature)
        case .rectalTemperature: ("8332-9", .temperature)
        case .tympanicTemperature: ("8333-7", .temperature)
        case .glucoseBloodMass: ("2339-0", .glucose)
        case .glucoseSerumMass: ("2345-7", .glucose)
        case .glucoseBloodMoles: ("15074-8", .glucose)
        case .glucoseSerumMoles: ("14749-6", .glucose)
        case .glucoseCapillaryMass: ("41653-7", .glucose)
        case .glucoseCapillaryMoles: ("14743-9", .glucose)
        case .glucoseInterstitialMass: ("99504-3", .glucose)
        case .pregnancyStatus: ("82810-3", .pregnancy)
        }
    }

    /// A LOINC code without its hyphen as a number, so that a switch over integers finds it; nil when `text` has another form.
    static func number(of text: String) -> Int? {
        var number = 0
        var hyphens = 0
        var length = 0
        for byte in text.utf8 {
            length += 1
            guard length <= 12 else { return nil }
            switch byte {
            case 48...57: number = number * 10 + Int(byte) - 48
            case UInt8(ascii: "-"): hyphens += 1
            default: return nil
            }
        }
        return hyphens == 1 && length > 2 ? number : nil
    }

    /// The same table from the code's number; a test holds the two together.
    private static func code(number: Int) -> ObservationCode? {
        switch number {
        case 92_791: .respiratoryRate
        case 594_085: .oxygenSaturationByOximetry
        case 27_086: .oxygenSaturationArterial
        case 31_518: .inhaledOxygenFlow
        case 31_500: .inhaledOxygenConcentration
        case 84_806: .systolicPressure
        case 88_674: .heartRate
        case 88_898: .heartRateByOximetry
        case 88_930: .heartRateByPalpation
        case 802_884: .levelOfConsciousness
        case 677_757: .levelOfResponsiveness
        case 83_105: .bodyTemperature
        case 83_311: .oralTemperature
        case 83_329: .rectalTemperature
        case 83_337: .tympanicTemperature
        case 23_390: .glucoseBloodMass
        case 23_457: .glucoseSerumMass
        case 150_748: .glucoseBloodMoles
        case 147_496: .glucoseSerumMoles
        case 416_537: .glucoseCapillaryMass
        case 147_439: .glucoseCapillaryMoles
        case 995_043: .glucoseInterstitialMass
        case 828_103: .pregnancyStatus
        default: nil
        }
    }
}
