/// Units of the Unified Code for Units of Measure (UCUM 2.1) that vital signs, laboratories and wearables use, and their exact conversion
/// to one canonical unit per kind of quantity.
///
/// A unit that the table does not know is kept as it is: nothing is guessed. UCUM is case-sensitive, and so is this.
///
///     UCUM.canonical("98.6", unit: "[degF]")                      // 37 Cel
///     UCUM.canonical("5.5", unit: "mmol/L", code: "2345-7")       // 99.0858 mg/dL, glucose
public enum UCUM {
    /// The code system's URI.
    public static let system = "http://unitsofmeasure.org"

    /// The canonical form of the decimal number `text` in `unit`.
    ///
    /// The canonical unit is the kind's (Cel, kg, m, mm[Hg], /min, %, kcal, min, m/s, {steps}), or the one that `code`, the LOINC or Open mHealth
    /// code of what was measured, prefers (height in cm, R-R interval in ms). A concentration is converted only when `code` is in the table of
    /// analytes, and then to the unit of the property that the code names (mass or substance concentration).
    /// The arithmetic is exact and rounded once, to the nearest double. Returns nil when `text` is no decimal number or outside a double's range.
    public static func canonical(_ text: String, unit: String, code: String = "") -> CanonicalQuantity? {
        guard let decimal = ExactDecimal(text) else { return nil }
        guard let conversion = conversion(from: unit, code: code) else {
            return Double(text).flatMap {
                $0.isFinite ? CanonicalQuantity(value: $0, unit: unit, isConverted: false) : nil
            }
        }
        guard let value = conversion.scale.apply(to: decimal, text: text) else { return nil }
        return CanonicalQuantity(value: value, unit: conversion.unit, isConverted: !conversion.scale.isIdentity)
    }

    /// The kind of quantity that `unit` measures, or nil when the unit is not in the table.
    public static func kind(of unit: String) -> QuantityKind? {
        units[unit]?.kind
    }

    private static func conversion(from unit: String, code: String) -> (scale: UnitScale, unit: String)? {
        if let analyte = analytes[code] { return analyte.conversion(from: unit) }
        guard let known = units[unit] else { return nil }
        let target =
            preferredUnits[code].flatMap { units[$0]?.kind == known.kind ? $0 : nil } ?? known.kind.canonicalUnit
        guard target != known.kind.canonicalUnit, let preferred = units[target] else { return (known.scale, target) }
        return (known.scale.divided(by: preferred.scale), target)
    }
}

/// A quantity in its kind's canonical unit.
public struct CanonicalQuantity: Equatable, Sendable {
    /// The number, the nearest double to the exact value.
    public let value: Double
    /// The UCUM code of the unit; the given one when that is not in the table.
    public let unit: String
    /// Whether the number was changed by the conversion (a mere respelling of the unit changes none).
    public let isConverted: Bool
}

/// Kinds of quantities with a canonical unit.
public enum QuantityKind: String, Sendable, CaseIterable {
    /// Temperature of a body or its surroundings.
    case temperature
    /// Mass of a body.
    case mass
    /// Length, height, distance.
    case length
    /// Pressure.
    case pressure
    /// Events per time.
    case rate
    /// Parts of a whole.
    case fraction
    /// Energy.
    case energy
    /// Duration.
    case duration
    /// Speed.
    case speed
    /// Mass for the square of a length (body-mass index).
    case areaDensity
    /// Counted steps.
    case steps

    /// The UCUM code of the unit that all units of the kind are converted to.
    public var canonicalUnit: String {
        switch self {
        case .temperature: "Cel"
        case .mass: "kg"
        case .length: "m"
        case .pressure: "mm[Hg]"
        case .rate: "/min"
        case .fraction: "%"
        case .energy: "kcal"
        case .duration: "min"
        case .speed: "m/s"
        case .areaDensity: "kg/m2"
        case .steps: "{steps}"
        }
    }
}
