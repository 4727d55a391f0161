/// A substance in a laboratory test: how its mass and its amount belong together, and in which unit its code is canonical.
struct Analyte: Sendable {
    /// Milligrams for one mole.
    let milligramsPerMole: Int128
    /// The canonical unit; a key of ``massUnits`` or ``amountUnits``.
    let unit: String

    /// The conversion from `unit` to the analyte's canonical unit, or nil when `unit` is no concentration of the table.
    func conversion(from source: String) -> (scale: UnitScale, unit: String)? {
        guard let from = Self.gramsOrMolesPerLitre(source), let target = Self.gramsOrMolesPerLitre(unit) else {
            return nil
        }
        var scale = from.scale.divided(by: target.scale)
        switch (from.isMass, target.isMass) {
        case (true, false):
            scale = UnitScale(numerator: scale.numerator * 1_000, denominator: scale.denominator * milligramsPerMole)
        case (false, true):
            scale = UnitScale(numerator: scale.numerator * milligramsPerMole, denominator: scale.denominator * 1_000)
        default: break
        }
        return (scale, unit)
    }

    private static func gramsOrMolesPerLitre(_ unit: String) -> (scale: UnitScale, isMass: Bool)? {
        if let scale = massUnits[unit] { return (scale, true) }
        if let scale = amountUnits[unit] { return (scale, false) }
        return nil
    }

    /// Mass concentrations in g/L.
    private static let massUnits: [String: UnitScale] = [
        "g/L": .identity, "g/dL": UnitScale(numerator: 10), "mg/mL": .identity,
        "mg/dL": UnitScale(numerator: 1, denominator: 100), "mg/L": UnitScale(numerator: 1, denominator: 1_000),
        "ug/mL": UnitScale(numerator: 1, denominator: 1_000), "ug/dL": UnitScale(numerator: 1, denominator: 100_000),
        "ug/L": UnitScale(numerator: 1, denominator: 1_000_000),
        "ng/mL": UnitScale(numerator: 1, denominator: 1_000_000),
    ]

    /// Substance concentrations in mol/L.
    private static let amountUnits: [String: UnitScale] = [
        "mol/L": .identity, "mmol/L": UnitScale(numerator: 1, denominator: 1_000),
        "umol/L": UnitScale(numerator: 1, denominator: 1_000_000),
        "nmol/L": UnitScale(numerator: 1, denominator: 1_000_000_000),
    ]
}

extension UCUM {
    /// LOINC codes of tests whose results come in mass as well as in substance concentration. The canonical unit keeps the property that the
    /// code names (MCnc: mg/dL or g/dL, SCnc: mmol/L or umol/L), so that code and unit never contradict.
    ///
    /// Molar masses are computed from the IUPAC standard atomic weights (2021, abridged to five digits): glucose C6H12O6 180.156, cholesterol
    /// C27H46O 386.66, creatinine C4H7N3O 113.12, bilirubin C33H36N4O6 584.67, urate C5H4N4O3 168.11, Ca 40.078, Mg 24.305,
    /// phosphorus 30.974, urea nitrogen N2 28.014. Triglycerides are a mixture; 885.4 is triolein, C57H104O6, as laboratories use it.
    static let analytes: [String: Analyte] = {
        var table: [String: Analyte] = [:]
        func add(_ milligramsPerMole: Int128, _ unit: String, _ codes: String...) {
            for code in codes { table[code] = Analyte(milligramsPerMole: milligramsPerMole, unit: unit) }
        }
        // Glucose: serum or plasma, blood, capillary blood, fasting, interstitial fluid.
        add(180_156, "mg/dL", "2345-7", "2339-0", "2340-8", "32016-8", "41653-7", "1558-6", "99504-3")
        add(180_156, "mmol/L", "14749-6", "15074-8", "14743-9", "14771-0")
        // Cholesterol: total, in HDL, in LDL (calculated, measured), in VLDL.
        add(386_660, "mg/dL", "2093-3", "2085-9", "18262-6", "13457-7", "2089-1", "13458-5")
        add(386_660, "mmol/L", "14647-2", "14646-4", "22748-8", "39469-2")
        add(885_400, "mg/dL", "2571-8")  // triglyceride
        add(885_400, "mmol/L", "14927-8")
        add(113_120, "mg/dL", "2160-0", "38483-4")  // creatinine
        add(113_120, "umol/L", "14682-9", "59826-8")
        add(28_014, "mg/dL", "3094-0", "6299-2")  // urea nitrogen
        add(28_014, "mmol/L", "14937-7")
        add(584_670, "mg/dL", "1975-2", "42719-5", "1968-7")  // bilirubin, total and direct
        add(584_670, "umol/L", "14631-6", "14629-0")
        add(168_110, "mg/dL", "3084-1")  // urate
        add(168_110, "umol/L", "14933-6")
        add(40_078, "mg/dL", "17861-6", "49765-1")  // calcium
        add(40_078, "mmol/L", "2000-8")
        add(24_305, "mg/dL", "19123-9")  // magnesium
        add(24_305, "mmol/L", "2601-3")
        add(30_974, "mg/dL", "2777-1")  // phosphate, as phosphorus
        add(30_974, "mmol/L", "14879-1")
        return table
    }()
}
