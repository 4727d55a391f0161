import Domain

/// What a measurement of a living person can be, in its canonical unit.
struct ValueWindow: Sendable {
    /// Outside: impossible for a living person of any age, so the value is wrong, or the code, or the unit.
    let hard: ClosedRange<Double>
    /// Outside, and within `hard`: it has been seen, and comes as a rule from noise when a device measures it without a person watching.
    let usual: ClosedRange<Double>
    /// The UCUM unit of both.
    let unit: String

    /// Windows by LOINC code.
    static func of(loinc code: String) -> ValueWindow? { table[code] }

    private static let table: [String: ValueWindow] = {
        var table: [String: ValueWindow] = [:]
        for row in vitals + laboratory {
            for code in row.codes { table[code] = ValueWindow(hard: row.hard, usual: row.usual, unit: row.unit) }
        }
        return table
    }()

    private typealias Row = (codes: [String], hard: ClosedRange<Double>, usual: ClosedRange<Double>, unit: String)

    /// Vital signs and what wearables measure. The hard limits enclose the extremes that people are known to have survived, with a margin.
    private static let vitals: [Row] = [
        // 480/min: see Chhabra et al., Indian Pacing Electrophysiol J 2012;12:32. A rate of nought is a lead that has come off, or an arrest.
        (VitalSign.heartRate.family, 10...500, 25...230, "/min"),
        (["40443-4"], 10...300, 25...160, "/min"),
        // Preterm infants breathe at up to 120/min; an apnoea is 0.
        (VitalSign.respiratoryRate.family, 0...150, 4...70, "/min"),
        // A saturation of 34 % near the top of Everest: Grocott et al., N Engl J Med 2009;360:140. More than all is impossible.
        (VitalSign.oxygenSaturation.family + VitalSign.arterialOxygenSaturation.family, 10...100, 60...100, "%"),
        // 13.7 Cel survived: Gilbert et al., Lancet 2000;355:375. 46.5 Cel: Slovis et al., Ann Emerg Med 1982;11:269.
        (VitalSign.bodyTemperature.family, 10...47, 30...43, "Cel"),
        // 480/350 mm[Hg] under a heavy lift: MacDougall et al., J Appl Physiol 1985;58:785.
        (VitalSign.systolicPressure.family, 10...500, 50...260, "mm[Hg]"),
        (VitalSign.diastolicPressure.family, 0...400, 20...160, "mm[Hg]"),
        (VitalSign.meanPressure.family, 5...450, 30...200, "mm[Hg]"),
        // 212 g at birth (Tiniest Babies Registry, University of Iowa); 635 kg (Guinness World Records, J. B. Minnoch).
        (VitalSign.bodyWeight.family, 0.2...650, 0.4...350, "kg"),
        // 22 cm at birth (Tiniest Babies Registry); 272 cm (Guinness World Records, R. Wadlow).
        (VitalSign.bodyHeight.family, 20...275, 30...230, "cm"),
        // 186 kg/m2 follows from the heaviest person.
        (VitalSign.bodyMassIndex.family, 5...260, 9...90, "kg/m2"),
        (["3150-0"], 5...100, 15...100, "%"),
        (["3151-8"], 0...150, 0...80, "L/min"),
        (["41982-0"], 1...85, 3...65, "%"),
        // A day's running of 320 km (world record of 24 hours) is some 300,000 steps.
        (["55423-8"], 0...500_000, 0...100_000, "{steps}"),
        (["80404-7"], 0...2_000, 1...400, "ms"),
        (["93832-4"], 0...2_880, 0...960, "min"),
        (["41981-2"], 0...30_000, 0...12_000, "kcal"),
    ]

    /// Laboratory tests by blood, serum or plasma. Limits without a source lie at twice what textbooks of clinical chemistry call the range
    /// of analysers, or at what arithmetic allows (a fraction below 1).
    private static let laboratory: [Row] = [
        // 2,656 mg/dL survived: Guinness World Records, M. P. Buonocore.
        (
            ["2345-7", "2339-0", "2340-8", "2341-6", "32016-8", "41653-7", "1558-6", "99504-3"], 1...3_000, 30...600,
            "mg/dL"
        ),
        (["14749-6", "15074-8", "14743-9", "14771-0"], 0.05...170, 1.7...33, "mmol/L"),
        // 196 mmol/L survived: Carlberg et al., J Emerg Med 2013;45:228.
        (["2951-2", "2947-0"], 70...250, 110...175, "mmol/L"),
        (["2823-3", "6298-4"], 0.5...20, 1.8...9, "mmol/L"),
        (["2075-0", "2069-3"], 30...200, 65...140, "mmol/L"),
        (["1963-8", "2028-9", "1959-6", "1960-4"], 0...80, 4...55, "mmol/L"),
        (["2744-1", "2745-8", "2746-6", "11558-4"], 6...8.2, 6.8...7.8, "[pH]"),
        (["2019-8", "2020-6", "2021-4", "11557-6"], 2...501, 10...150, "mm[Hg]"),
        (["2703-7", "11556-8"], 5...760, 20...650, "mm[Hg]"),
        // 0.7 g/dL survived: Dai et al., Anesth Analg 2010;111:608.
        (["718-7"], 0.4...30, 3...24, "g/dL"),
        (["4544-3", "20570-8"], 1...85, 10...72, "%"),
        (["6690-2", "26464-8", "804-5"], 0...2_000, 0.1...300, "10*3/uL"),
        (["777-3", "26515-7"], 0...15_000, 2...2_000, "10*3/uL"),
        (["789-8", "26453-1"], 0.1...15, 1...9, "10*6/uL"),
        (["2160-0", "38483-4"], 0...100, 0.1...25, "mg/dL"),
        (["14682-9", "59826-8"], 0...8_900, 8...2_200, "umol/L"),
        (["3094-0", "6299-2"], 0...400, 1...200, "mg/dL"),
        (["2524-7", "32693-4", "2518-9"], 0...60, 0.2...25, "mmol/L"),
        (["17861-6", "49765-1"], 1...40, 4...18, "mg/dL"),
        (["1975-2", "42719-5"], 0...120, 0...50, "mg/dL"),
        (["4548-4", "17856-6"], 2...30, 3...18, "%"),
        (["2093-3", "13457-7", "18262-6", "2089-1"], 0...3_000, 20...700, "mg/dL"),
        (["2085-9"], 0...400, 5...150, "mg/dL"),
        (["2571-8"], 0...40_000, 10...5_000, "mg/dL"),
        (["1751-7"], 0.1...10, 0.8...7, "g/dL"),
        (["1988-5", "30522-7"], 0...1_500, 0...600, "mg/L"),
        (["33914-3", "48642-3", "48643-1", "62238-1", "69405-9", "98979-8"], 0...400, 1...200, "mL/min/{1.73_m2}"),
    ]
}
