import Domain
import Testing

/// A conversion whose answer is published or defined.
struct KnownConversion: Sendable, CustomTestStringConvertible {
    let value: String
    let from: String
    let to: String
    /// The exact answer, or the published one to as many digits as it has.
    let answer: String
    /// Where the answer comes from.
    let source: String

    var testDescription: String { "\(value) \(from) = \(answer) \(to) (\(source))" }

    init(_ value: String, _ from: String, _ answer: String, _ to: String, _ source: String) {
        self.value = value
        self.from = from
        self.to = to
        self.answer = answer
        self.source = source
    }
}

@Suite("Conversions give the published answers, exactly")
struct UCUMKnownAnswerTests {
    /// NIST Special Publication 811 (2008), appendix B.8; factors set there in bold type are exact.
    static let nist: [KnownConversion] = [
        .init("1", "atm", "101325", "Pa", "SP 811 B.8, atmosphere, standard"),
        .init("1", "bar", "100000", "Pa", "SP 811 B.8, bar"),
        .init("1", "[psi]", "6.894757", "kPa", "SP 811 B.8, pound-force per square inch"),
        .init("1", "cal_th", "4.184", "J", "SP 811 B.8, calorie th"),
        .init("1", "cal_IT", "4.1868", "J", "SP 811 B.8, calorie IT"),
        .init("1", "kcal_th", "4184", "J", "SP 811 B.8, kilocalorie th"),
        .init("1", "[Btu_IT]", "1055.056", "J", "SP 811 B.8, British thermal unit IT"),
        .init("1", "[Btu_th]", "1054.350", "J", "SP 811 B.8, British thermal unit th"),
        .init("1", "dyn", "0.00001", "N", "SP 811 B.8, dyne"),
        .init("1", "erg", "1e-7", "J", "SP 811 B.8, erg"),
        .init("1", "[ft_i]", "0.3048", "m", "SP 811 B.8, foot"),
        .init("1", "[in_i]", "2.54", "cm", "SP 811 B.8, inch"),
        .init("1", "[yd_i]", "0.9144", "m", "SP 811 B.8, yard"),
        .init("1", "[mi_i]", "1609.344", "m", "SP 811 B.8, mile"),
        .init("1", "[nmi_i]", "1852", "m", "SP 811 B.8, mile, nautical"),
        .init("1", "[mi_i]/h", "0.44704", "m/s", "SP 811 B.8, mile per hour"),
        .init("1", "[kn_i]", "0.5144444", "m/s", "SP 811 B.8, knot"),
        .init("1", "[lb_av]", "0.45359237", "kg", "SP 811 B.8, pound avoirdupois"),
        .init("1", "[oz_av]", "28.34952", "g", "SP 811 B.8, ounce avoirdupois"),
        .init("1", "[oz_tr]", "31.10348", "g", "SP 811 B.8, ounce troy"),
        .init("1", "[gr]", "64.79891", "mg", "SP 811 B.8, grain"),
        .init("1", "[car_m]", "0.2", "g", "SP 811 B.8, carat, metric"),
        .init("1", "[stone_av]", "6.35029318", "kg", "SP 811 B.8, 14 pounds"),
        .init("1", "[gal_us]", "3.785412", "L", "SP 811 B.8, gallon (U.S.)"),
        .init("1", "[gal_br]", "4.54609", "L", "SP 811 B.8, gallon (Imperial)"),
        .init("1", "[foz_us]", "29.57353", "mL", "SP 811 B.8, fluid ounce (U.S.)"),
        .init("1", "[foz_br]", "28.41306", "mL", "SP 811 B.8, ounce (Imperial fluid)"),
        .init("1", "[pt_us]", "0.4731765", "L", "SP 811 B.8, pint (U.S. liquid)"),
        .init("1", "[qt_us]", "0.9463529", "L", "SP 811 B.8, quart (U.S. liquid)"),
        .init("1", "[tsp_us]", "4.928922", "mL", "SP 811 B.8, teaspoon"),
        .init("1", "[tbs_us]", "14.78676", "mL", "SP 811 B.8, tablespoon"),
        .init("1", "[cup_us]", "0.2365882", "L", "SP 811 B.8, cup (U.S.)"),
        .init("1", "[acr_us]", "4046.873", "m2", "SP 811 B.8, acre (U.S. survey foot)"),
        .init("1", "[ft_us]", "0.3048006", "m", "SP 811 B.8, foot (U.S. survey)"),
        .init("1", "[lbf_av]", "4.448222", "N", "SP 811 B.8, pound-force"),
        .init("1", "gf", "0.00980665", "N", "SP 811 B.8, kilogram-force / 1000"),
        .init("1", "[HP]", "745.6999", "W", "SP 811 B.8, horsepower (550 ft lbf/s)"),
        .init("1", "Ci", "3.7e10", "Bq", "SP 811 B.8, curie"),
        .init("1", "R", "0.000258", "C/kg", "SP 811 B.8, roentgen"),
        .init("1", "RAD", "0.01", "Gy", "SP 811 B.8, rad"),
        .init("1", "REM", "0.01", "Sv", "SP 811 B.8, rem"),
        .init("1", "P", "0.1", "Pa.s", "SP 811 B.8, poise"),
        .init("1", "St", "0.0001", "m2/s", "SP 811 B.8, stokes"),
        .init("1", "G", "0.0001", "T", "SP 811 B.8, gauss"),
        .init("1", "Oe", "79.57747", "A/m", "SP 811 B.8, oersted"),
        .init("1", "deg", "0.01745329", "rad", "SP 811 B.8, degree"),
        .init("1", "gon", "0.01570796", "rad", "SP 811 B.8, gon"),
        .init("1", "circ", "6.283185", "rad", "SP 811 B.8, revolution"),
        .init("1", "kW.h", "3.6", "MJ", "SP 811 B.8, kilowatt hour"),
        .init("1", "Ao", "0.1", "nm", "SP 811 B.8, angstrom"),
        .init("1", "[pca]", "4.233333", "mm", "SP 811 B.8, pica (computer)"),
    ]

