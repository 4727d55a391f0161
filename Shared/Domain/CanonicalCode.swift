/// Vital signs under the many codes that senders know them by: LOINC by method and site, SNOMED CT, ISO/IEEE 11073-10101 (MDC), and the vital
/// sign's own LOINC code, which the fleet's events carry.
///
/// A mapper asks for each coding of a record, and publishes the first answer beside the coding as it was sent:
///
///     let sign = codings.lazy.compactMap { CanonicalCode.vital(for: $0.system, $0.code) }.first
///
/// Codes whose values could not stand in for the vital sign's are left out: a resting heart rate is no heart rate of just any moment, a pulse
/// oximeter's saturation is not that of a blood gas analyser, a skin temperature not the body's, glucose by mass not that by moles.
public enum CanonicalCode {
    /// The system of SNOMED CT.
    public static let snomed = "http://snomed.info/sct"
    /// The system of the ISO/IEEE 11073-10101 nomenclature.
    public static let ieee11073 = "urn:iso:std:iso:11073:10101"

    /// The vital sign that `code` of `system` names, or nil. Systems go by URI, `urn:oid:`, OID, or HL7 v2's name (`LN`, `SCT`, `MDC`).
    public static func vital(for system: String, _ code: String) -> VitalSign? {
        switch systems[system] {
        case .loinc: loinc[code]
        case .snomed: snomedCodes[code]
        case .ieee11073: ieeeCodes[code]
        case nil: nil
        }
    }

    /// LOINC codes of the same quantity by another method or at another site.
    static func variants(of sign: VitalSign) -> [String] { variants[sign] ?? [] }

    private enum System { case loinc, snomed, ieee11073 }

    private static let systems: [String: System] = [
        LOINC.system: .loinc, "urn:oid:2.16.840.1.113883.6.1": .loinc, "2.16.840.1.113883.6.1": .loinc, "LN": .loinc,
        snomed: .snomed, "urn:oid:2.16.840.1.113883.6.96": .snomed, "2.16.840.1.113883.6.96": .snomed, "SCT": .snomed,
        "SNM": .snomed,
        ieee11073: .ieee11073, "urn:oid:2.16.840.1.113883.6.24": .ieee11073, "2.16.840.1.113883.6.24": .ieee11073,
        "MDC": .ieee11073,
    ]

    private static let loinc: [String: VitalSign] = {
        var table: [String: VitalSign] = [:]
        for sign in VitalSign.allCases {
            for code in sign.family { table[code] = sign }
        }
        return table
    }()

    private static let variants: [VitalSign: [String]] = [
        // By pulse oximetry, by electrocardiogram.
        .heartRate: ["8889-8", "76282-3"],
        // Oral, rectal, tympanic, axillary, core, temporal artery, ear, nasal, bladder, blood.
        .bodyTemperature: [
            "8331-1", "8332-9", "8333-7", "8328-7", "8329-5", "75539-7", "76011-6", "76010-8", "8334-5", "60834-9",
        ],
        // Sitting, standing, lying; invasive.
        .systolicPressure: ["8459-0", "8460-8", "8461-6", "76215-3"],
        .diastolicPressure: ["8453-3", "8454-1", "8455-8", "76213-8"],
        .meanPressure: ["76214-6"],
        // Panels: lying, sitting, standing, and with its parts required.
        .bloodPressurePanel: ["35094-2", "55284-4", "55417-0"],
        // Measured, stated; with and without clothes.
        .bodyWeight: ["3141-9", "3142-7", "8350-1", "8351-9", "8335-2"],
        // Measured, stated, lying (length).
        .bodyHeight: ["3137-7", "3138-5", "8306-3", "8308-9"],
    ]

