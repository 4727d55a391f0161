/// A unit's kind and its size in the kind's canonical unit.
struct KnownUnit: Sendable {
    let kind: QuantityKind
    let scale: UnitScale

    init(_ kind: QuantityKind, _ numerator: Int128 = 1, _ denominator: Int128 = 1, offset: ExactDecimal? = nil) {
        self.kind = kind
        scale = UnitScale(
            numerator: numerator, denominator: denominator, offset: offset ?? ExactDecimal(mantissa: 0, exponent: 0))
    }
}

extension UCUM {
    /// Sizes by the UCUM specification 2.1, section 4 (base, derived and customary units): [in_i] 2.54 cm, [lb_av] 7000 [gr] of 64.79891 mg,
    /// m[Hg] 133.3220 kPa, m[H2O] 9.80665 kPa, cal 4.184 J, [degF] 5/9 K from 459.67.
    static let units: [String: KnownUnit] = [
        "Cel": KnownUnit(.temperature),
        "[degF]": KnownUnit(.temperature, 5, 9, offset: ExactDecimal(mantissa: -32, exponent: 0)),
        "K": KnownUnit(.temperature, offset: ExactDecimal(mantissa: -27315, exponent: -2)),

        "kg": KnownUnit(.mass),
        "g": KnownUnit(.mass, 1, 1_000),
        "[lb_av]": KnownUnit(.mass, 45_359_237, 100_000_000),
        "[oz_av]": KnownUnit(.mass, 45_359_237, 1_600_000_000),
        "[stone_av]": KnownUnit(.mass, 635_029_318, 100_000_000),

        "m": KnownUnit(.length),
        "mm": KnownUnit(.length, 1, 1_000),
        "cm": KnownUnit(.length, 1, 100),
        "km": KnownUnit(.length, 1_000),
        "[in_i]": KnownUnit(.length, 254, 10_000),
        "[ft_i]": KnownUnit(.length, 3_048, 10_000),
        "[yd_i]": KnownUnit(.length, 9_144, 10_000),
        "[mi_i]": KnownUnit(.length, 1_609_344, 1_000),

        "mm[Hg]": KnownUnit(.pressure),
        "kPa": KnownUnit(.pressure, 1_000_000, 133_322),
        "hPa": KnownUnit(.pressure, 100_000, 133_322),
        "Pa": KnownUnit(.pressure, 1_000, 133_322),
        "bar": KnownUnit(.pressure, 100_000_000, 133_322),
        "mbar": KnownUnit(.pressure, 100_000, 133_322),
        "cm[H2O]": KnownUnit(.pressure, 980_665, 1_333_220),

        "/min": KnownUnit(.rate),
        "1/min": KnownUnit(.rate),
        "{beats}/min": KnownUnit(.rate),
        "{Beats}/min": KnownUnit(.rate),
        "{beat}/min": KnownUnit(.rate),
        "{breaths}/min": KnownUnit(.rate),
        "{Breaths}/min": KnownUnit(.rate),
        "{breath}/min": KnownUnit(.rate),
        "{resp}/min": KnownUnit(.rate),
        "/s": KnownUnit(.rate, 60),
        "1/s": KnownUnit(.rate, 60),

        "%": KnownUnit(.fraction),

        "kcal": KnownUnit(.energy),
        "[Cal]": KnownUnit(.energy),
        "cal": KnownUnit(.energy, 1, 1_000),
        "kJ": KnownUnit(.energy, 1_000, 4_184),
        "J": KnownUnit(.energy, 1, 4_184),

        "min": KnownUnit(.duration),
        "ms": KnownUnit(.duration, 1, 60_000),
        "s": KnownUnit(.duration, 1, 60),
        "h": KnownUnit(.duration, 60),

        "m/s": KnownUnit(.speed),
        "km/h": KnownUnit(.speed, 1_000, 3_600),
        "[mi_i]/h": KnownUnit(.speed, 1_609_344, 3_600_000),

        "kg/m2": KnownUnit(.areaDensity),
        "[lb_av]/[in_i]2": KnownUnit(.areaDensity, 45_359_237, 64_516),

        "{steps}": KnownUnit(.steps),
        "{step}": KnownUnit(.steps),
    ]

    /// Units that a code is known by, where the kind's canonical unit would be unusual: heights and circumferences in cm, intervals of
    /// the electrocardiogram in ms.
    static let preferredUnits: [String: String] = [
        "8302-2": "cm", "8306-3": "cm", "8308-9": "cm", "3137-7": "cm", "3138-5": "cm",  // body height
        "8280-0": "cm", "56086-2": "cm", "9843-4": "cm", "8287-5": "cm",  // circumferences of waist and head
        "8625-6": "ms", "8633-0": "ms", "8634-8": "ms", "8636-3": "ms",  // P-R, QRS, QT, QTc
        "80404-7": "ms", "rr-interval": "ms",  // standard deviation of R-R (LOINC); R-R (Open mHealth)
    ]

    /// The UCUM code of a unit as Open mHealth spells it, or nil when the spelling is not in the table.
    ///
    /// Open mHealth uses the "common synonym" column of the UCUM table, in which `C` and `F` are temperatures; in UCUM itself they are
    /// coulomb and farad, so this table is for Open mHealth alone.
    public static func code(openMHealth spelling: String) -> String? { openMHealthSpellings[spelling] }

    /// The UCUM code that a unit's common human spelling surely means, or `spelling` itself when it is no such spelling.
    ///
    /// For quantities that come without a UCUM code. Spellings that could mean two units (`C`, `F`, `lb`, `oz`) are not in the table.
    public static func code(commonSpelling spelling: String) -> String { commonSpellings[spelling] ?? spelling }

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

    private static let commonSpellings: [String: String] = [
        "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "bpm": "/min", "beats/min": "/min", "beats/minute": "/min",
        "breaths/min": "/min", "breaths/minute": "/min", "°C": "Cel", "degC": "Cel", "°F": "[degF]", "degF": "[degF]",
        "lbs": "[lb_av]", "kg/m^2": "kg/m2", "kg/m²": "kg/m2", "steps": "{steps}", "percent": "%", "inches": "[in_i]",
    ]
}
