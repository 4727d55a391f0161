import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The answers to a questionnaire: one observation for each answered item that has a LOINC code, and the total of a questionnaire whose items are
    /// all answered. A total that was sent stands, and one that differs from the sum is noted; nothing is computed from a part of the answers.
    func answers() throws -> Mapped {
        let status = try responseStatus()
        let patient = try subject("subject")
        guard let authored = try span("authored") else {
            throw element.unmapped("authored-missing", "authored", "no fact without a time: send authored")
        }
        var answered: [Answer] = []
        try collect(element.elements("item"), into: &answered, depth: 0)
        let template = FHIRObservation(
            patient: patient, status: status, effective: authored, deviceID: "", recordID: id, resourceID: name,
            context: context)
        var mapped = Mapped()
        for (index, answer) in answered.enumerated() {
            do {
                let code = PublishedCode(
                    .loinc(answer.code, Questionnaire.display(of: answer.code) ?? answer.text))
                var content = try answer.value.content(loinc: code.loinc)
                // A total has one unit, whoever adds it up.
                if case .quantity = content.value, content.unit.isEmpty,
                    Questionnaire.having(answer.code)?.total == answer.code
                {
                    content.unit = "{score}"
                }
                mapped.facts.append(template.fact(code, content, ordinal: index))
            } catch FHIRFailure.archived(let reason) {
                mapped.notes.append(reason)
            }
        }
        for questionnaire in Questionnaire.all {
            guard let sum = Self.sum(questionnaire, answered) else { continue }
            if let given = answered.first(where: { $0.code == questionnaire.total }) {
                if let number = given.number, number != Double(sum) {
                    mapped.notes.append(
                        given.element.rejection(
                            "score-mismatch", nil,
                            "the total that was sent is not the sum of the items; it stands as sent"))
                }
                continue
            }
            let content = FHIRObservedValue.Content(
                value: .quantity(Double(sum)), unit: "{score}", identity: "computed:\(sum)")
            mapped.facts.append(
                template.fact(
                    PublishedCode(.loinc(questionnaire.total, questionnaire.totalDisplay)), content,
                    ordinal: answered.count))
        }
        guard mapped.facts.isEmpty else { return mapped }
        if let reason = mapped.notes.first { throw FHIRFailure.archived(reason) }
        throw element.unmapped(
            "questionnaire-unrecognised", "item",
            "no fact without a LOINC code: as linkId (/44250-9), in the item's definition, or in the contained Questionnaire"
        )
    }

    /// One answered item.
    private struct Answer {
        let code: String
        let text: String
        let element: FHIRElement
        let value: FHIRObservedValue
        /// LOINC's code of the answer.
        var answerCode: String?
        /// The score that the answer carries itself: a number, or the extension ordinalValue.
        var number: Double?
    }

    private func responseStatus() throws(FeedRejection) -> ObservationRecorded.Status {
        switch try element.code("status") {
        case "completed"?: return .final
        case "amended"?: return .amended
        case "entered-in-error"?: return .enteredInError
        case "in-progress"?, "stopped"?: return .preliminary
        case nil: throw element.rejection("missing-element", "status", "is required")
        default: throw element.rejection("code-unknown", "status", "must be a code of the required value set")
        }
    }

    private func collect(_ items: [FHIRElement], into answered: inout [Answer], depth: Int) throws {
        for item in items {
            let answers = try item.elements("answer")
            // More than one answer is a list, and no single value.
            if answers.count == 1, let code = try loinc(of: item) {
                var answer = Answer(
                    code: code, text: FactText.display(try item.string("text") ?? ""), element: answers[0],
                    value: try FHIRObservedValue(ofAnswer: answers[0]))
                if let coding = try answers[0].element("valueCoding") {
                    answer.answerCode = try coding.code("code")
                    for extra in try coding.elements("extension")
                    where try extra.string("url") == "http://hl7.org/fhir/StructureDefinition/ordinalValue" {
                        answer.number = try extra.decimal("valueDecimal")?.double
                    }
                }
                for name in ["valueInteger", "valueDecimal"] where answer.number == nil {
                    answer.number = try answers[0].decimal(name)?.double
                }
                if answer.number == nil {
                    answer.number = try answers[0].element("valueQuantity")?.decimal("value")?.double
                }
                if !answer.value.isEmpty { answered.append(answer) }
            }
            try collect(item.elements("item"), into: &answered, depth: depth + 1)
            for answer in answers { try collect(answer.elements("item"), into: &answered, depth: depth + 1) }
        }
    }

    /// The item's LOINC code, from its linkId, its definition, or the contained Questionnaire's item of that linkId.
    private func loinc(of item: FHIRElement) throws -> String? {
        let linkID = try item.string("linkId") ?? ""
        if let code = Questionnaire.loinc(in: linkID) { return code }
        if let code = try item.string("definition").flatMap({ Questionnaire.loinc(in: $0) }) { return code }
        guard let canonical = element.object["questionnaire"]?.string, canonical.hasPrefix("#"),
            case .array(let contained)? = element.object["contained"],
            let form = contained.first(where: { $0["id"]?.string == String(canonical.dropFirst()) })
        else { return nil }
        return Self.code(ofItem: linkID, in: form["item"]?.array ?? [])
    }

    private static func code(ofItem linkID: String, in items: [JSONValue]) -> String? {
        for item in items {
            if item["linkId"]?.string == linkID {
                let codings = item["code"]?.array ?? []
                return codings.first { $0["system"]?.string == CodedConcept.loincSystem }?["code"]?.string
            }
            if let code = code(ofItem: linkID, in: item["item"]?.array ?? []) { return code }
        }
        return nil
    }

    /// The sum of all items of `questionnaire`; nil unless each is answered once, with an answer of its list or a whole number in its range.
    private static func sum(_ questionnaire: Questionnaire, _ answered: [Answer]) -> Int? {
        var sum = 0
        for item in questionnaire.items {
            let answers = answered.filter { $0.code == item.code }
            guard answers.count == 1 else { return nil }
            if let score = answers[0].answerCode.flatMap({ item.scores[$0] }) {
                sum += score
            } else if let number = answers[0].number, let score = Int(exactly: number),
                item.scores.values.contains(score)
            {
                sum += score
            } else {
                return nil
            }
        }
        return sum
    }
}
