import Contracts
import Domain

extension SeededGenerator {
    mutating func maybe<Value>(_ make: (inout SeededGenerator) -> Value) -> Value? {
        Bool.random(using: &self) ? make(&self) : nil
    }

    mutating func list<Value>(_ counts: ClosedRange<Int>, _ make: (inout SeededGenerator) -> Value) -> [Value] {
        (0..<Int.random(in: counts, using: &self)).map { _ in make(&self) }
    }

    /// A code with its system, or neither.
    mutating func coding() -> (code: String, system: String) {
        Bool.random(using: &self) ? (name(), text()) : ("", "")
    }

    /// The start and the end of a period, either of which may be open.
    mutating func period() -> (start: Timestamp?, end: Timestamp?) {
        let start = historicTime()
        let end = start.advanced(by: .seconds(Int64.random(in: 0...3600, using: &self)))
        return (maybe { _ in start }, maybe { _ in end })
    }

    mutating func assembly() -> String { (GenomeAssembly.known + [""]).randomElement(using: &self) ?? "" }
    mutating func chunk() -> Int32 { .random(in: 0...Int32.max, using: &self) }
}

extension AllergyRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let reaction = generator.coding()
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), kind: generator.any(), category: generator.text(), criticality: generator.any(),
            clinicalStatus: generator.any(), verificationStatus: generator.any(),
            onsetAt: generator.maybe { $0.historicTime() }, recordedAt: generator.maybe { $0.historicTime() },
            reaction: reaction.code, reactionSystem: reaction.system, resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension EncounterRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let (type, reason, period) = (generator.coding(), generator.coding(), generator.period())
        return Self(
            eventID: generator.id(), patient: generator.patient(), encounterClass: generator.text(), code: type.code,
            codeSystem: type.system, display: generator.text(), status: generator.any(), startedAt: period.start,
            endedAt: period.end, reasonCode: reason.code, reasonSystem: reason.system, resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension ProcedureRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let period = generator.period()
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), status: generator.any(), startedAt: period.start, endedAt: period.end,
            resourceID: generator.text(), source: generator.name(), receivedAt: generator.time(),
            modelVersion: generator.name(), producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension ImmunizationRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let dose = generator.maybe { ($0.number(), $0.text(0...8)) }
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), status: generator.any(), occurredAt: generator.historicTime(),
            doseQuantity: dose?.0, doseUnit: dose?.1 ?? "", resourceID: generator.text(), source: generator.name(),
            receivedAt: generator.time(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension ReportRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let conclusion = generator.coding()
        return Self(
            eventID: generator.id(), patient: generator.patient(), code: generator.name(), codeSystem: generator.name(),
            display: generator.text(), category: generator.text(), status: generator.any(),
            effectiveAt: generator.maybe { $0.historicTime() }, issuedAt: generator.maybe { $0.historicTime() },
            conclusionCode: conclusion.code, conclusionSystem: conclusion.system,
            resultCount: .random(in: 0...Int32.max, using: &generator), resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension ConsentRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        let period = generator.period()
        return Self(
            eventID: generator.id(), patient: generator.patient(), status: generator.any(), scope: generator.text(),
            isPermit: .random(using: &generator), startsAt: period.start, endsAt: period.end,
            resourceTypes: generator.list(0...4) { $0.name() }, codes: generator.list(0...4) { $0.name() },
            purposes: generator.list(0...4) { $0.name() }, sources: generator.list(0...4) { $0.name() },
            recordedAt: generator.maybe { $0.historicTime() }, resourceID: generator.text(), source: generator.name(),
            receivedAt: generator.time(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension GenotypesRecorded {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), patient: generator.patient(), sampleID: generator.text(),
            assembly: generator.assembly(), format: generator.any(), submissionID: generator.id(),
            chunk: generator.chunk(), isLastChunk: .random(using: &generator),
            calls: generator.list(0...5) { .random(using: &$0) },
            collectedAt: generator.maybe { $0.historicTime() }, resourceID: generator.text(), source: generator.name(),
            receivedAt: generator.time(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension GenotypeCall {
    static func random(using generator: inout SeededGenerator) -> Self {
        let position = Int64.random(in: 0...Int64.max - 1000, using: &generator)
        let alternates = generator.list(0...4) { $0.name() }
        return Self(
            chromosome: generator.name(), position: position,
            end: position + .random(in: 0...1000, using: &generator), identifier: generator.text(),
            reference: generator.text(), alternates: alternates,
            alleles: generator.list(0...3) { .random(in: -1...Int32(alternates.count), using: &$0) },
            isPhased: .random(using: &generator),
            phaseSet: generator.maybe { .random(in: .min ... .max, using: &$0) },
            depth: generator.maybe { .random(in: 0...Int32.max, using: &$0) },
            quality: generator.maybe { $0.number() }, filter: generator.text(),
            siteQuality: generator.maybe { $0.number() }, unknownFields: generator.unknownFields())
    }
}

extension ExpressionMeasured {
    static func random(using generator: inout SeededGenerator) -> Self {
        let genes = generator.list(0...12) { $0.name() }
        return Self(
            eventID: generator.id(), patient: generator.patient(), sampleID: generator.name(),
            cohort: generator.text(), tissue: generator.text(), unit: generator.text(), geneSystem: generator.any(),
            submissionID: generator.id(), chunk: generator.chunk(), isLastChunk: .random(using: &generator),
            isSparse: .random(using: &generator), genes: genes,
            values: genes.map { _ in generator.number() },
            measuredAt: generator.maybe { $0.historicTime() }, resourceID: generator.text(), source: generator.name(),
            receivedAt: generator.time(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension PolygenicScoreDefined {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), scoreID: generator.name(), name: generator.text(), trait: generator.text(),
            assembly: generator.assembly(), weightType: generator.text(), submissionID: generator.id(),
            chunk: generator.chunk(), isLastChunk: .random(using: &generator),
            weights: generator.list(0...6) { .random(using: &$0) }, resourceID: generator.text(),
            source: generator.name(), receivedAt: generator.time(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension VariantWeight {
    static func random(using generator: inout SeededGenerator) -> Self {
        let hasPlace = Bool.random(using: &generator)
        return Self(
            chromosome: hasPlace ? generator.name() : generator.text(),
            position: hasPlace ? .random(in: 1...Int64.max, using: &generator) : nil,
            identifier: hasPlace ? generator.text() : generator.name(), effectAllele: generator.name(),
            otherAllele: generator.text(), weight: generator.number(), model: generator.any(),
            unknownFields: generator.unknownFields())
    }
}
