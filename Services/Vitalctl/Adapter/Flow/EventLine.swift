import Contracts
import Domain
import Foundation
import KafkaClient

/// One record of a topic as a line of JSON.
enum EventLine {
    /// The line of `record`: place, times, CloudEvents headers, and the event as its canonical JSON mirror.
    ///
    /// A record of a feed topic carries what the sender sent, names included; its value is shown only with `reveal`. What cannot be decoded is
    /// shown as its length and the reason.
    static func line(of record: ConsumedRecord, reveal: Bool) -> String {
        let topic = record.topicPartition.topic
        var members = [
            "\"topic\":\(quoted(topic))", "\"partition\":\(record.topicPartition.partition)",
            "\"offset\":\(record.offset)", "\"timestamp_us\":\(record.timestampMicroseconds)",
            "\"key\":\(record.key.map { quoted(String(decoding: $0, as: UTF8.self)) } ?? "null")",
        ]
        for name in [CloudEventHeader.id, CloudEventHeader.source, CloudEventHeader.time, CloudEventHeader.traceParent]
        {
            guard let value = record.header(name) else { continue }
            members.append("\(quoted(name)):\(quoted(String(decoding: value, as: UTF8.self)))")
        }
        guard let value = record.value else { return object(members + ["\"value\":null"]) }
        if Topic.feeds.contains(topic) {
            guard reveal else { return object(members + ["\"value_bytes\":\(value.count)"]) }
            let text = String(decoding: value, as: UTF8.self)
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(value), options: .fragmentsAllowed)) != nil
            // A line stays a line: white space of the sender's between tokens may hold line ends, strings cannot.
            let inner = isJSON ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : quoted(text)
            return object(members + ["\"value\":\(inner)"])
        }
        do {
            return object(members + ["\"value\":\(try json(value, topic: topic))"])
        } catch {
            return object(members + ["\"value_bytes\":\(value.count)", "\"undecodable\":\(quoted("\(error)"))"])
        }
    }

    private static func json(_ value: ArraySlice<UInt8>, topic: String) throws(ContractError) -> String {
        switch topic {
        case Topic.observationRecorded: try ObservationRecorded(decoding: value).canonicalJSON
        case Topic.medicationRecorded: try MedicationRecorded(decoding: value).canonicalJSON
        case Topic.conditionRecorded: try ConditionRecorded(decoding: value).canonicalJSON
        case Topic.patientRegistered: try PatientRegistered(decoding: value).canonicalJSON
        case Topic.allergyRecorded: try AllergyRecorded(decoding: value).canonicalJSON
        case Topic.encounterRecorded: try EncounterRecorded(decoding: value).canonicalJSON
        case Topic.procedureRecorded: try ProcedureRecorded(decoding: value).canonicalJSON
        case Topic.immunizationRecorded: try ImmunizationRecorded(decoding: value).canonicalJSON
        case Topic.reportRecorded: try ReportRecorded(decoding: value).canonicalJSON
        case Topic.consentRecorded: try ConsentRecorded(decoding: value).canonicalJSON
        case Topic.genotypesRecorded: try GenotypesRecorded(decoding: value).canonicalJSON
        case Topic.expressionMeasured: try ExpressionMeasured(decoding: value).canonicalJSON
        case Topic.polygenicScoreDefined: try PolygenicScoreDefined(decoding: value).canonicalJSON
        case Topic.diplotypeReported: try DiplotypeReported(decoding: value).canonicalJSON
        case Topic.phenotypeDetermined: try PhenotypeDetermined(decoding: value).canonicalJSON
        case Topic.recommendationMade: try RecommendationMade(decoding: value).canonicalJSON
        case Topic.knowledgeReleased: try KnowledgeReleased(decoding: value).canonicalJSON
        case Topic.reevaluationRequested: try ReevaluationRequested(decoding: value).canonicalJSON
        case Topic.alertRaised, Topic.alertResolved: try Alert(decoding: value).canonicalJSON
        case Topic.deadLetter: try DeadLetter(decoding: value).canonicalJSON
        default: throw ContractError(code: .invalidForm, message: "topic without a contract", field: "")
        }
    }

    private static func object(_ members: [String]) -> String { "{" + members.joined(separator: ",") + "}" }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let data = (try? encoder.encode(text)) ?? Data("\"\"".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