    /// UCUM functional tests of 3 February 2021, section "conversion" (their id).
    static let functional: [KnownConversion] = [
        .init("6.3", "m", "6.3", "m", "UCUM 3-101"), .init("6.3", "mm", "0.0063", "m", "UCUM 3-102"),
        .init("6.3", "mm", "0.63", "cm", "UCUM 3-103"), .init("6.3", "s.m-1", "6.3", "s/m", "UCUM 3-104"),
        .init("6.3", "s.mm-1", "6300", "s.m-1", "UCUM 3-105"), .init("6.3", "s.mm-2", "6300000", "s.m-2", "UCUM 3-106"),
        .init("6.3", "s/m/g", "6.3", "s.m-1.g-1", "UCUM 3-108"),
        .init("6.3", "ms/m/g", "0.0063", "s.m-1.g-1", "UCUM 3-109"),
        .init("6.3", "s/mm/g", "6300", "s.m-1.g-1", "UCUM 3-110"),
        .init("6.3", "s/m/mg", "6300", "s.m-1.g-1", "UCUM 3-111"),
        .init("6.3", "s/m.mg", "0.0063", "s.m-1.g", "UCUM 3-111a"),
        .init("6.30", "4.s/m", "25.2", "s/m", "UCUM 3-114"), .init("6.3", "s/4/m", "1.6", "s/m", "UCUM 3-115"),
        .init("6.3", "ms/mm", "6.3", "s/m", "UCUM 3-117"), .init("6.30", "[in_i]", "0.160", "m", "UCUM 3-118"),
        .init("6.3", "g.m.s-2.A-2", "6.3", "g.m.C-2", "UCUM 3-120"), .init("1", "10*-7.s", "1e-7", "s", "UCUM 3-121"),
        .init("1", "4.[pi].10*-7.s", "0.00000125663706143591729538506", "s", "UCUM 3-122"),
        .init("1", "[mu_0]", "0.00125663706143591729538506", "g.m.C-2", "UCUM 3-124"),
        .init("1", "m[Hg]", "133322000", "g.s-2.m-1", "UCUM 3-125"),
        .init("1", "S", "0.001", "g-1.m-2.C2.s", "UCUM 3-126"),
        .init("1", "[ly]", "946073047258080000", "cm", "UCUM 3-127"),
        .init("1", "1/[ly]", "1.05700083402461546370946e-18", "cm-1", "UCUM 3-128"),
        .init("1.2", "g.m", "1.2", "m.g", "UCUM 3-129"),
    ]

