import Testing

@testable import Domain

@Suite("A vital sign has one code, whatever the sender calls it")
struct CanonicalCodeTests {
    @Test(
        "Codes of LOINC, SNOMED CT and IEEE 11073",
        arguments: [
            (LOINC.system, "8867-4", VitalSign.heartRate), (LOINC.system, "8889-8", .heartRate),
            (LOINC.system, "8310-5", .bodyTemperature), (LOINC.system, "8331-1", .bodyTemperature),
            (LOINC.system, "8332-9", .bodyTemperature), ("LN", "8333-7", .bodyTemperature),
            (LOINC.system, "2708-6", .arterialOxygenSaturation), (LOINC.system, "59408-5", .oxygenSaturation),
            (LOINC.system, "85354-9", .bloodPressurePanel), (LOINC.system, "8480-6", .systolicPressure),
            (LOINC.system, "3141-9", .bodyWeight), ("urn:oid:2.16.840.1.113883.6.1", "29463-7", .bodyWeight),
            (LOINC.system, "40443-4", .restingHeartRate), (CanonicalCode.snomed, "364075005", .heartRate),
            (CanonicalCode.snomed, "271649006", .systolicPressure), ("SCT", "386725007", .bodyTemperature),
            (CanonicalCode.snomed, "431314004", .oxygenSaturation), (CanonicalCode.snomed, "27113001", .bodyWeight),
            (CanonicalCode.ieee11073, "150456", .oxygenSaturation),
            (CanonicalCode.ieee11073, "MDC_PRESS_BLD_NONINV_DIA", .diastolicPressure),
            ("MDC", "151562", .respiratoryRate), ("MDC", "188736", .bodyWeight),
        ])
    func known(system: String, code: String, sign: VitalSign) {
        #expect(CanonicalCode.vital(for: system, code) == sign)
    }

    @Test(
        "What is not the same quantity keeps its own code",
        arguments: [
            (LOINC.system, "39106-0"), (LOINC.system, "718-7"), (LOINC.system, "364075005"), ("", "8867-4"),
            ("http://example.org", "8867-4"), (CanonicalCode.ieee11073, "150388"), (CanonicalCode.snomed, "8867-4"),
        ])
    func unknown(system: String, code: String) {
        #expect(CanonicalCode.vital(for: system, code) == nil)
    }

    @Test("No code belongs to two families, and every LOINC code in the tables has a check digit that is right")
    func tables() {
        let families = VitalSign.allCases.flatMap(\.family)
        #expect(Set(families).count == families.count)
        let codes = families + UCUM.analytes.keys + UCUM.preferredUnits.keys.filter { $0 != "rr-interval" }
        #expect(codes.filter { !Self.hasCheckDigit($0) } == [])
    }

    /// LOINC Users' Guide, appendix "Calculating Mod 10 check digits".
    private static func hasCheckDigit(_ code: String) -> Bool {
        let parts = code.split(separator: "-")
        guard parts.count == 2 else { return false }
        var sum = 0
        for (place, digit) in parts[0].compactMap(\.wholeNumberValue).reversed().enumerated() {
            let weighted = place % 2 == 0 ? digit * 2 : digit
            sum += weighted / 10 + weighted % 10
        }
        return parts[1] == "\((10 - sum % 10) % 10)"
    }
}
