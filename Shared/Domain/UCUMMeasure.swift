/// Exponents of the base units m, s, g, rad, K, C, cd, and of arbitrary units, which are base units of their own.
struct UCUMDimension: Hashable, Sendable {
    var exponents: SIMD8<Int32> = .zero
    var arbitrary: [String: Int32] = [:]

    /// The letters of the facts, in the order of `exponents`.
    static let letters = "LTMACQF"

    init(length: Int32 = 0, time: Int32 = 0, mass: Int32 = 0, temperature: Int32 = 0) {
        exponents = [length, time, mass, 0, temperature, 0, 0, 0]
    }

    var isNumber: Bool { self == UCUMDimension() }

    /// This times `other` to the power of `exponent`, which the parser bounds to four digits.
    func times(_ other: UCUMDimension, power exponent: Int32) -> UCUMDimension {
        var result = self
        result.exponents &+= other.exponents &* SIMD8(repeating: exponent)
        for (code, own) in other.arbitrary {
            let sum = result.arbitrary[code, default: 0] &+ own &* exponent
            result.arbitrary[code] = sum == 0 ? nil : sum
        }
        return result
    }
}

/// A unit reduced to base units.
///
/// A value v is base = `scale` x v + `offset`; or, with a `function` f, base = `scale` x f(`step` x v).
struct UCUMMeasure: Hashable, Sendable {
    var dimension = UCUMDimension()
    /// Exponents of mole, equivalent and osmole, which UCUM counts as numbers and laboratories do not.
    var counted: SIMD4<Int32> = .zero
    var scale = ExactRational.one
    var offset = ExactRational.zero
    var function: UCUMFunction?
    var step = ExactRational.one

    /// Whether it is no special unit.
    var isRatio: Bool { function == nil && offset.isZero }

    /// The number 1.
    init() {}

    /// The base unit of the dimension that `letter` names, or nil.
    init?(base letter: String) {
        guard letter.count == 1, let index = UCUMDimension.letters.firstIndex(of: Character(letter)) else { return nil }
        dimension.exponents[UCUMDimension.letters.distance(from: UCUMDimension.letters.startIndex, to: index)] = 1
    }

    /// An arbitrary unit.
    init(arbitrary code: String) { dimension.arbitrary[code] = 1 }

    /// The measure of `unit`, by the atoms of `table`.
    init(of unit: UCUMUnit, table: UCUMTable = .standard) throws(UCUMError) {
        for part in unit.parts {
            let measure: UCUMMeasure
            var exponent = 1
            switch part.component {
            case .annotation: continue
            case .number(let digits, _):
                guard let number = ExactRational(digits), let scaled = UCUMMeasure().scaled(by: number) else {
                    throw Self.failure(.range)
                }
                measure = scaled
            case .group(let group): measure = try UCUMMeasure(of: group, table: table)
            case .atom(let prefix, let code, let power, _):
                guard let atom = table.atoms[code] else { throw Self.failure(.unknown) }
                guard let scaled = atom.measure.scaled(by: table.prefixes[prefix] ?? .one) else {
                    throw Self.failure(.range)
                }
                measure = scaled
                exponent = power ?? 1
            }
            try multiply(by: measure, power: part.divides ? -exponent : exponent)
        }
    }

    /// Multiplies. A special unit may be multiplied with a number only (UCUM section 22).
    private mutating func multiply(by other: UCUMMeasure, power exponent: Int) throws(UCUMError) {
        if !other.isRatio {
            guard exponent == 1, isRatio, dimension.isNumber, let scaled = other.scaled(by: scale) else {
                throw Self.failure(.special)
            }
            self = scaled
            return
        }
        guard isRatio || other.dimension.isNumber else { throw Self.failure(.special) }
        guard other.scale == .one || other.scale.bits * abs(exponent) <= Self.bitLimit,
            let power = other.scale.power(exponent), let scaled = scaled(by: power), scaled.scale.bits <= Self.bitLimit
        else { throw Self.failure(.range) }
        self = scaled
        let bounded = Int32(clamping: exponent)
        dimension = dimension.times(other.dimension, power: bounded)
        counted &+= other.counted &* SIMD4(repeating: bounded)
        let limit: Int32 = 1_000_000
        guard (0..<8).allSatisfy({ abs(dimension.exponents[$0]) < limit }),
            dimension.arbitrary.values.allSatisfy({ abs($0) < limit })
        else { throw Self.failure(.range) }
    }

    /// Bits of a unit's size beyond which it is not computed with: twice a double's range. What a stranger sends must be cheap.
    private static let bitLimit = 2_048

    private static func failure(_ code: UCUMError.Code) -> UCUMError { UCUMError(code, "reducing a unit") }

    /// The unit that is `factor` of this, or nil when that is out of range.
    func scaled(by factor: ExactRational) -> UCUMMeasure? {
        var result = self
        if function == nil {
            guard let product = scale.times(factor) else { return nil }
            result.scale = product
        } else {
            guard let product = step.times(factor) else { return nil }
            result.step = product
        }
        return result
    }

    /// The special unit with this proper unit.
    func special(_ function: UCUMFunction) -> UCUMMeasure? {
        var result = self
        guard let offset = function.offset else {
            result.function = function
            return result
        }
        guard let shift = ExactRational(offset)?.times(scale) else { return nil }
        result.offset = shift
        return result
    }

    /// The same, counted in moles, equivalents or osmoles instead.
    func counted(moles: Int32 = 0, equivalents: Int32 = 0, osmoles: Int32 = 0) -> UCUMMeasure {
        var result = self
        result.counted = [moles, equivalents, osmoles, 0]
        return result
    }
}
