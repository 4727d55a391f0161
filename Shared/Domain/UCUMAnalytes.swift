/// A substance in a laboratory test: how its mass, its amount and its charge belong together, and in which unit its code is canonical.
struct Analyte: Sendable {
    /// The molecule or atom whose mass counts; empty for a conventional mass.
    let formula: String
    /// Grams for one mole, a decimal text.
    let gramsPerMole: String
    /// Charges of one ion, which tell its equivalents; nil when it is not reported in equivalents.
    let valence: Int32?
    /// The canonical unit.
    let unit: String

    /// The conversion from a concentration in mass, amount or equivalents per volume to the analyte's unit, or nil when it is another quantity.
    func conversion(from source: UCUMMeasure) -> UCUMConversion? {
        guard let target = (try? UCUMUnit(parsing: unit)).flatMap({ try? UCUMMeasure(of: $0) }),
            let here = inMoles(source), let there = inMoles(target)
        else { return nil }
        return UCUMConversion(from: here, to: there)
    }

    /// A concentration as moles per volume; nil when it is none, or in equivalents of what has no charge.
    private func inMoles(_ measure: UCUMMeasure) -> UCUMMeasure? {
        guard measure.isRatio else { return nil }
        var result = measure
        switch measure.counted {
        case [1, 0, 0, 0]: break
        case [0, 1, 0, 0]:
            guard let valence, let charges = ExactRational("\(valence)"),
                let scale = measure.scale.divided(by: charges)
            else { return nil }
            result.scale = scale
        case .zero where measure.dimension == UCUMDimension(length: -3, mass: 1):
            // A gram is 1 over the molar mass of a mole, and a mole is a number in UCUM.
            guard let mole = UCUMTable.standard.atoms["mol"]?.measure.scale, let mass = ExactRational(gramsPerMole),
                let scale = measure.scale.times(mole)?.divided(by: mass)
            else { return nil }
            result.scale = scale
            result.dimension = UCUMDimension(length: -3)
        default: return nil
        }
        result.counted = .zero
        return result.dimension == UCUMDimension(length: -3) ? result : nil
    }
}

