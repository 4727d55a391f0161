import Contracts
import Domain
import PharmacogenomicsCore
public import StreamRuntime

extension PharmacogenomicsProcessor {
    /// One item for each event; a record that is none, or that does not lie under its own key, is rejected and becomes a dead letter.
    ///
    /// So does a medication whose code cannot be one of its code system (RxNorm, ATC): its sender is at fault. A code that no table knows is
    /// taken; it is no fault, and a later release may know it.
    public func decode(_ record: StreamRecord) -> [DecodedItem<PharmacogenomicsInput>] {
        guard let value = record.value else {
            return [.ignored(Rejection(code: "tombstone", detail: "an event is never deleted through the log"))]
        }
        do {
            switch record.topic {
            case Topic.genotypesRecorded:
                let event = try GenotypesRecorded(decoding: value)
                return item(event, at: event.collectedAt ?? event.receivedAt, .genotypes(event), record)
            case Topic.medicationRecorded:
                let event = try MedicationRecorded(decoding: value)
                if let rejection = Self.malformedCode(event) { return [.rejected(rejection)] }
                return item(event, at: event.authoredAt, .medication(event), record)
            case Topic.diplotypeReported:
                let event = try DiplotypeReported(decoding: value)
                return item(event, at: event.reportedAt, .diplotype(event), record)
            case Topic.patientRegistered:
                let event = try PatientRegistered(decoding: value)
                return item(event, at: event.receivedAt, .patient(event), record)
            case Topic.knowledgeReleased:
                let event = try KnowledgeReleased(decoding: value)
                guard event.subject == Self.service else { return [.ignored(Rejection(code: "other-subject"))] }
                return item(event, at: event.releasedAt, .release(event), record, stateKey: Self.releaseKey)
            case Topic.reevaluationRequested:
                let event = try ReevaluationRequested(decoding: value)
                guard event.subject == Self.service else { return [.ignored(Rejection(code: "other-subject"))] }
                return item(
                    event, at: event.dueAt ?? event.producedAt, .reevaluation(event), record,
                    stateKey: event.patient == nil ? Self.pageKey : nil)
            default:
                return [.rejected(Rejection(code: "unknown-topic", place: "topic"))]
            }
        } catch {
            return [.rejected(Rejection(code: error.code.rawValue, place: "\(error.message).\(error.field)"))]
        }
    }

    private func item(
        _ event: some HealthEvent, at time: Timestamp, _ input: PharmacogenomicsInput, _ record: StreamRecord,
        stateKey: String? = nil
    ) -> [DecodedItem<PharmacogenomicsInput>] {
        guard let key = record.key, key.elementsEqual(event.key.utf8) else {
            return [
                .rejected(
                    Rejection(code: "foreign-key", place: "key", detail: "the record's key is not that of its event"))
            ]
        }
        return [.item(StreamItem(id: event.eventID, key: stateKey ?? event.key, eventTime: time, input: input))]
    }

    /// Why a medication's code cannot be one of its code system; nil when it can, or when the system is neither RxNorm nor ATC.
    static func malformedCode(_ event: MedicationRecorded) -> Rejection? {
        let bytes = Array(event.code.utf8)
        let isWellFormed: Bool
        switch DrugCodeSystem(event.codeSystem) {
        case .rxnorm: isWellFormed = (1...8).contains(bytes.count) && bytes.allSatisfy(isDigit)
        case .atc: isWellFormed = isATC(bytes)
        case nil: isWellFormed = true
        }
        return isWellFormed
            ? nil
            : Rejection(
                code: "malformed-code", place: "MedicationRecorded.code",
                detail: "no code of its code system looks like this; mend the sender's mapping")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & ~32) }

    /// ATC: a letter, two digits, two letters, two digits, cut at any of the five levels.
    private static func isATC(_ bytes: [UInt8]) -> Bool {
        let form: [(UInt8) -> Bool] = [isLetter, isDigit, isDigit, isLetter, isLetter, isDigit, isDigit]
        return [1, 3, 4, 5, 7].contains(bytes.count) && zip(bytes, form).allSatisfy { byte, fits in fits(byte) }
    }
}
