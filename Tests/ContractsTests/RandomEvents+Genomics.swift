import Contracts
import Domain

extension SeededGenerator {
    mutating func texts() -> [String] { list(0...4) { $0.name() } }
    mutating func ids() -> [EventID] { list(0...4) { $0.id() } }
    mutating func version() -> Int64 { .random(in: 1...Int64.max, using: &self) }
    mutating func bool() -> Bool { .random(using: &self) }
    mutating func bytes() -> [UInt8] { list(1...60) { .random(in: .min ... .max, using: &$0) } }
    mutating func digest() -> String {
        String(list(64...64) { Array("0123456789abcdef").randomElement(using: &$0) ?? "0" })
    }
}

extension DiplotypeReported {
    static func random(using generator: inout SeededGenerator) -> Self {
        let isNoCall = generator.bool()
        return Self(
            eventID: generator.id(), patient: generator.patient(), gene: generator.name(),
            diplotype: isNoCall ? "" : generator.name(), phenotype: isNoCall ? "" : generator.text(),
            activityScore: isNoCall ? nil : generator.maybe { $0.number() }, isNoCall: isNoCall,
            laboratory: generator.text(), method: generator.text(), sampleID: generator.text(),
            reportedAt: generator.historicTime(), resourceID: generator.text(), source: generator.name(),
            receivedAt: generator.time(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension PhenotypeDetermined {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), patient: generator.patient(), gene: generator.name(),
            version: generator.version(), callStatus: generator.any(), diplotype: generator.text(),
            diplotypeCount: generator.version() - 1, topWeight: generator.maybe { $0.number() },
            phenotype: generator.text(), phenotypes: generator.texts(),
            activityScore: generator.maybe { $0.number() }, convertedPhenotype: generator.text(),
            convertedActivityScore: generator.maybe { $0.number() }, inhibitors: generator.texts(),
            missingPositions: generator.texts(), novel: generator.texts(), knowledgeVersion: generator.name(),
            inputEventIDs: generator.ids(), effectiveAt: generator.historicTime(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension RecommendationMade {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), recommendationID: generator.id(), version: generator.version(),
            patient: generator.patient(), drug: generator.name(), rxnorm: generator.text(),
            isActiveMedication: generator.bool(), status: generator.any(), guidelineSource: generator.text(),
            guideline: generator.text(), guidelineVersion: generator.text(), population: generator.text(),
            actions: generator.texts(), strength: generator.text(), riskClass: generator.text(),
            summary: generator.text(), missingGenes: generator.texts(), settledBy: generator.texts(),
            conflicts: generator.texts(), genes: generator.texts(), phenotypes: generator.texts(),
            isWithdrawn: generator.bool(), explanation: generator.text(0...3000),
            knowledgeVersion: generator.name(), inputEventIDs: generator.ids(),
            effectiveAt: generator.historicTime(), modelVersion: generator.name(), producedAt: generator.time(),
            unknownFields: generator.unknownFields())
    }
}

extension KnowledgeReleased {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), subject: generator.name(), knowledgeVersion: generator.name(),
            digest: generator.digest(),
            files: generator.list(0...5) {
                KnowledgeFile(name: $0.name(), contentZstd: $0.bytes(), unknownFields: $0.unknownFields())
            },
            releasedAt: generator.historicTime(), source: generator.text(), modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}

extension ReevaluationRequested {
    static func random(using generator: inout SeededGenerator) -> Self {
        Self(
            eventID: generator.id(), subject: generator.name(), patient: generator.maybe { $0.patient() },
            reason: generator.name(), knowledgeVersion: generator.text(), digest: generator.text(),
            previousDigest: generator.text(), after: generator.text(), page: generator.version() - 1,
            dueAt: generator.maybe { $0.historicTime() }, modelVersion: generator.name(),
            producedAt: generator.time(), unknownFields: generator.unknownFields())
    }
}
