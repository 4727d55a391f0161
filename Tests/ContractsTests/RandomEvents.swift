import Contracts
import Domain

extension SeededGenerator {
    mutating func text(_ lengths: ClosedRange<Int> = 0...40) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "\n", "\u{1}", "é", "₂", "😀", "\u{10FFFF}", "ß",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: lengths, using: &self) { text.append(scalars.randomElement(using: &self) ?? "x") }
        return String(text)
    }

    mutating func name() -> String { text(1...30) }

    mutating func id() -> EventID { EventID(high: next(), low: next()) }

    mutating func time() -> Timestamp {
        Timestamp(microseconds: .random(in: 1...ContractLimits.latestMicroseconds, using: &self))
    }

    mutating func historicTime() -> Timestamp {
        if UInt8.random(in: 0...20, using: &self) == 0 { return Timestamp(microseconds: 0) }
        return Timestamp(
            microseconds: .random(
                in: ContractLimits.earliestMicroseconds...ContractLimits.latestMicroseconds - 10_000_000_000,
                using: &self))
    }

    mutating func patient() -> PatientPseudonym {
        let characters = Array("ABCXYZabcxyz0189._-")
        return Samples.pseudonym(
            String(
                (0..<Int.random(in: 1...64, using: &self)).map { _ in characters.randomElement(using: &self) ?? "a" }))
    }

    mutating func number() -> Double {
        let special: [Double] = [0, 1, -1, 0.1, 1e300, -1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 72.5]
        return Bool.random(using: &self)
            ? special.randomElement(using: &self) ?? 0 : Double.random(in: -1e6...1e6, using: &self)
    }

    mutating func any<Value: CaseIterable>(_: Value.Type = Value.self) -> Value where Value.AllCases == [Value] {
        Value.allCases[Int.random(in: 0..<Value.allCases.count, using: &self)]
    }

    /// Fields with numbers that no message uses.
    mutating func unknownFields() -> [UInt8] {
        var message = WireMessage()
        for _ in 0..<Int.random(in: 0...3, using: &self) {
            let number = Int.random(in: 100...536_870_911, using: &self)
            let payload: WireMessage.Payload =
                switch UInt8.random(in: 0...3, using: &self) {
                case 0: .varint(next())
                case 1: .fixed64(next())
                case 2: .fixed32(UInt32(truncatingIfNeeded: next()))
                default:
                    .bytes((0..<Int.random(in: 0...40, using: &self)).map { _ in UInt8(truncatingIfNeeded: next()) })
                }
            message.fields.append(.init(number: number, payload: payload))
        }
        return message.encoded
    }
}

extension ObservationRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let value: Value =
            switch UInt8.random(in: 0...4, using: &generator) {
            case 0: .quantity(generator.number())
            case 1: .text(generator.text())
            case 2: .coded(code: generator.name(), system: generator.text())
            case 3: .boolean(.random(using: &generator))
            default: .absent(reason: generator.name())
            }
        let unit = if case .quantity = value { generator.text(0...12) } else { "" }
        let original = generator.maybe { ($0.name(), $0.text()) }
        let start = generator.historicTime()
        let end = Bool.random(using: &generator) ? start.advanced(by: .seconds(3600)) : nil
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), value: value, unit: unit, originalValue: generator.text(),
            originalUnit: generator.text(), originalCode: original?.0 ?? "", originalCodeSystem: original?.1 ?? "",
            status: generator.any(), effectiveAt: start, effectiveEndAt: end,
            receivedAt: generator.time(), source: generator.name(), deviceID: generator.text(),
            resourceID: generator.text(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension MedicationRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let period = generator.period()
        let dose = generator.maybe { ($0.number(), $0.text(0...8)) }
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), status: generator.any(), intent: generator.any(),
            authoredAt: generator.historicTime(), dosageText: generator.text(0...900), kind: generator.any(),
            effectiveStartAt: period.start, effectiveEndAt: period.end, doseQuantity: dose?.0, doseUnit: dose?.1 ?? "",
            resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension ConditionRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), clinicalStatus: generator.any(), verificationStatus: generator.any(),
            onsetAt: .random(using: &generator) ? generator.historicTime() : nil,
            abatedAt: .random(using: &generator) ? generator.historicTime() : nil,
            recordedAt: .random(using: &generator) ? generator.historicTime() : nil, resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension PatientRegistered {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), patient: generator.patient(), administrativeGender: generator.any(),
            birthYear: .random(in: 0...9999, using: &generator), deceased: .random(using: &generator),
            resourceID: generator.text(), source: generator.name(), receivedAt: generator.time(),
            modelVersion: generator.name(), producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension Alert {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), alertID: generator.id(), version: .random(in: 1...Int64.max, using: &generator),
            patient: generator.patient(), rule: generator.name(), severity: generator.any(),
            transition: generator.any(),
            score: generator.number(), threshold: generator.number(), summary: generator.text(),
            evidence: generator.text(0...900), effectiveAt: generator.historicTime(),
            raisedAt: generator.historicTime(),
            triggerEventID: generator.id(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension DeadLetter {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), service: generator.name(), reasonCode: generator.name(), place: generator.text(),
            detail: generator.text(), attempts: .random(in: 1...Int32.max, using: &generator),
            sourceTopic: generator.name(), sourcePartition: .random(in: 0...Int32.max, using: &generator),
            sourceOffset: .random(in: 0...Int64.max, using: &generator),
            payloadSHA256: String(repeating: "9f", count: 32),
            payloadCiphertext: (0..<Int.random(in: 0...5000, using: &generator)).map { UInt8(truncatingIfNeeded: $0) },
            keyID: generator.text(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}
