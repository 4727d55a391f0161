/// A unit as UCUM's case-sensitive grammar writes it. Printing and parsing are inverse: `UCUMUnit(parsing: unit.description) == unit`.
///
///     let unit = try UCUMUnit(parsing: "mL/min/{1.73_m2}")
public struct UCUMUnit: Hashable, Sendable {
    /// A factor of a product, or a divisor.
    struct Part: Hashable, Sendable {
        /// Whether a solidus stands before it.
        let divides: Bool
        let component: Component
    }

    /// What stands between the signs.
    enum Component: Hashable, Sendable {
        /// An atom with its prefix and exponent, e.g. `m` `m` `3`; and an annotation.
        case atom(prefix: String, code: String, exponent: Int?, annotation: String?)
        /// A natural number in digits without leading zeros.
        case number(String, annotation: String?)
        /// An annotation alone, which means 1.
        case annotation(String)
        /// A term in parentheses.
        case group(UCUMUnit)
    }

    /// At least one; the first divides when the text begins with a solidus.
    let parts: [Part]

    init(parts: [Part]) { self.parts = parts }

    /// The unit that `text` writes. Names of atoms and prefixes are looked up; whether the unit can be computed with is
    /// another question: see ``isComputable``.
    ///
    /// At most 512 bytes, 32 levels of parentheses, exponents of 4 digits.
    public init(parsing text: String) throws(UCUMError) {
        var parser = UCUMParser(text)
        self = try parser.unit()
    }

    /// Whether it has a value to compute with: no power or product of units on non-ratio scales, no number out of range.
    public var isComputable: Bool { (try? UCUMMeasure(of: self)) != nil }

    /// Whether values in this unit can be expressed in `other`: equal dimensions, and the same arbitrary units if any.
    ///
    /// An equivalence on computable units. As in UCUM, annotations mean 1 and a mole is a number.
    public func isCommensurable(with other: UCUMUnit) -> Bool {
        guard let here = try? UCUMMeasure(of: self), let there = try? UCUMMeasure(of: other) else { return false }
        return here.dimension == there.dimension
    }
}

extension UCUMUnit: CustomStringConvertible {
    /// The UCUM code, as short as it can be written without changing its parts.
    public var description: String {
        var text = ""
        for (place, part) in parts.enumerated() {
            if part.divides { text += "/" } else if place > 0 { text += "." }
            switch part.component {
            case .atom(let prefix, let code, let exponent, let annotation):
                text += prefix + code + (exponent.map { String($0) } ?? "") + (annotation.map { "{\($0)}" } ?? "")
            case .number(let digits, let annotation): text += digits + (annotation.map { "{\($0)}" } ?? "")
            case .annotation(let annotation): text += "{\(annotation)}"
            case .group(let unit): text += "(\(unit))"
            }
        }
        return text
    }
}
