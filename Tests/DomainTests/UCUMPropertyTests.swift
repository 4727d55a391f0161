import Testing

@testable import Domain

@Suite("Laws of units hold for units nobody thought of")
struct UCUMPropertyTests {
    private static let seed: UInt64 = 20_240_617

    @Test("Every fact of the table is read and reduced to base units")
    func table() {
        let lines = UCUM.atomFacts.split(separator: "\n")
        #expect(UCUMTable.standard.atoms.count == lines.count)
        #expect(lines.count == 312)
        #expect(UCUMTable.standard.prefixes.count == 24)
        let unread = lines.map { String($0.split(separator: " ")[0]) }.filter { UCUMTable.standard.atoms[$0] == nil }
        #expect(unread == [])
    }

    @Test("Printing and parsing are inverse")
    func printing() throws {
        print("seed \(Self.seed)")
        var units = RandomUnits(seed: Self.seed)
        for _ in 0..<1_500 {
            let unit = units.unit(depth: 3)
            guard unit.description.utf8.count <= UCUMParser.lengthLimit else { continue }
            let parsed = try UCUMUnit(parsing: unit.description)
            #expect(parsed == unit, "\(unit)")
        }
    }

    @Test("There and back again is the same number, exactly")
    func roundTrips() throws {
        print("seed \(Self.seed)")
        var units = RandomUnits(seed: Self.seed &+ 1)
        let atoms = UCUMTable.standard.atoms.values.filter { $0.measure.function == nil }.sorted { $0.code < $1.code }
        var conversions = 0
        for source in atoms {
            for target in atoms where source.measure.dimension == target.measure.dimension {
                // Every third pair: there are thousands of lengths, masses and numbers.
                guard units.number(below: 3) == 0 else { continue }
                let text = units.decimal()
                let value = try #require(ExactRational(text))
                let there = try UCUM.convertExactly(value, from: source.code, to: target.code)
                let back = try UCUM.convertExactly(there, from: target.code, to: source.code)
                #expect(back == value, "\(text) \(source.code) \(target.code)")
                conversions += 1
            }
        }
        #expect(conversions > 1_000)
    }

    @Test("The quick way and the exact way give the same double, bit for bit")
    func quickness() throws {
        print("seed \(Self.seed)")
        var units = RandomUnits(seed: Self.seed &+ 2)
        let pairs = [
            ("[degF]", "Cel"), ("Cel", "[degF]"), ("[lb_av]", "kg"), ("mm[Hg]", "kPa"), ("kPa", "mm[Hg]"), ("h", "min"),
            ("[in_i]", "cm"), ("ug/L", "mg/dL"), ("[mi_us]", "km"), ("[Btu_IT]", "kcal"), ("m", "[ly]"), ("mol", "1"),
        ]
        for round in 0..<2_000 {
            let (source, target) = pairs[units.number(below: pairs.count)]
            let text = units.decimal()
            let quick = try UCUM.convert(text, from: source, to: target)
            let exact = try UCUM.convertExactly(text, from: source, to: target)
            #expect(quick.bitPattern == (exact.nearestDouble ?? .nan).bitPattern, "\(text) \(source) \(target)")
            // strtod is correctly rounded; 200 digits are more than these quotients need to tell on which side of a half they lie.
            guard round % 20 == 0 else { continue }
            #expect(quick == Double(exact.decimal(digits: 200)), "\(text) \(source) \(target)")
        }
    }

