import Contracts
import Domain
import Foundation
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import StreamRuntime

/// What a test needed and did not get.
struct Unexpected: Error {
    let description: String
}

/// Persons, tables and events for tests.
enum StreamSample {
    static let start = Timestamp(microseconds: 1_762_300_800_000_000)
    static let rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"

    static func day(_ day: Int) -> Timestamp { start.advanced(by: .seconds(86_400 * day)) }

    /// The service's own tables, as they lie in the repository.
    static let files: [String: [UInt8]] = {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Services/Pharmacogenomics/Resources/knowledge").standardizedFileURL
        return (try? KnowledgePackage(directory: directory.path).files) ?? [:]
    }()

    /// One shelf for all tests: the tables are read once.
    static let shelf = Result { try KnowledgeShelf(builtIn: KnowledgePackage(files: files)) }

    /// The tables with texts of one file replaced, as a later release.
    static func release(
        _ version: String, in file: String = "guidelines-cpic.tsv", replacing old: String, with new: String
    ) throws -> KnowledgePackage {
        var changed = files
        let text = String(decoding: changed[file] ?? [], as: UTF8.self)
        guard text.contains(old) else { throw Unexpected(description: "\(file) has no \(old)") }
        changed[file] = Array(text.replacingOccurrences(of: old, with: new).utf8)
        let knowledge = String(decoding: changed["knowledge.tsv"] ?? [], as: UTF8.self)
        changed["knowledge.tsv"] = Array(
            knowledge.replacing(#/version\t[^\n]*/#, with: "version\t\(version)").utf8)
        return try KnowledgePackage(files: changed)
    }

    static func pseudonym(_ text: String = "p1.anna") throws -> PatientPseudonym {
        guard let pseudonym = PatientPseudonym(text) else { throw Unexpected(description: "no pseudonym") }
        return pseudonym
    }

    static func id(_ parts: String...) -> EventID { .hashing("test", parts) }

    /// Every position of a gene as the reference, but for these alternates (by identifier, the copies' alleles).
    static func calls(
        of gene: GeneSymbol, in catalog: GeneCatalog, alternates: [String: [Int32]] = [:]
    ) -> [GenotypeCall] {
        (catalog[gene]?.positions ?? []).map { position in
            GenotypeCall(
                chromosome: position.chromosome, position: position.grch38,
                end: position.grch38 + Int64(position.reference.utf8.count) - 1, identifier: position.identifier,
                reference: position.reference, alternates: Array(position.alleles.dropFirst()),
                alleles: alternates[position.identifier] ?? [0, 0])
        }
    }

    /// CYP2C19 *2: rs12769205, rs4244285 and rs3758581 (PharmVar).
    static func cyp2c19(_ catalog: GeneCatalog, copiesOf2 copies: Int) -> [GenotypeCall] {
        let alleles: [Int32] = copies == 2 ? [1, 1] : copies == 1 ? [0, 1] : [0, 0]
        return calls(
            of: "CYP2C19", in: catalog,
            alternates: ["rs12769205": alleles, "rs4244285": alleles, "rs3758581": [1, 1]])
    }

    static func genotypes(
        _ calls: [GenotypeCall], patient: String = "p1.anna", submission: String = "s", chunk: Int32 = 0,
        isLast: Bool = true, collected: Int? = 0, received: Int = 1, assembly: String = "GRCh38"
    ) throws -> GenotypesRecorded {
        GenotypesRecorded(
            eventID: id("genotypes", patient, submission, String(chunk)), patient: try pseudonym(patient),
            sampleID: "sample-\(submission)", assembly: assembly, format: .gvcf,
            submissionID: id("submission", patient, submission), chunk: chunk, isLastChunk: isLast, calls: calls,
            collectedAt: collected.map { day($0) }, source: "test", receivedAt: day(received), modelVersion: "1",
            producedAt: day(received))
    }

    static func medication(
        _ display: String, patient: String = "p1.anna", resource: String? = nil, code: String = "0",
        system: String = "urn:test", status: MedicationRecorded.Status = .active, authored: Int = 2,
        received: Int? = nil, ends: Int? = nil, number: Int = 0
    ) throws -> MedicationRecorded {
        MedicationRecorded(
            eventID: id("medication", patient, resource ?? display, "\(status)", String(authored), String(number)),
            patient: try pseudonym(patient), code: code, codeSystem: system, display: display, status: status,
            intent: .order, authoredAt: day(authored), kind: .request, effectiveStartAt: day(authored),
            effectiveEndAt: ends.map { day($0) }, resourceID: resource ?? display, source: "test",
            receivedAt: day(received ?? authored), modelVersion: "1", producedAt: day(received ?? authored))
    }

    static func diplotype(
        _ gene: String, _ diplotype: String, patient: String = "p1.anna", reported: Int = 1
    ) throws -> DiplotypeReported {
        DiplotypeReported(
            eventID: id("diplotype", patient, gene, diplotype, String(reported)), patient: try pseudonym(patient),
            gene: gene, diplotype: diplotype, reportedAt: day(reported), source: "test", receivedAt: day(reported),
            modelVersion: "1", producedAt: day(reported))
    }

    static func registration(
        _ gender: PatientRegistered.AdministrativeGender, patient: String = "p1.anna", received: Int = 0
    ) throws -> PatientRegistered {
        PatientRegistered(
            eventID: id("patient", patient, "\(gender)", String(received)), patient: try pseudonym(patient),
            administrativeGender: gender, source: "test", receivedAt: day(received), modelVersion: "1",
            producedAt: day(received))
    }

    static func record(_ event: some HealthEvent, offset: Int64 = 0, receivedAt: Timestamp? = nil) -> StreamRecord {
        StreamRecord(
            topic: event.topic, offset: offset, receivedAt: receivedAt ?? event.producedAt,
            key: Array(event.key.utf8), value: event.encoded())
    }
}

/// One person's events handled one after the other, without log or database.
struct Person {
    var processor: PharmacogenomicsProcessor
    var state = PatientProfile()

    init(writesDocuments: Bool = true) throws {
        processor = PharmacogenomicsProcessor(
            shelf: try StreamSample.shelf.get(), tenant: "ward-a", writesDocuments: writesDocuments)
    }

    /// What became of the event's item.
    mutating func handle(_ event: some HealthEvent) throws -> Handled<PharmacogenomicsRow> {
        let record = StreamSample.record(event)
        switch processor.decode(record).first {
        case .item(let item):
            var next = state
            let handled = processor.handle(
                item, state: &next, context: HandlingContext(receivedAt: record.receivedAt))
            // As the runtime does: a state holds only with effects.
            if case .effects = handled { state = next }
            return handled
        case .ignored(let rejection), .rejected(let rejection):
            return .deadLetter(rejection)
        case nil: throw Unexpected(description: "no item")
        }
    }

    /// The effects of an event that is taken.
    @discardableResult
    mutating func take(_ event: some HealthEvent) throws -> Effects<PharmacogenomicsRow> {
        guard case .effects(let effects) = try handle(event) else { throw Unexpected(description: "not taken") }
        return effects
    }

    mutating func rejection(of event: some HealthEvent) throws -> Rejection {
        guard case .deadLetter(let rejection) = try handle(event) else { throw Unexpected(description: "taken") }
        return rejection
    }
}

extension Effects<PharmacogenomicsRow> {
    var phenotypes: [PhenotypeDetermined] {
        get throws {
            try publications.filter { $0.topic == Topic.phenotypeDetermined }
                .map { try PhenotypeDetermined(decoding: $0.payload) }
        }
    }
    var recommendations: [RecommendationMade] {
        get throws {
            try publications.filter { $0.topic == Topic.recommendationMade }
                .map { try RecommendationMade(decoding: $0.payload) }
        }
    }
    var alerts: [Alert] {
        get throws {
            try publications.filter { [Topic.alertRaised, Topic.alertResolved].contains($0.topic) }
                .map { try Alert(decoding: $0.payload) }
        }
    }
}
