extension UCUM {
    /// The canonical unit of a quantity in `unit` of what `code` names, or nil when it is kept as it is.
    static func target(of unit: String, code: String) -> CanonicalTargets.Target? {
        guard let parsed = try? UCUMUnit(parsing: unit), let measure = try? UCUMMeasure(of: parsed) else { return nil }
        if let analyte = analytes[code] {
            return analyte.conversion(from: measure).map {
                CanonicalTargets.Target(conversion: $0, unit: analyte.unit)
            }
        }
        if let preferred = preferredUnits[code], let target = conversion(of: measure, to: preferred) { return target }
        return QuantityKind(of: parsed).flatMap { conversion(of: measure, to: $0.canonicalUnit) }
    }

    /// To `unit`, if that counts in the same way: moles are no equivalents, and neither are numbers.
    private static func conversion(of measure: UCUMMeasure, to unit: String) -> CanonicalTargets.Target? {
        guard let target = (try? UCUMUnit(parsing: unit)).flatMap({ try? UCUMMeasure(of: $0) }),
            measure.counted == target.counted, let conversion = UCUMConversion(from: measure, to: target)
        else { return nil }
        return CanonicalTargets.Target(conversion: conversion, unit: unit)
    }

    /// Units that a code is known by, where the kind's canonical unit would be unusual or there is no kind. LOINC codes, and Open mHealth's own.
    static let preferredUnits: [String: String] = {
        var table: [String: String] = [:]
        for sign in VitalSign.allCases { table[sign.rawValue] = sign.canonicalUnit }
        for (unit, codes) in customaryUnits {
            for code in codes { table[code] = unit }
        }
        return table
    }()

    private static let customaryUnits: [(unit: String, codes: [String])] = [
        // Body height; circumferences of waist and head.
        ("cm", ["8302-2", "8306-3", "8308-9", "3137-7", "3138-5", "8280-0", "56086-2", "9843-4", "8287-5"]),
        // P-R, QRS, QT, QTc; standard deviation of R-R (LOINC); R-R (Open mHealth).
        ("ms", ["8625-6", "8633-0", "8634-8", "8636-3", "80404-7", "rr-interval"]),
        // Oxygen: inhaled, by several methods of saturation; haematocrit; red cell distribution width; glycated haemoglobin; body fat.
        ("%", ["3150-0", "2708-6", "59408-5", "2710-2", "4544-3", "20570-8", "788-0", "4548-4", "17856-6", "41982-0"]),
        ("10*3/uL", ["6690-2", "26464-8", "804-5", "777-3", "26515-7"]),  // leukocytes, platelets
        ("10*6/uL", ["789-8", "26453-1"]),  // erythrocytes
        ("fL", ["787-2", "30428-7", "32623-1"]),  // mean volumes of erythrocytes, platelets
        ("pg", ["785-6", "28539-5"]),  // haemoglobin in an erythrocyte
        ("g/dL", ["786-4", "28540-3", "1751-7", "2885-2", "10834-0"]),  // MCHC, albumin, protein, globulin
        ("U/L", ["1742-6", "1743-4", "1920-8", "6768-6", "2324-2", "2532-0", "2157-6", "3040-3", "1798-8"]),  // enzymes
        ("mg/L", ["1988-5", "30522-7"]),  // C-reactive protein
        ("ng/mL", ["2276-4", "2857-1", "10839-9", "6598-7", "33959-8"]),  // ferritin, PSA, troponins, procalcitonin
        ("ng/L", ["67151-1", "89579-7"]),  // high-sensitivity troponins
        ("pg/mL", ["30934-4", "33762-6"]),  // natriuretic peptides
        ("m[IU]/L", ["3016-3", "11579-0", "11580-8"]),  // thyrotropin
        ("mL/min/{1.73_m2}", ["33914-3", "48642-3", "48643-1", "62238-1", "69405-9", "98979-8"]),  // filtration
        ("mm[Hg]", ["2019-8", "2703-7", "2020-6", "2021-4", "11557-6", "11556-8"]),  // gases of blood
        ("[pH]", ["2744-1", "2745-8", "2746-6", "11558-4"]),
        ("s", ["5902-2", "14979-9", "3173-2"]),  // prothrombin time, partial thromboplastin time
        ("mg/g", ["9318-7", "14959-1"]),  // albumin by creatinine in urine
        ("mL", ["9187-6", "9192-6"]),  // urine output
    ]
}