    /// The definitions of UCUM 2.2 (its table and section), worked by hand.
    static let definitions: [KnownConversion] = [
        .init("98.6", "[degF]", "37", "Cel", "section 4.5, degF = 5/9 (x + 459.67) K"),
        .init("37", "Cel", "98.6", "[degF]", "section 4.5"), .init("-40", "[degF]", "-40", "Cel", "section 4.5"),
        .init("0", "Cel", "273.15", "K", "table 3"), .init("1", "K", "-272.15", "Cel", "table 3"),
        .init("80", "[degRe]", "100", "Cel", "degRe = 5/4 (x + 218.52) K"),
        .init("491.67", "[degR]", "0", "Cel", "degR = 5 K/9"), .init("100", "mCel", "0.1", "Cel", "section 22"),
        .init("1", "mol", "6.02214076e23", "1", "table 4"), .init("1", "U", "1e-6", "mol/min", "table 8"),
        .init("1", "kat", "6e7", "U", "table 8"), .init("1", "eq", "1", "mol", "table 8"),
        .init("1", "g%", "10", "g/L", "table 8"), .init("1", "%", "1e-2", "1", "table 2"),
        .init("1", "[ppm]", "1e-6", "1", "table 2"), .init("1", "[MET]", "3.5", "mL/min/kg", "table 18"),
        .init("1", "[Ch]", "0.333333333333333", "mm", "table 18"), .init("1", "[drp]", "0.05", "mL", "table 18"),
        .init("1", "cm[H2O]", "98.0665", "Pa", "table 18"), .init("1", "KiBy", "8192", "bit", "tables 1 and 22"),
        .init("1", "a", "365.25", "d", "table 5"), .init("1", "mo", "30.4375", "d", "table 5"),
        .init("1", "wk", "168", "h", "table 5"), .init("1", "[IU]", "1", "[iU]", "table 19"),
        .init("1", "m[IU]/L", "1", "u[iU]/mL", "table 19"), .init("1", "10*9/L", "1", "10*3/uL", "table 2"),
        .init("1", "[degF]{oral}", "-17.2222222222222", "Cel", "section 4.5; section 6, annotations mean 1"),
    ]

    @Test("A published conversion", arguments: nist + functional + definitions)
    func known(_ conversion: KnownConversion) throws {
        let exact = try UCUM.convertExactly(conversion.value, from: conversion.from, to: conversion.to)
        // An answer with n digits is right when the exact one rounds to it.
        let answer = try #require(ExactRational(conversion.answer))
        let digits = conversion.answer.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
        let rounded = try #require(ExactRational(exact.decimal(digits: max(digits, 1))))
        #expect(exact == answer || rounded == answer, "is \(exact.decimal())")
        #expect(
            try UCUM.convert(conversion.value, from: conversion.from, to: conversion.to)
                == Double(exact.decimal(digits: 40)))
    }

    @Test("There are at least sixty of them, and no two are the same")
    func count() {
        let all = Self.nist + Self.functional + Self.definitions
        #expect(all.count >= 60)
        #expect(Set(all.map { "\($0.value) \($0.from) \($0.to)" }).count == all.count)
    }

    @Test(
        "Logarithmic and other non-linear scales, by their definitions in UCUM sections 4.4 and 4.5",
        arguments: [
            ("7.4", "[pH]", 39.810_717_055_349_7, "nmol/L"), ("1", "mol/L", 0, "[pH]"),
            ("40", "nmol/L", 7.397_940_008_672_04, "[pH]"), ("1", "B", 10, "1"), ("20", "dB", 100, "1"),
            ("1", "Np", 2.718_281_828_459_05, "1"), ("100", "1", 20, "dB"), ("8", "bit_s", 256, "1"),
            ("94", "dB[SPL]", 1.002_374_467_254_55, "Pa"), ("0", "dB[V]", 1, "V"), ("60", "dB[mV]", 1, "V"),
            ("30", "dB[W]", 1, "kW"), ("0", "dB[kW]", 30, "dB[W]"), ("100", "%[slope]", 45, "deg"),
            ("100", "[p'diop]", 45, "deg"), ("2", "[hp'_X]", 0.01, "1"), ("2", "[hp'_C]", 0.000_1, "1"),
            ("3", "[hp'_M]", 1e-9, "1"), ("1", "[hp'_Q]", 0.000_02, "1"), ("3", "[m/s2/Hz^(1/2)]", 9, "m2/s4/Hz"),
        ])
    func functions(value: String, from: String, answer: Double, to: String) throws {
        let result = try UCUM.convert(value, from: from, to: to)
        #expect(abs(result - answer) <= 2e-13 * max(abs(answer), 1e-30), "\(result)")
    }

    @Test("A scale that stays the same is exact: decibel to bel")
    func sameScale() throws {
        #expect(try UCUM.convertExactly("25", from: "dB", to: "B").decimal() == "2.5")
        #expect(throws: UCUMError.self) { try UCUM.convertExactly("25", from: "dB", to: "Np") }
    }

    @Test(
        "What measures different things is not converted",
        arguments: [
            ("m", "s"), ("[iU]", "[arb'U]"), ("[iU]/L", "U/L"), ("[iU]", "1"), ("mmol/L", "mg/dL"), ("J", "Pa"),
            ("[CFU]", "[PFU]"), ("Cel", "J"), ("[hp_X]", "[hp_C]"), ("[iU]2", "[iU]"),
        ])
    func incommensurable(from: String, to: String) {
        #expect { try UCUM.convert("1", from: from, to: to) } throws: { ($0 as? UCUMError)?.code == .incommensurable }
    }
}
