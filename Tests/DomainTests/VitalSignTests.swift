import Domain
import Testing

@Suite("Named vital signs are LOINC codes")
struct VitalSignTests {
    @Test("Each code has LOINC's check digit", arguments: VitalSign.allCases)
    func checkDigit(sign: VitalSign) throws {
        // LOINC Users' Guide, appendix "Calculating Mod 10 check digits".
        let parts = sign.rawValue.split(separator: "-")
        let digits = try #require(parts.first).compactMap(\.wholeNumberValue)
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let weighted = place % 2 == 0 ? digit * 2 : digit
            sum += weighted / 10 + weighted % 10
        }
        #expect(parts.count == 2 && parts[1] == "\((10 - sum % 10) % 10)")
    }

    @Test("Each has a name, and no two share one")
    func names() {
        #expect(Set(VitalSign.allCases.map(\.display)).count == VitalSign.allCases.count)
        #expect(!VitalSign.allCases.contains { $0.display.isEmpty })
    }

    @Test("The signs of the FHIR R4 vital signs profile have the profile's units")
    func units() {
        // https://hl7.org/fhir/R4/observation-vitalsigns.html
        let profile: [(VitalSign, String)] = [
            (.respiratoryRate, "/min"), (.heartRate, "/min"), (.arterialOxygenSaturation, "%"),
            (.bodyTemperature, "Cel"),
            (.bodyHeight, "cm"), (.bodyWeight, "kg"), (.bodyMassIndex, "kg/m2"), (.systolicPressure, "mm[Hg]"),
            (.diastolicPressure, "mm[Hg]"),
        ]
        for (sign, unit) in profile { #expect(sign.canonicalUnit == unit) }
        #expect(VitalSign.levelOfConsciousness.canonicalUnit == nil)
    }
}
