import Domain
import Testing

@Suite("Units are converted exactly, by table, or not at all")
struct UCUMTests {
    /// Expected values are computed by hand from the definitions of UCUM 2.1 section 4 (and, for analytes, from the molar masses of IUPAC's
    /// standard atomic weights), written as the exact decimal or the quotient.
    @Test(
        "Known conversions",
        arguments: [
            ("98.6", "[degF]", "", 37, "Cel"), ("32", "[degF]", "", 0, "Cel"), ("212", "[degF]", "", 100, "Cel"),
            ("-40", "[degF]", "", -40, "Cel"), ("100.4", "[degF]", "", 38, "Cel"), ("310.15", "K", "", 37, "Cel"),
            ("0", "K", "", -273.15, "Cel"), ("36.6", "Cel", "", 36.6, "Cel"),
            ("150", "[lb_av]", "", 68.0388555, "kg"), ("1", "[lb_av]", "", 0.45359237, "kg"),
            ("16", "[oz_av]", "", 0.45359237, "kg"),
            ("3200", "g", "", 3.2, "kg"), ("70.5", "kg", "", 70.5, "kg"), ("1", "[stone_av]", "", 6.35029318, "kg"),
            ("1", "[mi_i]", "", 1609.344, "m"), ("5.2", "km", "", 5200, "m"), ("12", "[in_i]", "", 0.3048, "m"),
            ("100", "[yd_i]", "", 91.44, "m"), ("0.1", "cm", "", 0.001, "m"),
            ("70", "[in_i]", "8302-2", 177.8, "cm"), ("1.78", "m", "8302-2", 178, "cm"),
            ("178", "cm", "8302-2", 178, "cm"),
            ("6", "[ft_i]", "8302-2", 182.88, "cm"), ("70", "kg", "8302-2", 70, "kg"),
            ("120", "mm[Hg]", "", 120, "mm[Hg]"), ("13.3322", "kPa", "", 100, "mm[Hg]"),
            ("133322", "Pa", "", 1000, "mm[Hg]"),
            ("133.322", "mbar", "", 100, "mm[Hg]"), ("16", "kPa", "", 120.010_200_867_073_7, "mm[Hg]"),
            ("72", "{beats}/min", "", 72, "/min"), ("72", "/min", "", 72, "/min"), ("1.2", "/s", "", 72, "/min"),
            ("14", "{breaths}/min", "", 14, "/min"), ("97", "%", "", 97, "%"),
            ("418.4", "kJ", "", 100, "kcal"), ("2500", "cal", "", 2.5, "kcal"), ("4184", "J", "", 1, "kcal"),
            ("7", "[Cal]", "", 7, "kcal"),
            ("7.5", "h", "", 450, "min"), ("90", "s", "", 1.5, "min"), ("60000", "ms", "", 1, "min"),
            ("800", "ms", "rr-interval", 800, "ms"), ("0.8", "s", "rr-interval", 800, "ms"),
            ("36", "km/h", "", 10, "m/s"), ("1", "[mi_i]/h", "", 0.44704, "m/s"),
            ("5000", "{steps}", "", 5000, "{steps}"),
            ("24.5", "kg/m2", "", 24.5, "kg/m2"),
            ("5.5", "mmol/L", "2345-7", 99.0858, "mg/dL"), ("99.0858", "mg/dL", "14749-6", 5.5, "mmol/L"),
            ("0.9", "g/L", "2345-7", 90, "mg/dL"), ("90", "mg/dL", "2345-7", 90, "mg/dL"),
            ("1", "mmol/L", "2093-3", 38.666, "mg/dL"),
            ("88.4", "umol/L", "2160-0", 0.9999808, "mg/dL"), ("1", "mg/dL", "14682-9", 88.401_697_312_588_4, "umol/L"),
            ("17.1", "umol/L", "1975-2", 0.999_785_7, "mg/dL"), ("2.5", "mmol/L", "17861-6", 10.0195, "mg/dL"),
            ("1", "mmol/L", "19123-9", 2.4305, "mg/dL"), ("1", "mmol/L", "2777-1", 3.0974, "mg/dL"),
            ("5", "mmol/L", "3094-0", 14.007, "mg/dL"), ("1", "mmol/L", "2571-8", 88.54, "mg/dL"),
            ("300", "umol/L", "3084-1", 5.0433, "mg/dL"), ("1000", "ug/dL", "2345-7", 1, "mg/dL"),
        ] as [(String, String, String, Double, String)])
    func known(text: String, unit: String, code: String, value: Double, canonicalUnit: String) {
        let canonical = UCUM.canonical(text, unit: unit, code: code)
        #expect(canonical?.value == value)
        #expect(canonical?.unit == canonicalUnit)
    }

    @Test(
        "A unit that is not in the table, and a concentration without an analyte, are kept as they are",
        arguments: [
            ("5.5", "mmol/L", ""), ("5.5", "mmol/L", "2951-2"), ("12", "[iU]/mL", ""), ("3", "C", ""), ("3", "F", ""),
            ("1", "", ""),
            ("1", "LB", ""), ("10", "kg", "2345-7"),
        ])
    func unknown(text: String, unit: String, code: String) {
        let canonical = UCUM.canonical(text, unit: unit, code: code)
        #expect(canonical?.value == Double(text))
        #expect(canonical?.unit == unit)
        #expect(canonical?.isConverted == false)
    }

    @Test("Numbers of any length are converted, and texts that are no number are refused")
    func lengths() {
        #expect(UCUM.canonical("98.60000000000000000000000000000", unit: "[degF]")?.value == 37)
        let long = UCUM.canonical("98.60000000000000000000000000001", unit: "[degF]")?.value ?? 0
        #expect(abs(long - 37) < 1e-12)
        #expect(UCUM.canonical("986e-1", unit: "[degF]")?.value == 37)
        #expect(UCUM.canonical("1e300", unit: "[mi_i]")?.value == 1.609344e303)
        #expect(UCUM.canonical("1e400", unit: "kg") == nil)
        #expect(UCUM.canonical("1e308", unit: "[mi_i]") == nil)
        for text in ["", "-", "1e", "abc", "1.2.3", "0x10", "nan", "inf", "1e99999999"] {
            #expect(UCUM.canonical(text, unit: "[degF]") == nil)
        }
    }

    @Test("Spellings of Open mHealth become UCUM; only safe ones of people do")
    func spellings() {
        #expect(UCUM.code(openMHealth: "C") == "Cel")
        #expect(UCUM.code(openMHealth: "lb") == "[lb_av]")
        #expect(UCUM.code(openMHealth: "beats/min") == "{beats}/min")
        #expect(UCUM.code(openMHealth: "furlong") == nil)
        #expect(UCUM.code(commonSpelling: "mmHg") == "mm[Hg]")
        #expect(UCUM.code(commonSpelling: "C") == "C")
    }
}
