import Contracts
import Domain
import Testing

@testable import IngestionCore

@Suite("Every part of an HL7 v2 message becomes a fact, a note or a refusal")
struct HL7ReaderTests {
    @Test("An NM of LOINC and UCUM becomes an observation in canonical units")
    func number() throws {
        let outcomes = HL7Fixture.outcomes(
            "ORU^R01^ORU_R01", "OBR|1|P1|F1|8310-5^Temp^LN|||20240430060000",
            "OBX|1|NM|8310-5^Body temperature^LN||98.6|[degF]^^UCUM|||||F|||20240430061500")
        #expect(outcomes.map(\.verdictWord) == ["facts"])
        let event = try #require(outcomes[0].observed.first)
        #expect(event.code == "8310-5" && event.codeSystem == "http://loinc.org" && event.display == "Body temperature")
        #expect(
            event.value == .quantity(37) && event.unit == "Cel" && event.originalValue == "98.6"
                && event.originalUnit == "[degF]")
        #expect(event.status == .final)
        // The zone is that of MSH-7.
        #expect(event.effectiveAt == Timestamp(iso8601: "2024-04-30T04:15:00Z"))
        #expect(event.patient.rawValue == "p1.urn-oid-1-2-3-A1")
        #expect(event.resourceID == "h1.order:F1")
        try event.validate()
    }

    @Test(
        "Values by their types",
        arguments: [
            ("NM|8867-4^HR^LN||72|bpm", .quantity(72)), ("NM|1^x^L||<5|mg/dL", .text("<5 mg/dL")),
            ("SN|1^x^L||>^100|mg/dL", .text(">100 mg/dL")),
            ("SN|1^x^L||^7.5", .quantity(7.5)),
            ("CWE|1^x^L||260415000^no^SCT", .coded(code: "260415000", system: "http://snomed.info/sct")),
            ("CE|1^x^L||^only text", .text("only text")), ("TX|1^x^L||a\\T\\b~c", .text("a&b\nc")),
            ("ST|1^x^L||\"\"", .absent(reason: "unknown")),
            ("DT|1^x^L||20240430", .text("2024-04-30")), ("TM|1^x^L||0630", .text("06:30")),
            ("TS|1^x^L||202404300630+0200", .text("2024-04-30T06:30+02:00")),
            ("CE|1^x^L||N^no^HL70136", .coded(code: "N", system: "http://terminology.hl7.org/CodeSystem/v2-0136")),
        ] as [(String, ObservationRecorded.Value)])
    func values(obx: String, value: ObservationRecorded.Value) throws {
        let outcome = HL7Fixture.outcomes(
            "ORU^R01", "OBR|1", "OBX|1|\(obx)||||||F".replacing("|||||||F", with: "||||||F"))[0]
        let event = try #require(outcome.observed.first, "\(outcome)")
        #expect(event.value == value)
        try event.validate()
    }

    @Test("A LOINC code is preferred wherever it stands, and local codes belong to their sender")
    func codings() throws {
        let outcome = HL7Fixture.outcomes(
            "ORU^R01", "OBR|1", "OBX|1|NM|HB^Hb^L^718-7^Hemoglobin^LN||7|g/dL", "OBX|2|NM|GLU^Glucose^99LAB||7|x")[0]
        #expect(outcome.observed.map(\.code) == ["718-7", "GLU"])
        #expect(
            outcome.observed.map(\.codeSystem) == ["http://loinc.org", "urn:vitalstream:hl7v2:codes:HOSP:99LAB"])
    }

    @Test("Time is OBX-14, else OBR-7 to -8, else MSH-7")
    func times() {
        let own = HL7Fixture.outcomes("ORU^R01", "OBR|1||||||20240401|20240402", "OBX|1|NM|1^x^L||7||||||F|||20240403")[
            0
        ].observed
        #expect(own.first?.effectiveAt == Timestamp(iso8601: "2024-04-02T22:00:00Z"))
        let order = HL7Fixture.outcomes("ORU^R01", "OBR|1||||||20240401|20240402", "OBX|1|NM|1^x^L||7")[0].observed
        #expect(order.first?.effectiveAt == Timestamp(iso8601: "2024-03-31T22:00:00Z"))
        #expect(order.first?.effectiveEndAt == Timestamp(iso8601: "2024-04-01T22:00:00Z"))
        let sent = HL7Fixture.outcomes("ORU^R01", "OBR|1", "OBX|1|NM|1^x^L||7")[0].observed
        #expect(sent.first?.effectiveAt == Timestamp(iso8601: "2024-04-30T04:30:00Z"))
    }

    @Test("A part that is refused is an outcome of its own, and spoils no other; one that tells nothing is a note")
    func parts() {
        let outcomes = HL7Fixture.outcomes(
            "ORU^R01", "OBR|1", "OBX|1|NM|1^a^L||7||||||F", "OBX|2|NM|1^b^L||seven||||||F",
            "OBX|3|ED|1^c^L||^IM^JPEG^Base64^AA==||||||F",
            "OBX|4|NM|||8||||||F", "OBX|5|NM|1^d^L||9||||||F|||20990101", "OBX|6|NM|1^e^L||||||||I",
            "OBX|7|QQ|1^f^L||1||||||F")
        #expect(
            outcomes.map(\.verdictWord) == [
                "facts", "facts", "invalid-number", "required-field-missing", "value-type-unknown",
            ])
        #expect(outcomes.map(\.place) == ["MSH", "OBX[5]", "OBX[2]-5", "OBX[4]-3", "OBX[7]-2"])
        #expect(outcomes[0].facts.count == 1)
        // The fact of 2099 stands by itself, so that it is held back alone.
        #expect(outcomes[1].observed.map(\.display) == ["d"])
        #expect(outcomes[0].notes.map(\.code) == ["unsupported-value-type", "no-value"])
        #expect(outcomes.map(\.index) == [0, 1, 2, 3, 4])
    }

    @Test("The same message gives the same facts, and equal lines within one stay two")
    func identity() {
        let lines = ["OBR|1||F1", "OBX|1|TX|1^a^L||line", "OBX|2|TX|1^a^L||line"]
        let first = HL7Fixture.outcomes("ORU^R01", lines[0], lines[1], lines[2])[0]
        let again = HL7Fixture.outcomes("ORU^R01", lines[0], lines[1], lines[2])[0]
        #expect(first.facts.map(\.eventID) == again.facts.map(\.eventID))
        #expect(Set(first.facts.map(\.eventID)).count == 2)
    }

    @Test("A person is the MR of PID-3, else its first, else PID-2; without one the message is refused")
    func person() {
        func word(_ pid: String) -> String {
            let outcome = HL7Fixture.outcomes(Array("MSH|^~\\&|L|H|||20240430||ADT^A08|1|P|2.5\r\(pid)\rPV1|1|I".utf8))[
                0]
            return outcome.facts.first?.patient?.rawValue ?? outcome.verdictWord
        }
        #expect(word("PID|1||X1^^^A^PI~Y2^^^B^MR") == "p1.urn-vitalstream-hl7v2-authority-B-Y2")
        #expect(word("PID|1|Z9|X1") == "p1.urn-vitalstream-patient-X1")
        #expect(word("PID|1|Z9|") == "p1.urn-vitalstream-patient-Z9")
        #expect(word("PID|1||\"\"") == "subject-missing")
        #expect(word("EVN|A08") == "required-segment-missing")
    }

    @Test("An admission tells the person, the visit, allergies, diagnoses and procedures")
    func admission() throws {
        let outcome = HL7Fixture.outcomes(
            "ADT^A03", "EVN|A03|20240430", "PV1|1|I|W^1|E|||||||||||||||V77|||||||||||||||||||||||||20240420|20240429",
            "AL1|1|DA|7980^Penicillin^RXNORM|SV|HIVES|2001",
            "DG1|1||I10^Hypertension^I10|||F", "PR1|1||80146002^Appendectomy^SCT||202404211200|A|90",
            "OBX|1|NM|8867-4^HR^LN||72|/min")[0]
        #expect(outcome.facts.count == 6)
        guard case .patient(let person) = outcome.facts[0], case .encounter(let visit) = outcome.facts[1],
            case .allergy(let allergy) = outcome.facts[2],
            case .condition(let condition) = outcome.facts[3], case .procedure(let procedure) = outcome.facts[4]
        else {
            Issue.record("\(outcome.facts)")
            return
        }
        #expect(person.administrativeGender == .female && person.birthYear == 1969 && !person.deceased)
        #expect(
            visit.encounterClass == "IMP" && visit.status == .finished && visit.code == "E"
                && visit.resourceID == "h1.visit:V77")
        #expect(allergy.code == "7980" && allergy.category == "medication" && allergy.criticality == .high)
        #expect(condition.codeSystem == "http://hl7.org/fhir/sid/icd-10" && condition.verificationStatus == .confirmed)
        #expect(procedure.endedAt == procedure.startedAt?.advanced(by: .seconds(5_400)))
        for fact in outcome.facts { try fact.event.validate() }
    }

    @Test("Orders, dispenses and doses of drugs are medications; orders of tests are kept")
    func medications() throws {
        let encoded = HL7Fixture.outcomes(
            "RDE^O11", "ORC|NW|1||||||||20240429", "RXO|x^written^L|1",
            "RXE||00047040230^Ampicillin^NDC|250||mg^^UCUM||^take two")[0]
        guard case .medication(let order) = encoded.facts.first else {
            Issue.record("\(encoded)")
            return
        }
        #expect(encoded.facts.count == 1)
        #expect(
            order.kind == .order && order.status == .active && order.doseQuantity == 250 && order.doseUnit == "mg"
                && order.dosageText == "take two")
        let given = HL7Fixture.outcomes(
            "RAS^O17", "ORC|RE|1", "RXA|0|1|20240429||7980^Penicillin^RXNORM|1|g|||||||||||||RE")[0]
        guard case .medication(let dose) = given.facts.first else {
            Issue.record("\(given)")
            return
        }
        #expect(dose.kind == .administration && dose.status == .notDone)
        let tests = HL7Fixture.outcomes("ORM^O01", "ORC|NW|1", "OBR|1|1||718-7^Hb^LN")
        #expect(tests.map(\.verdictWord) == ["order-not-medication"])
        for fact in encoded.facts + given.facts { try fact.event.validate() }
    }

    @Test("A vaccine is known by its CVX code; none given, or of unknown amount, is not made up")
    func vaccines() throws {
        let outcome = HL7Fixture.outcomes(
            "VXU^V04", "ORC|RE||F1",
            "RXA|0|1|20240429||49281-0215-88^TENIVAC^NDC^113^Td^CVX|0.5|mL^mL^UCUM|||||||||||||CP|A", "ORC|RE||F2",
            "RXA|0|1|20240428||88^influenza^CVX|999||||||||||||||CP|A", "ORC|RE||F3",
            "RXA|0|1|20240427||998^none^CVX|999")[0]
        let vaccines = outcome.facts.compactMap { if case .immunization(let event) = $0 { event } else { nil } }
        #expect(vaccines.map(\.code) == ["113", "88"])
        #expect(vaccines.map(\.doseQuantity) == [0.5, nil])
        #expect(outcome.notes.map(\.code) == ["no-vaccine"])
        for event in vaccines { try event.validate() }
    }

    @Test("A document is a report with its texts counted")
    func documents() throws {
        let outcome = HL7Fixture.outcomes(
            "MDM^T02", "TXA|1|DS|TX|20240429||20240430||||||D1|||||LA", "OBX|1|TX|11506-3^Note^LN||one",
            "OBX|2|TX|11506-3^Note^LN||two")[0]
        guard case .report(let report) = outcome.facts.last else {
            Issue.record("\(outcome)")
            return
        }
        #expect(
            report.code == "DS" && report.codeSystem.hasSuffix("v2-0270") && report.resultCount == 2
                && report.status == .final)
        #expect(outcome.observed.count == 2)
        #expect(outcome.observed.first?.effectiveAt == report.effectiveAt)
        try report.validate()
    }

    @Test(
        "Messages that are not mapped, merges, and versions that are not read are named",
        arguments: [
            ("SIU^S12", "unsupported-message"), ("ADT^A40", "merge-not-applied"), ("ZZZ^Z01", "unsupported-message"),
            ("ORU^R01", "required-segment-missing"),
        ])
    func notMapped(type: String, word: String) {
        #expect(HL7Fixture.outcomes(type, "NTE|1").map(\.verdictWord) == [word])
    }

    @Test("A file gives outcomes for its messages and for the faults of its envelope, in order")
    func files() {
        let message = "MSH|^~\\&|L|H|||20240430||ADT^A08|1|P|2.5\rPID|1||X\rPV1|1|I"
        let old = message.replacing("2.5", with: "2.1")
        let outcomes = HL7Fixture.outcomes(Array("BHS|^~\\&\r\(message)\r\(old)\rBTS|3".utf8))
        #expect(outcomes.map(\.verdictWord) == ["facts", "version-unsupported", "batch-count-differs"])
        #expect(outcomes.map(\.place) == ["message[1].MSH", "message[2].MSH", "segment[8]"])
        #expect(outcomes.map(\.type) == ["ADT^A08", "ADT^A08", "BTS"])
        #expect(HL7Fixture.outcomes(Array("hello".utf8)).map(\.verdictWord) == ["not-hl7"])
        #expect(HL7Fixture.outcomes(Array("BHS|^~\\&\rBTS|0".utf8)).map(\.verdictWord) == ["no-message"])
    }
}

