import Contracts
import Domain
import Testing

/// One of every event, and random ones.
enum Samples {
    static let patient = PatientPseudonym("p1.sOBr01A_ARkzieg2dncV3hu2") ?? anyPatient
    private static var anyPatient: PatientPseudonym { Samples.pseudonym("p") }
    static let id = EventID(high: 0x0123_4567_89AB_8DEF, low: 0x8FED_CBA9_8765_4321)
    static let otherID = EventID(high: 0x1111_2222_3333_8444, low: 0x8555_6666_7777_8888)
    static let time = Timestamp(microseconds: 1_714_545_000_000_000)
    static let later = Timestamp(microseconds: 1_714_545_060_123_456)

    static func pseudonym(_ text: String) -> PatientPseudonym {
        guard let pseudonym = PatientPseudonym(text) else { return patient }
        return pseudonym
    }

    static let observation = ObservationRecorded(
        eventID: id, patient: patient, code: "8867-4", codeSystem: "http://loinc.org", display: "Heart rate",
        value: .quantity(72.5), unit: "/min", originalValue: "1.208", originalUnit: "Hz",
        originalCode: "364075005", originalCodeSystem: "http://snomed.info/sct", status: .final, effectiveAt: time,
        effectiveEndAt: later, receivedAt: later, source: "feed.wearable.v1", deviceID: "watch-7", resourceID: "h1.abc",
        modelVersion: "ingestion 1.0", producedAt: later)
    static let medication = MedicationRecorded(
        eventID: id, patient: patient, code: "314076", codeSystem: "http://www.nlm.nih.gov/research/umls/rxnorm",
        display: "lisinopril 10 MG Oral Tablet", status: .onHold, intent: .order, authoredAt: time,
        dosageText: "1 tablet \"daily\"\n", kind: .administration, effectiveStartAt: time, effectiveEndAt: later,
        doseQuantity: 10, doseUnit: "mg", resourceID: "h1.m", source: "feed.ehr.fhir.v1", receivedAt: later,
        modelVersion: "ingestion 1.0", producedAt: later)
    static let condition = ConditionRecorded(
        eventID: id, patient: patient, code: "38341003", codeSystem: "http://snomed.info/sct", display: "Hypertension",
        clinicalStatus: .active, verificationStatus: .confirmed, onsetAt: Timestamp(microseconds: 0), abatedAt: nil,
        recordedAt: time, resourceID: "", source: "feed.ehr.fhir.v1", receivedAt: later, modelVersion: "ingestion 1.0",
        producedAt: later)
    static let registration = PatientRegistered(
        eventID: id, patient: patient, administrativeGender: .female, birthYear: 1962, deceased: true,
        resourceID: "h1.p",
        source: "feed.ehr.fhir.v1", receivedAt: later, modelVersion: "ingestion 1.0", producedAt: later)
    static let alert = Alert(
        eventID: id, alertID: otherID, version: 2, patient: patient, rule: "news2", severity: .lowMedium,
        transition: .escalated, score: 7, threshold: 5, summary: "NEWS2 7 (high): respiration 3, SpO₂ 2",
        evidence: "[{\"code\":\"9279-1\"}]", effectiveAt: time, raisedAt: time, triggerEventID: otherID,
        modelVersion: "alert-engine 1.0", producedAt: later)
    static let deadLetter = DeadLetter(
        eventID: id, service: "ingestion", reasonCode: "not-utf8", place: "ObservationRecorded.code",
        detail: "mend the sender's encoding", attempts: 3, sourceTopic: "feed.wearable.v1", sourcePartition: 4,
        sourceOffset: 5_000_000_000, payloadSHA256: String(repeating: "0a", count: 32),
        payloadCiphertext: [1, 0, 255, 7],
        keyID: "k1", modelVersion: "ingestion 1.0", producedAt: later)

    /// Every kind of event, with its decoder and a maker of random ones.
    static let kinds: [Kind] =
        [
            Kind(observation) { .random(using: &$0) }, Kind(medication) { .random(using: &$0) },
            Kind(condition) { .random(using: &$0) }, Kind(registration) { .random(using: &$0) },
            Kind(alert) { .random(using: &$0) }, Kind(deadLetter) { .random(using: &$0) },
        ] + factKinds + genomicKinds

    /// One kind of event.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let sample: any HealthEvent
        let decode: @Sendable ([UInt8]) throws(ContractError) -> any HealthEvent
        let random: @Sendable (inout SeededGenerator) -> any HealthEvent
        /// Whether an event survives encoding and decoding.
        let survives: @Sendable (any HealthEvent) throws -> Bool

        init<Event: HealthEvent>(_ sample: Event, random: @escaping @Sendable (inout SeededGenerator) -> Event) {
            name = "\(Event.self)"
            self.sample = sample
            decode = { bytes throws(ContractError) in try Event(decoding: bytes) }
            self.random = random
            survives = { event in
                guard let event = event as? Event else { return false }
                try event.validate()
                return try Event(decoding: event.encoded()) == event
            }
        }

        var testDescription: String { name }
        /// The sample as a list of wire fields.
        var message: WireMessage { WireMessage(sample.encoded()) ?? WireMessage() }
    }
}
