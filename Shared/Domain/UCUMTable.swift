/// The prefixes and unit atoms of UCUM, read once from the facts, with every atom reduced to base units.
struct UCUMTable: Sendable {
    /// What a canonical unit or a laboratory's convention hangs on.
    enum Property: String, Sendable {
        case time, mass, length, pressure, energy, temperature, velocity, frequency, number
        case moles, equivalents, osmoles
        case other = "-"
    }

    /// An atom in base units.
    struct Atom: Sendable {
        let code: String
        let isMetric: Bool
        let property: Property
        let measure: UCUMMeasure
    }

    let prefixes: [String: ExactRational]
    let atoms: [String: Atom]
    /// Case-sensitive codes by case-insensitive ones, for a table that reads those; else nil.
    private var spelled: (prefixes: [String: String], atoms: [String: String])?

    /// UCUM's own.
    static let standard = UCUMTable(prefixes: UCUM.prefixFacts, atoms: UCUM.atomFacts)

    /// The same, for codes of the case-insensitive variant in capitals. Where two atoms share one (`l` and `L`), they are the same unit, and the
    /// later is the usual spelling.
    static let caseInsensitive: UCUMTable = {
        var table = standard
        func codes(_ facts: String) -> [String: String] {
            Dictionary(
                facts.split(separator: "\n").map { $0.split(separator: " ").prefix(2).map(String.init) }
                    .filter { $0.count == 2 }.map { ($0[1].uppercased(), $0[0]) },
                uniquingKeysWith: { _, last in last })
        }
        table.spelled = (codes(UCUM.prefixFacts), codes(UCUM.atomFacts))
        return table
    }()

    /// Prefix (or none) and atom of a symbol; an atom by itself goes before a prefix with a metric atom.
    func split(symbol: String) -> (prefix: String, code: String)? {
        if let code = atomCode(symbol) { return ("", code) }
        for length in [3, 2, 1] {
            guard let code = atomCode(String(symbol.dropFirst(length))), atoms[code]?.isMetric == true,
                let prefix = prefixCode(String(symbol.prefix(length)))
            else { continue }
            return (prefix, code)
        }
        return nil
    }

    private func atomCode(_ text: String) -> String? {
        let code = spelled.map { $0.atoms[text] } ?? text
        return code.flatMap { atoms[$0] == nil ? nil : $0 }
    }

    private func prefixCode(_ text: String) -> String? {
        let code = spelled.map { $0.prefixes[text] } ?? text
        return code.flatMap { prefixes[$0] == nil ? nil : $0 }
    }

    /// An atom's definition as the facts state it.
    private struct Definition {
        let flags: [Substring]
        let factor: ExactRational
        let unit: String
        let property: Property

        var function: UCUMFunction? {
            flags.lazy.compactMap { flag in
                flag.hasPrefix("special:") ? UCUMFunction(rawValue: String(flag.dropFirst(8))) : nil
            }.first
        }
    }

    /// A line that is not of the form is left out; a test counts that there is none.
    init(prefixes prefixText: String, atoms atomText: String) {
        var prefixes: [String: ExactRational] = [:]
        for line in prefixText.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count == 3 { prefixes[String(fields[0])] = ExactRational(String(fields[2])) }
        }
        var definitions: [String: Definition] = [:]
        for line in atomText.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 6, let factor = ExactRational(String(fields[3])) else { continue }
            definitions[String(fields[0])] = Definition(
                flags: fields[2].split(separator: ","), factor: factor, unit: String(fields[4]),
                property: Property(rawValue: String(fields[5])) ?? .other)
        }
        self.prefixes = prefixes
        var atoms: [String: Atom] = [:]
        // Definitions name each other: each round resolves those whose parts are known, in fewer than ten rounds.
        while true {
            let known = UCUMTable(prefixes: prefixes, atoms: atoms)
            let count = atoms.count
            for (code, definition) in definitions where atoms[code] == nil {
                atoms[code] = known.atom(code, definition)
            }
            if atoms.count == count { break }
        }
        self.atoms = atoms
    }

    private init(prefixes: [String: ExactRational], atoms: [String: Atom]) {
        self.prefixes = prefixes
        self.atoms = atoms
    }

    private func atom(_ code: String, _ definition: Definition) -> Atom? {
        guard let measure = measure(code, definition) else { return nil }
        return Atom(
            code: code, isMetric: definition.flags.contains("metric"), property: definition.property, measure: measure)
    }

    private func measure(_ code: String, _ definition: Definition) -> UCUMMeasure? {
        if definition.flags.contains("base") { return UCUMMeasure(base: definition.unit) }
        if definition.flags.contains("arbitrary"), definition.unit == "1" { return UCUMMeasure(arbitrary: code) }
        var parser = UCUMParser(definition.unit, table: self)
        guard let unit = try? parser.unit(), let defining = try? UCUMMeasure(of: unit, table: self),
            let scaled = defining.scaled(by: definition.factor)
        else { return nil }
        if let function = definition.function { return scaled.special(function) }
        switch definition.property {
        case .moles: return scaled.counted(moles: 1)
        case .equivalents: return scaled.counted(equivalents: 1)
        case .osmoles: return scaled.counted(osmoles: 1)
        default: return scaled
        }
    }
}
