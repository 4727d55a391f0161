#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The functions of UCUM's special units (section 4.5 and the tables' definitions): between a value on the unit's scale and the value in
/// its proper unit. The raw value is the name in the facts.
///
/// Temperatures are linear and exact; they are not here but offsets (``offset``). The others go through doubles: a conversion is within
/// 1e-13 of the exact value, relative, for levels and potencies up to 300.
enum UCUMFunction: String, Sendable {
    case celsius = "Cel"
    case fahrenheit = "degF"
    case reaumur = "degRe"
    case potentialOfHydrogen = "pH"
    case naturalLogarithm = "ln"
    case decimalLogarithm = "lg"
    case twiceDecimalLogarithm = "lgTimes2"
    case binaryLogarithm = "ld"
    /// Of an angle in rad.
    case prismDioptre = "tanTimes100"
    /// Of an angle in deg, as the facts have it; the same angle.
    case slope = "100tan"
    case decimalPotency = "hpX"
    case centesimalPotency = "hpC"
    case millesimalPotency = "hpM"
    case quintamillesimalPotency = "hpQ"
    case squareRoot = "sqrt"

    /// What is added to a value on the unit's scale to begin at zero; nil for scales that are not linear.
    var offset: String? {
        switch self {
        case .celsius: "273.15"
        case .fahrenheit: "459.67"
        case .reaumur: "218.52"
        default: nil
        }
    }

    /// From the unit's scale to the proper unit.
    func proper(of value: Double) -> Double {
        switch self {
        case .celsius, .fahrenheit, .reaumur: value
        case .potentialOfHydrogen, .decimalPotency: pow(10, -value)
        case .naturalLogarithm: exp(value)
        case .decimalLogarithm: pow(10, value)
        case .twiceDecimalLogarithm: pow(10, value / 2)
        case .binaryLogarithm: exp2(value)
        case .prismDioptre: atan(value / 100)
        case .slope: atan(value / 100) * 180 / .pi
        case .centesimalPotency: pow(100, -value)
        case .millesimalPotency: pow(1_000, -value)
        case .quintamillesimalPotency: pow(50_000, -value)
        case .squareRoot: value * value
        }
    }

    /// From the proper unit to the unit's scale; not a number where the scale has no value.
    func value(ofProper proper: Double) -> Double {
        switch self {
        case .celsius, .fahrenheit, .reaumur: proper
        case .potentialOfHydrogen, .decimalPotency: -log10(proper)
        case .naturalLogarithm: log(proper)
        case .decimalLogarithm: log10(proper)
        case .twiceDecimalLogarithm: 2 * log10(proper)
        case .binaryLogarithm: log2(proper)
        case .prismDioptre: 100 * tan(proper)
        case .slope: 100 * tan(proper * .pi / 180)
        case .centesimalPotency: -log10(proper) / 2
        case .millesimalPotency: -log10(proper) / 3
        case .quintamillesimalPotency: -log(proper) / log(50_000)
        case .squareRoot: proper.squareRoot()
        }
    }
}
