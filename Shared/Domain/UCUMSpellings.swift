extension UCUM {
    /// The UCUM code of a unit as Open mHealth spells it, or nil when the spelling is not in the table.
    ///
    /// Open mHealth uses the "common synonym" column of the UCUM table, in which `C` and `F` are temperatures; in UCUM itself they are
    /// coulomb and farad, so this table is for Open mHealth alone.
    public static func code(openMHealth spelling: String) -> String? { openMHealthSpellings[spelling] }

    /// The UCUM code that a unit's common human spelling surely means, or `spelling` itself when it is no such spelling.
    ///
    /// For quantities that come without a UCUM code: FHIR's `unit`, OBX-6 without a coding system, a column's heading. Looked up as written, then
    /// without regard to case and spaces; then as a code of UCUM's case-insensitive variant (`MG/DL`), unless it is one of the case-sensitive.
    /// Spellings that could mean two units (`C`, `F`, `lb`, `oz`) are taken for what they are in UCUM, unless `code`, the LOINC code of what was
    /// measured, leaves one meaning: a body temperature in `C`, a body weight in `lb`.
    public static func code(commonSpelling spelling: String, of code: String = "") -> String {
        if let known = commonSpellings[spelling] { return known }
        guard spelling.utf8.count <= 64 else { return spelling }
        let folded = String(spelling.lowercased().filter { !$0.isWhitespace })
        if let unit = preferredUnits[code], let known = vitalSpellings[unit]?[folded] { return known }
        if isValid(spelling) { return spelling }
        if let known = foldedSpellings[folded] { return known }
        return self.code(caseInsensitive: spelling) ?? spelling
    }

    /// The case-sensitive code of a code of UCUM's case-insensitive variant, as HL7 version 2 systems send it: `MG/DL` is `mg/dL`.
    ///
    /// Nil when it is none. Letters of either case are taken.
    public static func code(caseInsensitive text: String) -> String? {
        var parser = UCUMParser(text.uppercased(), table: UCUMTable.caseInsensitive)
        return (try? parser.unit())?.description
    }

    /// Entries of the tables below whose unit is none of UCUM's; a test sees to it that there are none.
    static var unreadableSpellings: [String] {
        let tables = [openMHealthSpellings, commonSpellings, foldedSpellings] + Array(vitalSpellings.values)
        return tables.flatMap { $0.filter { !isValid($0.value) }.keys }
    }

    private static let openMHealthSpellings: [String: String] = [
        "beats/min": "{beats}/min", "breaths/min": "{breaths}/min", "mmHg": "mm[Hg]", "%": "%", "mg/dL": "mg/dL",
        "mmol/L": "mmol/L", "steps": "{steps}", "kg/m^2": "kg/m2", "C": "Cel", "F": "[degF]", "K": "K",
        "fg": "fg", "pg": "pg", "ng": "ng", "ug": "ug", "mg": "mg", "g": "g", "kg": "kg", "Metric Ton": "t",
        "gr": "[gr]",
        "oz": "[oz_av]", "lb": "[lb_av]", "Ton": "[ston_av]",
        "fm": "fm", "pm": "pm", "nm": "nm", "um": "um", "mm": "mm", "cm": "cm", "m": "m", "km": "km", "in": "[in_i]",
        "ft": "[ft_i]", "yd": "[yd_i]", "mi": "[mi_i]",
        "ps": "ps", "ns": "ns", "us": "us", "ms": "ms", "sec": "s", "min": "min", "h": "h", "d": "d", "wk": "wk",
        "Mo": "mo",
        "yr": "a", "kcal": "kcal", "L/min": "L/min", "m/s": "m/s", "km/h": "km/h", "mi/h": "[mi_i]/h",
        "mph": "[mi_i]/h",
    ]

    /// As written: spellings with letters outside of ASCII, and capitals that are another unit in UCUM than people mean (`MG` is a megagram).
    private static let commonSpellings: [String: String] = [
        "°C": "Cel", "°F": "[degF]", "℃": "Cel", "℉": "[degF]", "º C": "Cel", "º F": "[degF]", "ºC": "Cel",
        "ºF": "[degF]", "° C": "Cel", "° F": "[degF]", "kg/m²": "kg/m2", "Kg/m²": "kg/m2", "mL/min/1.73m²": egfr,
        "mL/min/1.73 m²": egfr, "mL/min/1.73m2": egfr, "mL/min/1.73 m2": egfr, "mL/min/1.73": egfr,
        "ml/min/1.73m2": egfr, "mL/min/1.73_m2": egfr, "mL/min/1.73.m2": egfr, "mL/min/{1.73m2}": egfr,
        "µg": "ug", "μg": "ug", "µg/L": "ug/L", "μg/L": "ug/L", "µg/mL": "ug/mL", "μg/mL": "ug/mL",
        "µg/dL": "ug/dL", "μg/dL": "ug/dL", "µmol/L": "umol/L", "μmol/L": "umol/L", "µL": "uL", "μL": "uL",
        "/µL": "/uL", "/μL": "/uL", "µIU/mL": "u[IU]/mL", "μIU/mL": "u[IU]/mL", "10³/µL": "10*3/uL",
        "10³/μL": "10*3/uL", "10⁹/L": "10*9/L", "10¹²/L": "10*12/L", "×10⁹/L": "10*9/L", "×10^9/L": "10*9/L",
        "×10^12/L": "10*12/L",
        "MG": "mg", "ML": "mL", "MM": "mm", "PG": "pg", "PG/ML": "pg/mL", "G/L": "g/L", "MS": "ms", "G": "g",
        "K/uL": "10*3/uL", "K/UL": "10*3/uL", "K/mcL": "10*3/uL", "K/MCL": "10*3/uL", "M/uL": "10*6/uL",
        "M/UL": "10*6/uL", "PER MIN": "/min",
    ]

    private static let egfr = "mL/min/{1.73_m2}"

    /// Small letters without spaces.
    private static let foldedSpellings: [String: String] = [
        "mmhg": "mm[Hg]", "mm(hg)": "mm[Hg]", "cmh2o": "cm[H2O]", "cmh20": "cm[H2O]", "torr": "mm[Hg]",
        "inhg": "[in_i'Hg]", "inh2o": "[in_i'H2O]",
        "bpm": "/min", "beats/min": "/min", "beats/minute": "/min", "beatsperminute": "/min", "beat/min": "/min",
        "breaths/min": "/min", "breaths/minute": "/min", "breathsperminute": "/min", "breath/min": "/min",
        "br/min": "/min", "brpm": "/min", "resp/min": "/min", "respirations/min": "/min", "perminute": "/min",
        "permin": "/min", "/minute": "/min", "count/min": "/min", "counts/min": "/min",
        "degc": "Cel", "celsius": "Cel", "degreescelsius": "Cel", "degreecelsius": "Cel", "degreesc": "Cel",
        "deg.c": "Cel", "degf": "[degF]", "fahrenheit": "[degF]", "degreesfahrenheit": "[degF]",
        "degreefahrenheit": "[degF]", "degreesf": "[degF]", "deg.f": "[degF]",
        "lbs": "[lb_av]", "lbs.": "[lb_av]", "pounds": "[lb_av]", "pound": "[lb_av]", "ounces": "[oz_av]",
        "ounce": "[oz_av]", "stone": "[stone_av]", "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "gram": "g",
        "grams": "g", "gm": "g", "gms": "g", "mcg": "ug", "microgram": "ug", "micrograms": "ug", "milligram": "mg",
        "milligrams": "mg",
        "inches": "[in_i]", "inch": "[in_i]", "in.": "[in_i]", "feet": "[ft_i]", "foot": "[ft_i]", "ft": "[ft_i]",
        "yards": "[yd_i]", "yard": "[yd_i]", "miles": "[mi_i]", "mile": "[mi_i]", "cms": "cm", "centimeter": "cm",
        "centimeters": "cm", "centimetres": "cm", "meter": "m", "meters": "m", "metres": "m", "kilometers": "km",
        "kilometres": "km", "kilometer": "km",
        "kg/m^2": "kg/m2", "kg/m**2": "kg/m2", "kg/sqm": "kg/m2", "kg/m*m": "kg/m2",
        "steps": "{steps}", "step": "{steps}", "percent": "%", "pct": "%", "%vol": "%{vol}", "count": "{count}",
        "mcg/ml": "ug/mL", "mcg/dl": "ug/dL", "mcg/l": "ug/L", "gm/dl": "g/dL", "g/100ml": "g/dL",
        "mgs/dl": "mg/dL", "mg%": "mg/dL", "gm%": "g/dL", "mg/100ml": "mg/dL", "mmoles/l": "mmol/L",
        "mmol/liter": "mmol/L", "micromol/l": "umol/L", "umoles/l": "umol/L", "mcmol/l": "umol/L",
        "k/ul": "10*3/uL", "k/mcl": "10*3/uL", "k/mm3": "10*3/uL", "k/cumm": "10*3/uL", "th/ul": "10*3/uL",
        "thou/ul": "10*3/uL", "thousand/ul": "10*3/uL", "x103/ul": "10*3/uL", "x10e3/ul": "10*3/uL",
        "x10(3)/ul": "10*3/uL", "x10^3/ul": "10*3/uL", "10e3/ul": "10*3/uL", "10x3/ul": "10*3/uL",
        "10(3)/ul": "10*3/uL", "10*3/mcl": "10*3/uL", "10^3/mcl": "10*3/uL",
        "m/mcl": "10*6/uL", "mil/ul": "10*6/uL", "million/ul": "10*6/uL", "x106/ul": "10*6/uL",
        "x10e6/ul": "10*6/uL", "x10^6/ul": "10*6/uL", "x10(6)/ul": "10*6/uL", "10e6/ul": "10*6/uL",
        "10(6)/ul": "10*6/uL", "10x6/ul": "10*6/uL",
        "x10^9/l": "10*9/L", "x109/l": "10*9/L", "x10e9/l": "10*9/L", "10e9/l": "10*9/L", "x10(9)/l": "10*9/L",
        "10(9)/l": "10*9/L", "giga/l": "10*9/L", "gpt/l": "10*9/L", "x10^12/l": "10*12/L", "x1012/l": "10*12/L",
        "x10e12/l": "10*12/L", "10e12/l": "10*12/L", "x10(12)/l": "10*12/L", "tera/l": "10*12/L", "tpt/l": "10*12/L",
        "cells/ul": "{cells}/uL", "cells/mcl": "{cells}/uL", "cells/mm3": "{cells}/mm3", "/cumm": "/mm3",
        "iu": "[IU]", "iu/l": "[IU]/L", "iu/ml": "[IU]/mL", "miu/l": "m[IU]/L", "miu/ml": "m[IU]/mL",
        "uiu/ml": "u[IU]/mL", "mciu/ml": "u[IU]/mL", "units": "[arb'U]", "units/l": "U/L", "mu/l": "mU/L",
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "millisecond": "ms",
        "milliseconds": "ms", "minute": "min", "minutes": "min", "mins": "min", "hr": "h", "hrs": "h", "hour": "h",
        "hours": "h", "day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "yr": "a",
        "yrs": "a", "year": "a", "years": "a",
        "mph": "[mi_i]/h", "mi/h": "[mi_i]/h", "mi/hr": "[mi_i]/h", "kmh": "km/h", "kph": "km/h", "km/hr": "km/h",
        "kcals": "kcal", "calories": "kcal", "kilocalories": "kcal", "liters/min": "L/min", "lpm": "L/min",
        "l/minute": "L/min", "liter/min": "L/min", "mosm/kg": "mosm/kg", "mosmol/kg": "mosm/kg",
        "mosm/kgh2o": "mosm/kg", "ratio": "{ratio}", "inr": "{INR}", "score": "{score}", "mm/hr": "mm/h",
    ]

    /// By the canonical unit of a vital sign: what `C`, `lb` or `in` means there.
    private static let vitalSpellings: [String: [String: String]] = [
        "Cel": ["c": "Cel", "f": "[degF]", "k": "K", "cel": "Cel", "fah": "[degF]"],
        "kg": ["lb": "[lb_av]", "oz": "[oz_av]", "st": "[stone_av]", "g": "g", "kg": "kg"],
        "cm": ["in": "[in_i]", "ft": "[ft_i]", "m": "m", "mm": "mm", "cm": "cm", "\"": "[in_i]"],
        "/min": ["bpm": "/min", "1/min": "/min", "min": "/min", "hz": "Hz"],
    ]
}
