import Testing

@testable import Domain

@Suite("What was measured decides its unit, and a spelling is read only when it has one meaning")
struct CanonicalUnitTests {
    @Test(
        "Laboratory results get the customary unit of their code",
        arguments: [
            ("4.5", "10*9/L", "6690-2", 4.5, "10*3/uL"), ("4500", "/uL", "6690-2", 4.5, "10*3/uL"),
            ("4500", "{cells}/uL", "6690-2", 4.5, "10*3/uL"), ("140", "g/L", "718-7", 14, "g/dL"),
            ("8.6892", "mmol/L", "718-7", 14.002_211_34, "g/dL"), ("0.42", "L/L", "4544-3", 42, "%"),
            ("0.5", "ukat/L", "1742-6", 30, "U/L"), ("30", "[IU]/L", "1742-6", 30, "[IU]/L"),
            ("2.1", "u[IU]/mL", "3016-3", 2.1, "m[IU]/L"), ("140", "meq/L", "2951-2", 140, "mmol/L"),
            ("5", "meq/L", "2000-8", 2.5, "mmol/L"), ("5", "meq/L", "17861-6", 10.019_5, "mg/dL"),
            ("5", "meq/L", "2345-7", 5, "meq/L"), ("0.97", "1", "59408-5", 97, "%"),
            ("5.3", "kPa", "2019-8", 39.753_379_037_218_46, "mm[Hg]"),
            ("40", "nmol/L", "2744-1", 7.397_940_008_672_037, "[pH]"), ("50", "nmol/L", "1989-3", 20.032_5, "ng/mL"),
            ("12", "mm/h", "30341-2", 12, "mm/h"), ("90", "a", "30525-0", 90, "a"), ("95", "g/m2", "", 95, "g/m2"),
            ("500", "mg", "", 500, "mg"), ("2", "kg.m/s2", "", 2, "kg.m/s2"), ("3", "Hz", "8867-4", 180, "/min"),
            ("90", "[psi]", "", 4_654.356_793_216_068, "mm[Hg]"),
        ])
    func canonical(text: String, unit: String, code: String, value: Double, canonicalUnit: String) {
        let canonical = UCUM.canonical(text, unit: unit, code: code)
        #expect(canonical?.unit == canonicalUnit)
        #expect(abs((canonical?.value ?? .nan) - value) <= 1e-9 * value, "\(canonical?.value ?? .nan)")
    }

    @Test("Each canonical unit is UCUM's and computable, and each kind contains its own")
    func units() throws {
        for unit in UCUM.preferredUnits.values { #expect(try UCUMUnit(parsing: unit).isComputable, "\(unit)") }
        for unit in UCUM.analytes.values.map(\.unit) { #expect(try UCUMUnit(parsing: unit).isComputable, "\(unit)") }
        for kind in QuantityKind.allCases { #expect(UCUM.kind(of: kind.canonicalUnit) == kind) }
    }

    @Test("Molar masses are the sums of their formulas")
    func molarMasses() throws {
        // IUPAC standard atomic weights 2021, abridged to five digits: Prohaska et al., Pure Appl Chem 2022;94:573.
        let weights = [
            "H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "Na": 22.990, "Mg": 24.305, "P": 30.974, "Cl": 35.45,
            "K": 39.098, "Ca": 40.078, "Fe": 55.845, "Co": 58.933, "I": 126.90, "Li": 6.94,
        ]
        for analyte in UCUM.analytes.values where !analyte.formula.isEmpty {
            let sum = try analyte.formula.matches(of: #/([A-Z][a-z]?)(\d*)/#).reduce(0.0) { sum, match in
                sum + (try #require(weights[String(match.1)])) * (Double(match.2) ?? 1)
            }
            let mass = try #require(Double(analyte.gramsPerMole))
            #expect(abs(sum - mass) <= 0.006, "\(analyte.formula): \(sum)")
        }
    }

    @Test(
        "Spellings of people",
        arguments: [
            ("bpm", "", "/min"), ("BPM", "", "/min"), ("beats/min", "", "/min"), ("mmHg", "", "mm[Hg]"),
            ("mm Hg", "", "mm[Hg]"),
            ("MMHG", "", "mm[Hg]"), ("°C", "", "Cel"), ("Deg F", "", "[degF]"), ("degrees Celsius", "", "Cel"),
            ("x10^9/L", "", "10*9/L"), ("10^9/L", "", "10^9/L"), ("K/uL", "", "10*3/uL"), ("k/uL", "", "10*3/uL"),
            ("M/uL", "", "10*6/uL"), ("mcg", "", "ug"), ("mcg/mL", "", "ug/mL"), ("µg/L", "", "ug/L"),
            ("MG/DL", "", "mg/dL"), ("MMOL/L", "", "mmol/L"), ("G/DL", "", "g/dL"), ("KG", "", "kg"), ("CM", "", "cm"),
            ("U/L", "", "U/L"), ("IU/L", "", "[IU]/L"), ("lbs", "", "[lb_av]"), ("inches", "", "[in_i]"),
            ("mg/dl", "", "mg/dl"),
            ("C", "", "C"), ("F", "", "F"), ("lb", "", "lb"), ("furlongs", "", "furlongs"), ("", "", ""),
            ("C", "8310-5", "Cel"),
            ("F", "8310-5", "[degF]"), ("f", "8310-5", "[degF]"), ("lb", "29463-7", "[lb_av]"),
            ("IN", "8302-2", "[in_i]"),
            ("C", "8867-4", "C"), ("kg/m²", "", "kg/m2"), ("steps", "", "{steps}"), ("%", "", "%"),
            ("{steps}", "", "{steps}"),
        ])
    func spellings(text: String, code: String, unit: String) {
        #expect(UCUM.code(commonSpelling: text, of: code) == unit)
    }

    @Test("Every spelling in the tables becomes a unit of UCUM")
    func tables() {
        for text in ["K/uL", "MM(HG)", "10³/µL", "PG/ML", "score", "mosm/kg", "mL/min/1.73m2", "hrs", "LPM", "units/L"]
        {
            #expect(UCUM.isValid(UCUM.code(commonSpelling: text)), "\(text)")
        }
        #expect(UCUM.unreadableSpellings == [])
    }

    @Test("Codes of the case-insensitive variant are those of the case-sensitive one")
    func caseInsensitive() {
        for (text, code) in [
            ("MG/DL", "mg/dL"), ("MM[HG]", "mm[Hg]"), ("CEL", "Cel"), ("[DEGF]", "[degF]"), ("10*3/UL", "10*3/uL"),
            ("[LB_AV]", "[lb_av]"), ("M[IU]/L", "m[IU]/L"), ("KPAL", "kPa"), ("{BEATS}/MIN", "{BEATS}/min"),
            ("PMOL/L", "pmol/L"),
        ] {
            #expect(UCUM.code(caseInsensitive: text) == code)
        }
        #expect(UCUM.code(caseInsensitive: "LB") == nil)
    }
}
