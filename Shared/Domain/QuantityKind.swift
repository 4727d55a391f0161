/// Kinds of quantities with a canonical unit.
public enum QuantityKind: String, Sendable, CaseIterable {
    /// Temperature of a body or its surroundings.
    case temperature
    /// Mass of a body: a gram or more.
    case mass
    /// Length, height, distance: a millimetre or more.
    case length
    /// Pressure.
    case pressure
    /// Events per time.
    case rate
    /// Parts of a whole.
    case fraction
    /// Energy.
    case energy
    /// Duration, in hours or less: a time of days is as a rule an age or a course, which nobody wants in minutes.
    case duration
    /// Speed of a body: 0.1 m/s or more.
    case speed
    /// Mass for the square of a length (body-mass index): 1 kg/m2 or more.
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

    /// The kind that `unit` measures, or nil when it is none that the fleet knows.
    ///
    /// Equal dimensions are not enough: an erythrocyte sedimentation rate (mm/h) is no speed of a body, a torque no energy. So the unit must be
    /// made of the kind's own units and be of the size of a body's quantities.
    init?(of unit: UCUMUnit) {
        guard let kind = Self.counted(unit) ?? Self.measured(unit) else { return nil }
        self = kind
    }

    /// A single `%`, `{steps}` or `{step}`.
    private static func counted(_ unit: UCUMUnit) -> QuantityKind? {
        guard unit.parts.count == 1, let part = unit.parts.first, !part.divides else { return nil }
        return switch part.component {
        case .annotation("steps"), .annotation("step"): .steps
        case .atom(prefix: "", code: "%", exponent: nil, _): .fraction
        default: nil
        }
    }

    private static func measured(_ unit: UCUMUnit) -> QuantityKind? {
        guard let measure = try? UCUMMeasure(of: unit), measure.function == nil, measure.counted == .zero,
            let size = measure.scale.nearestDouble
        else { return nil }
        let properties = unit.properties
        let row = rows.first { measure.dimension == $0.dimension && properties.isSubset(of: $0.properties) }
        return row.flatMap { $0.sizes.contains(size) ? $0.kind : nil }
    }

    private struct Row: Sendable {
        let kind: QuantityKind
        let dimension: UCUMDimension
        /// Properties of the atoms that may take part.
        let properties: Set<UCUMTable.Property>
        /// The unit's size in base units (m, s, g).
        let sizes: ClosedRange<Double>
    }

    private static let rows: [Row] = [
        Row(
            kind: .temperature, dimension: UCUMDimension(temperature: 1), properties: [.temperature],
            sizes: 0...Double.infinity),
        Row(kind: .mass, dimension: UCUMDimension(mass: 1), properties: [.mass], sizes: 1...Double.infinity),
        Row(kind: .length, dimension: UCUMDimension(length: 1), properties: [.length], sizes: 0.001...Double.infinity),
        Row(
            kind: .pressure, dimension: UCUMDimension(length: -1, time: -2, mass: 1), properties: [.pressure],
            sizes: 0...Double.infinity),
        Row(
            kind: .rate, dimension: UCUMDimension(time: -1), properties: [.time, .frequency, .number],
            sizes: 0...Double.infinity),
        Row(
            kind: .energy, dimension: UCUMDimension(length: 2, time: -2, mass: 1), properties: [.energy],
            sizes: 0...Double.infinity),
        Row(kind: .duration, dimension: UCUMDimension(time: 1), properties: [.time], sizes: 0...3_600),
        Row(
            kind: .speed, dimension: UCUMDimension(length: 1, time: -1), properties: [.length, .time, .velocity],
            sizes: 0.1...Double.infinity),
        Row(
            kind: .areaDensity, dimension: UCUMDimension(length: -2, mass: 1), properties: [.mass, .length],
            sizes: 1_000...Double.infinity),
    ]
}

extension UCUMUnit {
    /// The properties of all its atoms.
    var properties: Set<UCUMTable.Property> {
        var result: Set<UCUMTable.Property> = []
        for part in parts {
            switch part.component {
            case .atom(_, let code, _, _): result.insert(UCUMTable.standard.atoms[code]?.property ?? .other)
            case .group(let unit): result.formUnion(unit.properties)
            case .number, .annotation: break
            }
        }
        return result
    }
}