    /// Observable entities of SNOMED CT.
    private static let snomedCodes: [String: VitalSign] = [
        "364075005": .heartRate, "78564009": .heartRate,  // heart rate, pulse rate
        "86290005": .respiratoryRate,
        "431314004": .oxygenSaturation,  // peripheral
        "103228002": .arterialOxygenSaturation,  // haemoglobin saturation with oxygen
        "442476006": .arterialOxygenSaturation,
        "386725007": .bodyTemperature, "276885007": .bodyTemperature,  // body, core
        "415945006": .bodyTemperature, "307047009": .bodyTemperature,  // oral, rectal
        "415974002": .bodyTemperature, "415882003": .bodyTemperature,  // tympanic, axillary
        "271649006": .systolicPressure, "72313002": .systolicPressure,  // systolic, systolic arterial
        "271650006": .diastolicPressure, "1091811000000102": .diastolicPressure,
        "6797001": .meanPressure,
        "75367002": .bloodPressurePanel,
        "27113001": .bodyWeight, "363808001": .bodyWeight,
        "1153637007": .bodyHeight, "50373000": .bodyHeight, "248333004": .bodyHeight,
        "60621009": .bodyMassIndex,
        "444981005": .restingHeartRate,
        "250774007": .inhaledOxygenConcentration,
    ]

    /// Codes of the nomenclature with their partition (partition x 65536 + term), and their reference identifiers.
    private static let ieeeCodes: [String: VitalSign] = {
        let rows: [(Int, String, VitalSign)] = [
            (147_842, "MDC_ECG_HEART_RATE", .heartRate),
            (149_514, "MDC_PULS_RATE", .heartRate),
            (149_530, "MDC_PULS_OXIM_PULS_RATE", .heartRate),
            (149_546, "MDC_PULS_RATE_NON_INV", .heartRate),
            (149_522, "MDC_BLD_PULS_RATE_INV", .heartRate),
            (149_554, "MDC_TTHOR_HEART_RATE", .heartRate),
            (149_562, "MDC_PALPATION_HEART_RATE", .heartRate),
            (151_562, "MDC_RESP_RATE", .respiratoryRate),
            (151_570, "MDC_AWAY_RESP_RATE", .respiratoryRate),
            (151_578, "MDC_TTHOR_RESP_RATE", .respiratoryRate),
            (151_594, "MDC_CO2_RESP_RATE", .respiratoryRate),
            (151_602, "MDC_PRESS_RESP_RATE", .respiratoryRate),
            (151_650, "MDC_ACOUSTIC_RESP_RATE", .respiratoryRate),
            (151_658, "MDC_PULS_OXIM_PLETH_RESP_RATE", .respiratoryRate),
            (150_456, "MDC_PULS_OXIM_SAT_O2", .oxygenSaturation),
            (150_324, "MDC_SAT_O2_ART", .arterialOxygenSaturation),
            (150_020, "MDC_PRESS_BLD_NONINV", .bloodPressurePanel),
            (150_021, "MDC_PRESS_BLD_NONINV_SYS", .systolicPressure),
            (150_022, "MDC_PRESS_BLD_NONINV_DIA", .diastolicPressure),
            (150_023, "MDC_PRESS_BLD_NONINV_MEAN", .meanPressure),
            (150_037, "MDC_PRESS_BLD_ART_ABP_SYS", .systolicPressure),
            (150_038, "MDC_PRESS_BLD_ART_ABP_DIA", .diastolicPressure),
            (150_039, "MDC_PRESS_BLD_ART_ABP_MEAN", .meanPressure),
            (150_364, "MDC_TEMP_BODY", .bodyTemperature),
            (150_368, "MDC_TEMP_CORE", .bodyTemperature),
            (150_392, "MDC_TEMP_TYMP", .bodyTemperature),
            (188_420, "MDC_TEMP_RECT", .bodyTemperature),
            (188_424, "MDC_TEMP_ORAL", .bodyTemperature),
            (188_428, "MDC_TEMP_EAR", .bodyTemperature),
            (188_452, "MDC_TEMP_AXILLA", .bodyTemperature),
            (188_740, "MDC_LEN_BODY_ACTUAL", .bodyHeight),
            (188_736, "MDC_MASS_BODY_ACTUAL", .bodyWeight),
            (188_752, "MDC_RATIO_MASS_BODY_LEN_SQ", .bodyMassIndex),
        ]
        var table: [String: VitalSign] = [:]
        for (code, name, sign) in rows {
            table["\(code)"] = sign
            table[name] = sign
        }
        return table
    }()
}
