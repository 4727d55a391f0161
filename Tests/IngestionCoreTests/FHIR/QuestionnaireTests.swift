import Contracts
import Domain
import Testing

@testable import IngestionCore

/// Codes and scores: LOINC panels 44249-1, 69737-5, 72109-2 (https://loinc.org). The scoring is the sum of the items.
@Suite("Answers to questionnaires become items and a total, and no total is made of a part")
struct QuestionnaireTests {
    private static let phq9 = [
        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
    ]
    private static let gad7 = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]
    private static let frequency = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]

    private func coded(_ code: String, _ answer: String, prefix: String = "/") -> String {
        #"{"linkId":"\#(prefix)\#(code)","answer":[{"valueCoding":{"system":"http://loinc.org","code":"\#(answer)"}}]}"#
    }

    private func outcome(_ items: [String], more: String = "") -> FactOutcome {
        Fixture.decoder().fhir(
            Array(
                #"{"resourceType":"QuestionnaireResponse","status":"completed","subject":{"reference":"Patient/1"},"authored":"2024-05-01T10:00:00Z"\#(more),"item":[\#(items.joined(separator: ","))]}"#
                    .utf8))[0]
    }

    private func values(_ outcome: FactOutcome) -> [String: ObservationRecorded.Value] {
        var values: [String: ObservationRecorded.Value] = [:]
        for case .observation(let event) in outcome.facts { values[event.code] = event.value }
        return values
    }

    @Test(
        "A complete questionnaire gives its items and the sum",
        arguments: [
            (phq9, [3, 2, 1, 0, 3, 2, 1, 0, 1], "44261-6", 13.0), (phq9, Array(repeating: 3, count: 9), "44261-6", 27),
            (gad7, [0, 1, 2, 3, 3, 3, 3], "70274-6", 15), (gad7, Array(repeating: 0, count: 7), "70274-6", 0),
        ])
    func complete(codes: [String], scores: [Int], total: String, sum: Double) throws {
        let outcome = outcome(zip(codes, scores).map { coded($0, Self.frequency[$1]) })
        let values = values(outcome)
        #expect(values.count == codes.count + 1)
        #expect(values[total] == .quantity(sum))
        #expect(values[codes[0]] == .coded(code: Self.frequency[scores[0]], system: "http://loinc.org"))
        for fact in outcome.facts { try fact.event.validate() }
    }

    @Test("AUDIT-C has a list of answers for each item: Never is 0, and the third's Weekly is 3")
    func auditC() {
        let values = values(
            outcome([
                coded("68518-0", "LA18929-2", prefix: ""), coded("68519-8", "LA18930-0", prefix: "/72109-2/"),
                coded("68520-6", "LA18891-4"),
            ]))
        #expect(values["75626-2"] == .quantity(9))
        #expect(values.count == 4)
        // An answer of another item's list has no score.
        let wrong = self.values(
            outcome([coded("68518-0", "LA18891-4"), coded("68519-8", "LA18930-0"), coded("68520-6", "LA18891-4")]))
        #expect(wrong["75626-2"] == nil)
        #expect(wrong.count == 3)
    }

    @Test("A missing, doubled or unknown answer gives no total")
    func incomplete() {
        let items = Self.gad7.map { coded($0, "LA6569-3") }
        #expect(values(outcome(items))["70274-6"] == .quantity(7))
        #expect(values(outcome(Array(items.dropLast())))["70274-6"] == nil)
        #expect(values(outcome(items + [items[0]]))["70274-6"] == nil)
        #expect(values(outcome(items.dropLast() + [coded("69736-7", "LA14079-0")]))["70274-6"] == nil)
    }

    @Test("A total that was sent stands; one that is not the sum is noted")
    func given() {
        let items = Self.gad7.map { coded($0, "LA6569-3") }
        let right = outcome(items + [#"{"linkId":"/70274-6","answer":[{"valueDecimal":7.0}]}"#])
        #expect(values(right)["70274-6"] == .quantity(7))
        #expect(right.notes.isEmpty)
        #expect(right.facts.count == 8)
        let wrong = outcome(items + [#"{"linkId":"/70274-6","answer":[{"valueInteger":9}]}"#])
        #expect(values(wrong)["70274-6"] == .quantity(9))
        #expect(wrong.notes.map(\.code) == ["score-mismatch"])
        let alone = outcome([#"{"linkId":"/70274-6","answer":[{"valueInteger":9}]}"#])
        #expect(values(alone) == ["70274-6": .quantity(9)])
    }

    @Test("Items are found by linkId, definition, contained Questionnaire, nested, and with numbers for answers")
    func recognised() {
        let contained =
            ##","questionnaire":"#q","contained":[{"resourceType":"Questionnaire","id":"q","status":"active","item":[{"linkId":"g","type":"group","item":[{"linkId":"q1","type":"choice","code":[{"system":"http://loinc.org","code":"69725-0"}]}]}]}]"##
        var items = Self.gad7.dropFirst(2).map { #"{"linkId":"/69737-5/\#($0)","answer":[{"valueInteger":2}]}"# }
        items.append(
            #"{"linkId":"x","definition":"http://loinc.org/fhir/DataElement/68509-9","answer":[{"valueCoding":{"code":"often","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}]}}]}"#
        )
        items.append(#"{"linkId":"g","item":[{"linkId":"q1","answer":[{"valueInteger":1}]}]}"#)
        let outcome = outcome(items, more: contained)
        #expect(values(outcome)["70274-6"] == .quantity(14))
        #expect(outcome.facts.count == 8)
    }

    @Test("A questionnaire of LOINC that has no table here gives its items by their linkIds")
    func others() {
        let outcome = outcome([
            #"{"linkId":"/89204-2","answer":[{"valueDecimal":11}]}"#,
            #"{"linkId":"1.1","answer":[{"valueString":"x"}]}"#,
        ])
        #expect(values(outcome) == ["89204-2": .quantity(11)])
        #expect(
            self.outcome([#"{"linkId":"1.1","answer":[{"valueString":"x"}]}"#]).reason?.code
                == "questionnaire-unrecognised")
    }

    /// The codes are LOINC's own, each with its check digit.
    @Test("Every code of the tables has a right check digit; a changed digit is none")
    func checkDigits() {
        for questionnaire in Questionnaire.all {
            for code in [questionnaire.panel, questionnaire.total] + questionnaire.items.map(\.code) {
                #expect(Questionnaire.hasCheckDigit(code), "\(code)")
            }
        }
        for code in ["44250-8", "8867-5", "1.1", "8867", "-4", "8867-44", "a8867-4", ""] {
            #expect(!Questionnaire.hasCheckDigit(code), "\(code)")
        }
        #expect(Questionnaire.hasCheckDigit("8867-4"))
    }
}