@Suite("However a message is damaged, what is made of it are events that consumers take")
struct HL7DamageTests {
    private static let message = """
        MSH|^~\\&|LAB|HOSP|EHR|X|20240430063000+0200||ADT^A08|MSG1|P|2.5.1
        PID|1||A1^^^HOSP&1.2.3&ISO^MR||DOE^JANE||19690113|F
        PV1|1|I|W^1|E|||||||||||||||V77|||||||||||||||||||||||||20240420|20240429
        ORC|NW|P1|F1|||||||20240429
        OBR|1|P1|F1|718-7^Hb^LN|||20240430|20240501
        OBX|1|NM|718-7^Hemoglobin^LN^HGB^Hb^L||12.5~13|g/dL^^UCUM|||||F|||20240430061500
        OBX|2|SN|1^x^L||<^5^-^7|mg/dL|||||P
        OBX|3|CWE|1^x^L||260415000^no^SCT^^^^^^none||||||C
        OBX|4|TX|1^x^L||a\\T\\b\\.br\\c\\X00\\~d||||||F
        AL1|1|DA|7980^Penicillin^RXNORM|SV|HIVES^x^SCT|2001
        DG1|1||I10^Hypertension^I10||20240101|F
        PRB|AD|20240101|1^p^SCT
        PR1|1||80146002^Appendectomy^SCT||202404211200|A|90
        TXA|1|DS|TX|20240429||20240430||||||D1|||||LA
        RXE||00047040230^Ampicillin^NDC|250||mg^^UCUM||^take two
        RXA|0|1|20240429|20240430|7980^Penicillin^RXNORM|1|g
        """

    @Test("Bytes changed, cut out and doubled at random")
    func damage() throws {
        var state: UInt64 = 0x5EED
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        print("seed of damage(): \(state)")
        let whole = Array(Self.message.utf8)
        let alphabet = Array("|^~\\&\n\"0A9 ".utf8) + [0xC3, 0xA9, 0x00]
        var facts = 0
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0...random(6) {
                let place = random(bytes.count)
                switch random(3) {
                case 0: bytes[place] = alphabet[random(alphabet.count)]
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + random(20)))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random(40))], at: place)
                }
            }
            let outcomes = HL7Fixture.outcomes(bytes)
            #expect(!outcomes.isEmpty)
            for fact in outcomes.flatMap(\.facts) {
                facts += 1
                #expect(throws: Never.self, "\(fact)") { try fact.event.validate() }
            }
        }
        #expect(facts > 1_000)
    }
}
