import Synchronization

/// Units of the Unified Code for Units of Measure (UCUM 2.2, https://ucum.org), case-sensitive, and their exact conversion.
///
/// Any code of UCUM's grammar is parsed, any two commensurable units are converted, and every quantity of a kind that the fleet knows gets
/// one canonical unit. Arithmetic is rational, without rounding until the last step, which gives the nearest double; only logarithmic and
/// other non-linear scales (pH, B, Np, ...) go through doubles, see ``UCUMFunction``. `[pi]` is UCUM's own, of 64 decimals.
///
///     UCUM.canonical("98.6", unit: "[degF]")                      // 37 Cel
///     UCUM.canonical("5.5", unit: "mmol/L", code: "2345-7")       // 99.0858 mg/dL, glucose
///     try UCUM.convert("1", from: "[lb_av]", to: "g")             // 453.59237
public enum UCUM {
    /// The code system's URI.
    public static let system = "http://unitsofmeasure.org"

    /// The canonical form of the decimal number `text` in `unit`.
    ///
    /// The canonical unit is the kind's (Cel, kg, m, mm[Hg], /min, %, kcal, min, m/s, {steps}), or the one that `code`, the LOINC or Open mHealth
    /// code of what was measured, prefers (height in cm, R-R interval in ms, haemoglobin in g/dL). Mass and substance concentration are
    /// converted into each other only when `code` is in the table of analytes, and then to the unit of the property that the code names.
    /// A unit that is not UCUM's, or of no kind that the fleet knows, is kept as it is: nothing is guessed.
    /// The arithmetic is exact and rounded once, to the nearest double. Returns nil when `text` is no decimal number or outside a double's range.
    public static func canonical(_ text: String, unit: String, code: String = "") -> CanonicalQuantity? {
        guard let decimal = ExactDecimal(text) else { return nil }
        guard let target = CanonicalTargets.shared.target(of: unit, code: code) else {
            return Double(text).flatMap {
                $0.isFinite ? CanonicalQuantity(value: $0, unit: unit, isConverted: false) : nil
            }
        }
        let isIdentity = target.conversion.isIdentity
        let value = isIdentity ? Double(text).flatMap { $0.isFinite ? $0 : nil } : target.conversion.apply(to: decimal)
        return value.map { CanonicalQuantity(value: $0, unit: target.unit, isConverted: !isIdentity) }
    }

    /// The kind of quantity that `unit` measures, or nil when it is none that the fleet knows.
    public static func kind(of unit: String) -> QuantityKind? {
        (try? UCUMUnit(parsing: unit)).flatMap { QuantityKind(of: $0) }
    }

    /// Whether `unit` is a code of UCUM.
    public static func isValid(_ unit: String) -> Bool { (try? UCUMUnit(parsing: unit)) != nil }

    /// Whether both are codes of UCUM and measure the same thing: see ``UCUMUnit/isCommensurable(with:)``.
    public static func isCommensurable(_ one: String, _ other: String) -> Bool {
        guard let here = try? UCUMUnit(parsing: one), let there = try? UCUMUnit(parsing: other) else { return false }
        return here.isCommensurable(with: there)
    }

    /// The decimal number `text` in `source`, expressed in `target`: the nearest double to the exact value.
    public static func convert(_ text: String, from source: String, to target: String) throws(UCUMError) -> Double {
        let conversion = try conversion(from: source, to: target)
        guard let decimal = ExactDecimal(text), let value = conversion.apply(to: decimal) else {
            throw UCUMError(.value, "converting a value")
        }
        return value
    }

    /// The exact value of the decimal number `text` in `source`, expressed in `target`.
    ///
    /// Throws `unit-special` when a scale that is not linear stands between the two.
    public static func convertExactly(
        _ text: String, from source: String, to target: String
    ) throws(UCUMError) -> ExactRational {
        guard let value = ExactRational(text) else { throw UCUMError(.value, "converting a value") }
        return try convertExactly(value, from: source, to: target)
    }

    /// The exact value of `value` in `source`, expressed in `target`.
    ///
    /// Throws `unit-special` when a scale that is not linear stands between the two.
    public static func convertExactly(
        _ value: ExactRational, from source: String, to target: String
    ) throws(UCUMError) -> ExactRational {
        guard let exact = try conversion(from: source, to: target).exact(value) else {
            throw UCUMError(.special, "converting a value")
        }
        return exact
    }

    private static func conversion(from source: String, to target: String) throws(UCUMError) -> UCUMConversion {
        let here = try UCUMMeasure(of: UCUMUnit(parsing: source))
        let there = try UCUMMeasure(of: UCUMUnit(parsing: target))
        guard let conversion = UCUMConversion(from: here, to: there) else {
            throw UCUMError(.incommensurable, "converting a value")
        }
        return conversion
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

/// The canonical unit and the conversion to it, for each unit and code that has been asked for.
final class CanonicalTargets: Sendable {
    struct Target: Sendable {
        let conversion: UCUMConversion
        let unit: String
    }

    private struct Key: Hashable {
        let unit: String
        let code: String
    }

    static let shared = CanonicalTargets()

    /// Entries kept. Units come from senders, who may send any number of them: a full table is emptied.
    static let limit = 4_096

    private let known = Mutex<[Key: Target?]>([:])

    /// The canonical unit of `unit` for what `code` names, or nil when the quantity is kept as it is.
    func target(of unit: String, code: String) -> Target? {
        let key = Key(unit: unit, code: code)
        if let found = known.withLock({ $0[key] }) { return found }
        let target = UCUM.target(of: unit, code: code)
        known.withLock { table in
            if table.count >= Self.limit { table.removeAll(keepingCapacity: true) }
            // Longer texts than any unit are not worth their memory.
            if unit.utf8.count <= UCUMParser.lengthLimit, code.utf8.count <= 64 { table[key] = .some(target) }
        }
        return target
    }
}