    @Test("To be commensurable is an equivalence")
    func equivalence() throws {
        print("seed \(Self.seed)")
        var units = RandomUnits(seed: Self.seed &+ 3)
        var some = (0..<24).map { _ in units.unit(depth: 1) }.filter(\.isComputable)
        some += try ["m", "km", "[in_i]", "s", "g/L", "kg/m3", "mol/L", "/L", "1", "%", "Cel", "K", "[iU]", "[IU]"].map
        {
            try UCUMUnit(parsing: $0)
        }
        for a in some {
            #expect(a.isCommensurable(with: a))
            for b in some {
                let related = a.isCommensurable(with: b)
                #expect(related == b.isCommensurable(with: a))
                guard related else { continue }
                for c in some where b.isCommensurable(with: c) { #expect(a.isCommensurable(with: c)) }
            }
        }
    }

    @Test("Rounding to a double is right at its edges")
    func rounding() {
        let halfway = "9007199254740993"  // 2^53 + 1: between two doubles, the even one is below
        #expect(ExactRational(halfway)?.nearestDouble == 9_007_199_254_740_992)
        #expect(ExactRational(halfway + ".0000000000000000000000000001")?.nearestDouble == 9_007_199_254_740_994)
        for text in [
            "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "7.4e-324",
            "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308", "1.7976931348623158e308",
            "0.1", "1e23", "8.5e-320", "-5e-324", "1e-400", "123456789012345678901234567890e-20",
        ] {
            #expect(ExactRational(text)?.nearestDouble == Double(text), "\(text)")
        }
        #expect(ExactRational("1.7976931348623159e308")?.nearestDouble == nil)
        #expect(ExactRational("1e309")?.nearestDouble == nil)
    }

    @Test("Decimals are written with the digits asked for, the last one rounded half to even")
    func decimals() throws {
        for (text, digits, written) in [
            ("0.5", 30, "0.5"), ("1e21", 30, "1e21"), ("123456", 3, "123000"), ("0.000125", 2, "0.00012"),
            ("0.000135", 2, "0.00014"), ("999.9", 3, "1000"), ("-2.5", 1, "-2"), ("1e-30", 5, "1e-30"),
            ("1.25e-30", 9, "1.25e-30"), ("0", 5, "0"), ("100", 9, "100"), ("7", 1, "7"),
        ] {
            #expect(try #require(ExactRational(text)).decimal(digits: digits) == written)
        }
        #expect(ExactRational(.one, ExactNatural(3))?.decimal(digits: 5) == "0.33333")
    }

    @Test("Division of large numbers satisfies n = q d + r with r < d")
    func division() {
        print("seed \(Self.seed)")
        var units = RandomUnits(seed: Self.seed &+ 4)
        for _ in 0..<2_000 {
            let dividend = units.natural(limbs: 1 + units.number(below: 12))
            let divisor = units.natural(limbs: 1 + units.number(below: 6))
            guard !divisor.isZero else { continue }
            let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
            #expect(remainder < divisor)
            #expect(quotient * divisor + remainder == dividend)
            #expect(ExactNatural(digits: dividend.description.utf8) == dividend)
        }
    }
}

/// Units, numbers and decimals from a seed.
private struct RandomUnits {
    private var generator: SeededGenerator
    private let metric: [String]
    private let plain: [String]
    private let prefixes: [String]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let atoms = UCUMTable.standard.atoms.values.sorted { $0.code < $1.code }
        metric = atoms.filter(\.isMetric).map(\.code)
        plain = atoms.map(\.code)
        prefixes = UCUMTable.standard.prefixes.keys.sorted()
    }

    mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    mutating func unit(depth: Int) -> UCUMUnit {
        var parts: [UCUMUnit.Part] = []
        for place in 0...number(below: 4) {
            // A leading solidus is for the whole unit only.
            let divides = place == 0 ? depth == 3 && number(below: 4) == 0 : number(below: 2) == 0
            parts.append(UCUMUnit.Part(divides: divides, component: component(depth: depth)))
        }
        return UCUMUnit(parts: parts)
    }

    private mutating func component(depth: Int) -> UCUMUnit.Component {
        let note = number(below: 4) == 0 ? ["a", "1.73_m2", "x/(y)", ""][number(below: 4)] : nil
        switch number(below: 10) {
        case 0: return .annotation(note ?? "beats")
        case 1: return .number(String(number(below: 3_000)), annotation: note)
        case 2 where depth > 0: return .group(unit(depth: depth - 1 == 3 ? 2 : depth - 1))
        default:
            let power = [nil, nil, 2, -1, -2, 3, 0][number(below: 7)]
            if number(below: 2) == 0 {
                let (prefix, code) = (prefixes[number(below: prefixes.count)], metric[number(below: metric.count)])
                // `cd` is the candela, not a centiday: such a symbol reads as the atom.
                if let split = UCUMTable.standard.split(symbol: prefix + code), split == (prefix, code) {
                    return .atom(prefix: prefix, code: code, exponent: power, annotation: note)
                }
            }
            return .atom(prefix: "", code: plain[number(below: plain.count)], exponent: power, annotation: note)
        }
    }

    mutating func decimal() -> String {
        let digits = String((0...number(below: 17)).map { _ in Character("\(number(below: 10))") })
        let sign = number(below: 3) == 0 ? "-" : ""
        switch number(below: 4) {
        case 0: return sign + digits
        case 1: return sign + digits + "e\(number(below: 40) - 20)"
        default: return sign + "\(number(below: 1_000)).\(digits)"
        }
    }

    mutating func natural(limbs: Int) -> ExactNatural {
        (0..<limbs).reduce(.zero) { sum, _ in
            // Limbs of all ones and all zeros are where a division's guess goes wrong.
            let limb: UInt64 = [0, 0xFFFF_FFFF, 0x8000_0000, generator.next() >> 32][Int(generator.next() & 3)]
            return (sum << 32) + ExactNatural(limb)
        }
    }
}
