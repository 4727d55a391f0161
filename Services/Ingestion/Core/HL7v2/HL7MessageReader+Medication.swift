import Contracts
import Domain
import HL7v2

/// RXO, RXE, RXD, RXA: medications ordered, dispensed and given, and vaccines.
extension HL7MessageReader {
    /// The fact of an RXO, the order as it was written.
    func requestedMedication(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try medication(
            segment, code: 1, kind: .order, status: orderStatus, amount: 2, unit: 4, authored: try orderTime(),
            dosage: [7, 6], start: nil, end: nil)
    }

    /// The fact of an RXE, the order as the pharmacy encoded it.
    func encodedMedication(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        return try medication(
            segment, code: 2, kind: .order, status: orderStatus, amount: 3, unit: 5, authored: try orderTime(),
            dosage: [7],
            start: nil, end: nil)
    }

    /// The fact of an RXD.
    func dispensedMedication(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let dispensed = try time(segment, 3)
        return try medication(
            segment, code: 2, kind: .dispense, status: .completed, amount: 4, unit: 5, authored: dispensed, dosage: [9],
            start: dispensed, end: nil)
    }

    /// The fact of an RXA that is no vaccine.
    func administeredMedication(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let start = try time(segment, 3)
        let end = try time(segment, 4)
        let status: MedicationRecorded.Status =
            switch (segment[21].value, segment[20].value) {
            case ("D", _): .enteredInError
            case (_, "RE"), (_, "NA"): .notDone
            case (_, "PA"): .stopped
            default: .completed
            }
        return try medication(
            segment, code: 5, kind: .administration, status: status, amount: 6, unit: 7, authored: start, dosage: [9],
            start: start, end: end.flatMap { end in start.map { end > $0 } == true ? end : nil })
    }

    /// The fact of a vaccine's RXA.
    func immunization(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let patient = try subject(of: segment)
        let code = try concept(segment, 5, preferring: [HL7CodeSystems.cvx, HL7CodeSystems.ndc])
        guard !(code.system == HL7CodeSystems.cvx && code.code == "998") else {
            throw .archived(rejection("no-vaccine", segment.path(5), "no vaccine was given (CVX 998)"))
        }
        guard let occurred = try time(segment, 3) else {
            throw refusal("effective-missing", segment.path(3), "the fact has no time")
        }
        let status: ImmunizationRecorded.Status =
            switch (segment[21].value, segment[20].value) {
            case ("D", _): .enteredInError
            case (_, "RE"), (_, "NA"): .notDone
            default: .completed
            }
        // 999 stands for an unknown amount (CDC implementation guide 2.5.1, RXA-6).
        let dose = try dose(segment, amount: 6, unit: 7)
        let isKnown = dose.quantity != nil && dose.quantity != 999
        let number = order.number
        return .immunization(
            ImmunizationRecorded(
                eventID: identity(
                    "immunization", patient, record: number,
                    [
                        code.system, code.code, status.rawValue, text(of: occurred), isKnown ? segment[6].value : "",
                        isKnown ? dose.unit : "",
                    ]),
                patient: patient, code: code.code, codeSystem: code.system, display: code.display, status: status,
                occurredAt: occurred, doseQuantity: isKnown ? dose.quantity : nil, doseUnit: isKnown ? dose.unit : "",
                resourceID: try opaqueName("order", number, segment), source: context.source,
                receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    private func medication(
        _ segment: HL7Segment, code field: Int, kind: MedicationRecorded.Kind, status: MedicationRecorded.Status,
        amount: Int, unit: Int, authored: Timestamp?, dosage: [Int], start: Timestamp?, end: Timestamp?
    ) throws(HL7PartFailure) -> Fact {
        let patient = try subject(of: segment)
        let code = try concept(
            segment, field, preferring: [HL7CodeSystems.rxNorm, HL7CodeSystems.snomed, HL7CodeSystems.ndc])
        guard let authored else {
            throw refusal("authored-missing", segment.path(), "the fact has no time: send ORC-9 or MSH-7")
        }
        let dose = try dose(segment, amount: amount, unit: unit)
        var instructions: [String] = []
        for number in dosage {
            for repetition in segment[number].repetitions {
                // A CE whose text is the instruction, or the code of one.
                let text = HL7CodedElement(repetition).text
                instructions.append(text.isEmpty ? repetition.component(1).text : text)
            }
        }
        let dosageText = try bounded(instructions.filter { !$0.isEmpty }.joined(separator: "; "), segment, dosage[0])
        let number = order.number
        let content = [
            code.system, code.code, kind.rawValue, status.rawValue, text(of: authored), text(of: start), text(of: end),
            dose.quantity.map { String($0) } ?? "", dose.unit, dosageText,
        ]
        return .medication(
            MedicationRecorded(
                eventID: identity("medication", patient, record: number, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, status: status, intent: .order, authoredAt: authored,
                dosageText: dosageText, kind: kind, effectiveStartAt: start, effectiveEndAt: end,
                doseQuantity: dose.quantity, doseUnit: dose.unit, resourceID: try opaqueName("order", number, segment),
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    private func dose(
        _ segment: HL7Segment, amount: Int, unit: Int
    ) throws(HL7PartFailure) -> (quantity: Double?, unit: String) {
        guard let text = segment[amount].nonEmptyValue else { return (nil, "") }
        guard let decimal = HL7Number.decimal(text), let quantity = Double(decimal), quantity.isFinite else {
            throw refusal("invalid-number", segment.path(amount), "must be a number: digits, a point, a sign")
        }
        return (quantity, try bounded(HL7Units.unit(segment[unit]).ucum, segment, unit))
    }

    /// ORC-9, else MSH-7.
    private func orderTime() throws(HL7PartFailure) -> Timestamp? {
        if let common = order.common, let time = try time(common, 9) { return time }
        return try time(message.header, 7)
    }

    /// The order's state by ORC-1 (table 0119) and ORC-5 (table 0038).
    private var orderStatus: MedicationRecorded.Status {
        switch order.common?[1].value ?? "" {
        case "CA", "OC", "CR": return .cancelled
        case "DC", "OD", "DR": return .stopped
        case "HD", "OH", "HR": return .onHold
        case "DE": return .unknown
        default: break
        }
        switch order.common?[5].value ?? "" {
        case "CA", "RP": return .cancelled
        case "DC": return .stopped
        case "CM": return .completed
        case "HD": return .onHold
        default: return .active
        }
    }
}