extension UCUM {
    /// LOINC codes of tests whose results come in mass as well as in substance concentration. The canonical unit keeps the property that the
    /// code names (MCnc: mg/dL or g/dL, SCnc: mmol/L or umol/L), so that code and unit never contradict.
    ///
    /// Molar masses are the sums of the formula with the standard atomic weights of IUPAC (2021, abridged to five digits), rounded to 0.01
    /// (a test adds them up). Two are conventions: triglycerides are a mixture, 885.4 is triolein, C57H104O6, as laboratories use it;
    /// haemoglobin is counted as its monomer with one iron, 16114.5 (ICSH, J Clin Pathol 1996;49:271).
    static let analytes: [String: Analyte] = {
        var table: [String: Analyte] = [:]
        func add(
            _ formula: String, _ gramsPerMole: String, valence: Int32? = nil, _ unit: String, _ codes: String...
        ) {
            for code in codes {
                table[code] = Analyte(formula: formula, gramsPerMole: gramsPerMole, valence: valence, unit: unit)
            }
        }
        // Glucose: serum or plasma, blood, capillary blood, fasting, interstitial fluid.
        add(
            "C6H12O6", "180.156", "mg/dL", "2345-7", "2339-0", "2340-8", "2341-6", "32016-8", "41653-7", "1558-6",
            "99504-3")
        add("C6H12O6", "180.156", "mmol/L", "14749-6", "15074-8", "14743-9", "14771-0")
        // Cholesterol: total, in HDL, in LDL (calculated, measured), in VLDL, not in HDL.
        add("C27H46O", "386.66", "mg/dL", "2093-3", "2085-9", "18262-6", "13457-7", "2089-1", "13458-5", "43396-1")
        add("C27H46O", "386.66", "mmol/L", "14647-2", "14646-4", "22748-8", "39469-2")
        add("", "885.4", "mg/dL", "2571-8")  // triglyceride
        add("", "885.4", "mmol/L", "14927-8")
        add("C4H7N3O", "113.12", "mg/dL", "2160-0", "38483-4")  // creatinine
        add("C4H7N3O", "113.12", "umol/L", "14682-9", "59826-8")
        add("N2", "28.014", "mg/dL", "3094-0", "6299-2")  // urea nitrogen; a mole of it is a mole of urea
        add("N2", "28.014", "mmol/L", "14937-7")
        add("C33H36N4O6", "584.67", "mg/dL", "1975-2", "42719-5", "1968-7")  // bilirubin, total and direct
        add("C33H36N4O6", "584.67", "umol/L", "14631-6", "14629-0")
        add("C5H4N4O3", "168.11", "mg/dL", "3084-1")  // urate
        add("C5H4N4O3", "168.11", "umol/L", "14933-6")
        add("Ca", "40.078", valence: 2, "mg/dL", "17861-6", "49765-1", "17864-0")  // calcium, ionised calcium
        add("Ca", "40.078", valence: 2, "mmol/L", "2000-8", "1995-0")
        add("Mg", "24.305", valence: 2, "mg/dL", "19123-9")  // magnesium
        add("Mg", "24.305", valence: 2, "mmol/L", "2601-3")
        add("P", "30.974", "mg/dL", "2777-1")  // phosphate, as phosphorus
        add("P", "30.974", "mmol/L", "14879-1")
        // Electrolytes: in blood, and in serum or plasma.
        add("Na", "22.990", valence: 1, "mmol/L", "2951-2", "2947-0")
        add("K", "39.098", valence: 1, "mmol/L", "2823-3", "6298-4")
        add("Cl", "35.45", valence: 1, "mmol/L", "2075-0", "2069-3")
        // Bicarbonate, carbon dioxide.
        add("CHO3", "61.02", valence: 1, "mmol/L", "1963-8", "2028-9", "1959-6", "1960-4")
        add("Li", "6.94", valence: 1, "mmol/L", "14334-7")
        add("C3H6O3", "90.08", "mg/dL", "14118-4")  // lactate
        add("C3H6O3", "90.08", "mmol/L", "2524-7", "32693-4", "2518-9")
        add("", "16114.5", "g/dL", "718-7")  // haemoglobin
        add("", "16114.5", "mmol/L", "59260-0")
        add("Fe", "55.845", "ug/dL", "2498-4")  // iron
        add("Fe", "55.845", "umol/L", "14798-3")
        // Vitamins and hormones.
        add("C27H44O2", "400.65", "ng/mL", "1989-3")  // 25-hydroxyvitamin D3
        add("C27H44O2", "400.65", "nmol/L", "14635-7")
        add("C63H88CoN14O14P", "1355.39", "pg/mL", "2132-9")  // cobalamin, as cyanocobalamin
        add("C63H88CoN14O14P", "1355.39", "pmol/L", "14685-2")
        add("C19H19N7O6", "441.40", "ng/mL", "2284-8")  // folate
        add("C19H19N7O6", "441.40", "nmol/L", "14732-2")
        add("C21H30O5", "362.47", "ug/dL", "2143-6")  // cortisol
        add("C21H30O5", "362.47", "nmol/L", "14675-3")
        add("C19H28O2", "288.43", "ng/dL", "2986-8")  // testosterone
        add("C19H28O2", "288.43", "nmol/L", "14913-8")
        add("C18H24O2", "272.39", "pg/mL", "2243-4")  // oestradiol
        add("C18H24O2", "272.39", "pmol/L", "14715-7")
        add("C21H30O2", "314.47", "ng/mL", "2839-9")  // progesterone
        add("C21H30O2", "314.47", "nmol/L", "14890-8")
        add("C15H11I4NO4", "776.86", "ng/dL", "3024-7")  // thyroxine, free
        add("C15H11I4NO4", "776.86", "pmol/L", "14920-3")
        add("C15H12I3NO4", "650.96", "pg/mL", "3051-0")  // triiodothyronine, free
        add("C15H12I3NO4", "650.96", "pmol/L", "14928-6")
        // Drugs.
        add("C41H64O14", "780.95", "ng/mL", "10535-3")  // digoxin
        add("C41H64O14", "780.95", "nmol/L", "14698-5")
        add("C15H12N2O2", "252.27", "ug/mL", "3968-5")  // phenytoin
        add("C15H12N2O2", "252.27", "umol/L", "14877-5")
        add("C7H8N4O2", "180.17", "ug/mL", "4049-3")  // theophylline
        add("C7H8N4O2", "180.17", "umol/L", "14915-3")
        return table
    }()
}
