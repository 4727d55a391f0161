import Domain

/// Writes what a hospital's record system would send about a generated person: FHIR R4 transaction Bundles.
///
/// Laboratory codes are LOINC. There is no name and no address in them: the feed has no such thing.
struct HealthRecordWriter {
    private struct Analyte {
        let code: String
        let display: String
        let unit: String
        let places: Int
        let mean: Double
        let deviation: Double
        /// What a full planted deterioration adds.
        let illness: Double
        /// Whether it is measured in a routine panel, or only in illness.
        let isRoutine: Bool
    }

    private static let analytes = [
        Analyte(
            code: "2339-0", display: "Glucose", unit: "mg/dL", places: 0, mean: 96, deviation: 11, illness: 40,
            isRoutine: true),
        Analyte(
            code: "38483-4", display: "Creatinine", unit: "mg/dL", places: 2, mean: 0.95, deviation: 0.15, illness: 0.9,
            isRoutine: true),
        Analyte(
            code: "6299-2", display: "Urea Nitrogen", unit: "mg/dL", places: 0, mean: 14, deviation: 3, illness: 16,
            isRoutine: true),
        Analyte(
            code: "2947-0", display: "Sodium", unit: "mmol/L", places: 0, mean: 140, deviation: 2, illness: -5,
            isRoutine: true),
        Analyte(
            code: "6298-4", display: "Potassium", unit: "mmol/L", places: 1, mean: 4.2, deviation: 0.3, illness: 0.5,
            isRoutine: true),
        Analyte(
            code: "718-7", display: "Hemoglobin [Mass/volume] in Blood", unit: "g/dL", places: 1, mean: 14,
            deviation: 1,
            illness: -1, isRoutine: true),
        Analyte(
            code: "6690-2", display: "Leukocytes [#/volume] in Blood by Automated count", unit: "10*3/uL", places: 1,
            mean: 6.8, deviation: 1.3, illness: 11, isRoutine: true),
        Analyte(
            code: "777-3", display: "Platelets [#/volume] in Blood by Automated count", unit: "10*3/uL", places: 0,
            mean: 250, deviation: 40, illness: -110, isRoutine: true),
        Analyte(
            code: "1988-5", display: "C reactive protein [Mass/volume] in Serum or Plasma", unit: "mg/L", places: 1,
            mean: 2.5, deviation: 1, illness: 180, isRoutine: false),
        Analyte(
            code: "2524-7", display: "Lactate [Moles/volume] in Serum or Plasma", unit: "mmol/L", places: 1, mean: 1.1,
            deviation: 0.2, illness: 3.2, isRoutine: false),
    ]

    private var json = JSONBytes()
    private var entries = 0

    /// Admission: Patient, Conditions and MedicationRequests, as one Bundle with `items` resources.
    mutating func admission(of profile: PersonProfile, at time: Timestamp) -> (bytes: [UInt8], items: Int) {
        begin()
        entry("Patient", id: profile.id)
        json.raw(",\"identifier\":[{\"system\":\"urn:vitalstream:generator\",\"value\":\"\(profile.id)\"}]")
        json.raw(",\"active\":true,\"gender\":\"\(profile.gender)\",\"birthDate\":\"\(profile.birthYear)-07-01\"}")
        endEntry("Patient", id: profile.id)
        for condition in profile.conditions {
            let id = "\(profile.id)-condition-\(condition.snomed.code)"
            entry("Condition", id: id)
            json.raw(
                ",\"clinicalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"active\"}]}"
            )
            json.raw(
                ",\"verificationStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-ver-status\",\"code\":\"confirmed\"}]}"
            )
            coding("code", "http://snomed.info/sct", condition.snomed.code, condition.snomed.display)
            subject(profile)
            json.raw(",\"recordedDate\":")
            json.time(time)
            json.raw("}")
            endEntry("Condition", id: id)
        }
        for condition in profile.conditions {
            let id = "\(profile.id)-medication-\(condition.prescription.code)"
            entry("MedicationRequest", id: id)
            json.raw(",\"status\":\"active\",\"intent\":\"order\"")
            coding(
                "medicationCodeableConcept", "http://www.nlm.nih.gov/research/umls/rxnorm", condition.prescription.code,
                condition.prescription.display)
            subject(profile)
            json.raw(",\"authoredOn\":")
            json.time(time)
            json.raw(",\"dosageInstruction\":[{\"sequence\":1,\"text\":\"\(condition.dosage)\"}]}")
            endEntry("MedicationRequest", id: id)
        }
        return end()
    }

    /// A laboratory panel taken at `time`: one Bundle of Observations, with more analytes in illness.
    mutating func laboratory(
        of profile: PersonProfile, at time: Timestamp, severity: Double, random: inout SeededGenerator
    ) -> (bytes: [UInt8], items: Int) {
        begin()
        for analyte in Self.analytes where analyte.isRoutine || severity > 0 {
            let noise = random.gaussian().clamped(to: -2.5...2.5) * analyte.deviation
            let value = max(0, analyte.mean + noise + analyte.illness * severity)
            let id = "\(profile.id)-lab-\(analyte.code)-\(time.microseconds / 1_000_000)"
            entry("Observation", id: id)
            json.raw(",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":")
            json.raw("\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"laboratory\"}]}]")
            coding("code", "http://loinc.org", analyte.code, analyte.display)
            subject(profile)
            json.raw(",\"effectiveDateTime\":")
            json.time(time)
            json.raw(",\"valueQuantity\":{\"value\":")
            json.number(value, places: analyte.places)
            json.raw(
                ",\"unit\":\"\(analyte.unit)\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"\(analyte.unit)\"}}")
            endEntry("Observation", id: id)
        }
        return end()
    }

    private mutating func begin() {
        json.reset(reserving: 4096)
        entries = 0
        json.raw("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[")
    }

    private mutating func end() -> (bytes: [UInt8], items: Int) {
        json.raw("]}")
        return (json.bytes, entries)
    }

    private mutating func entry(_ type: String, id: String) {
        if entries > 0 { json.raw(",") }
        entries += 1
        json.raw("{\"fullUrl\":\"urn:vitalstream:generator:\(type):\(id)\",\"resource\":{\"resourceType\":\"\(type)\"")
        json.raw(",\"id\":\"\(id)\"")
    }

    private mutating func endEntry(_ type: String, id: String) {
        json.raw(",\"request\":{\"method\":\"PUT\",\"url\":\"\(type)/\(id)\"}}")
    }

    private mutating func subject(_ profile: PersonProfile) {
        json.raw(",\"subject\":{\"reference\":\"Patient/\(profile.id)\"}")
    }

    private mutating func coding(_ name: String, _ system: String, _ code: String, _ display: String) {
        json.raw(
            ",\"\(name)\":{\"coding\":[{\"system\":\"\(system)\",\"code\":\"\(code)\",\"display\":\"\(display)\"}]")
        json.raw(",\"text\":\"\(display)\"}")
    }
}
