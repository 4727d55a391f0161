import Contracts
import Domain
import PharmacogenomicsAdapter
import PharmacogenomicsCore

/// One person of the feed: the events that tell of the person, and the facts that remain when all of them have come.
struct GenomePerson {
    static let beginning = Timestamp(microseconds: 1_704_067_200_000_000)  // 2024-01-01
    static let drugs = [
        "clopidogrel", "clopidogrel", "clopidogrel", "omeprazole", "fluvoxamine", "codeine", "paroxetine", "citalopram",
    ]

    let patient: PatientPseudonym
    private(set) var events: [any HealthEvent] = []
    /// The calls of the submission that counts, chunk by chunk.
    private(set) var chunks: [[GenotypeCall]] = []
    private(set) var outside: [OutsideCall] = []
    private(set) var sex: Sex?
    /// By the sender's record.
    private(set) var taken: [String: (drug: String, start: Timestamp, end: Timestamp?)] = [:]
    /// The latest time that an event tells.
    private(set) var latest = Self.beginning

    static func day(_ day: Int) -> Timestamp { beginning.advanced(by: .seconds(86_400 * day)) }

    /// A person drawn from `random`; some are sampled twice, some stop a medication.
    init(_ name: String, catalog: GeneCatalog, random: inout some RandomNumberGenerator) throws {
        guard let patient = PatientPseudonym("p1.\(name)") else { throw Missing(what: "a pseudonym") }
        self.patient = patient
        addGenotypes("first", collected: 0, copies: .random(in: 0...2, using: &random), catalog)
        if Int.random(in: 0..<6, using: &random) == 0 {
            addGenotypes("second", collected: 3, copies: .random(in: 0...2, using: &random), catalog)
        }
        for number in 0..<Int.random(in: 1...2, using: &random) {
            let drug = Self.drugs.randomElement(using: &random) ?? "clopidogrel"
            addMedication("r\(number)", drug, isStopped: Int.random(in: 0..<5, using: &random) == 0)
        }
        if Bool.random(using: &random) {
            let diplotype = ["*1/*1", "*4/*4", "*1/*41"].randomElement(using: &random) ?? "*1/*1"
            addReport("CYP2D6", diplotype)
        }
        if Int.random(in: 0..<3, using: &random) == 0 { addRegistration() }
    }

    private func id(_ parts: String...) -> EventID { .hashing("torture", [patient.rawValue] + parts) }

    /// Every position of CYP2C19 as the reference, but for *2: rs12769205, rs4244285 and rs3758581 (PharmVar).
    private mutating func addGenotypes(_ submission: String, collected: Int, copies: Int, _ catalog: GeneCatalog) {
        let alleles: [Int32] = copies == 2 ? [1, 1] : copies == 1 ? [0, 1] : [0, 0]
        let alternates: [String: [Int32]] = [
            "rs12769205": alleles, "rs4244285": alleles, "rs3758581": [1, 1],
        ]
        let calls = (catalog["CYP2C19"]?.positions ?? []).map { position in
            GenotypeCall(
                chromosome: position.chromosome, position: position.grch38,
                end: position.grch38 + Int64(position.reference.utf8.count) - 1, identifier: position.identifier,
                reference: position.reference, alternates: Array(position.alleles.dropFirst()),
                alleles: alternates[position.identifier] ?? [0, 0])
        }
        chunks = [Array(calls.prefix(calls.count / 2)), Array(calls.dropFirst(calls.count / 2))]
        let received = Self.day(collected + 1)
        for (number, calls) in chunks.enumerated() {
            events.append(
                GenotypesRecorded(
                    eventID: id("genotypes", submission, "\(number)"), patient: patient, sampleID: submission,
                    assembly: "GRCh38", format: .gvcf, submissionID: id("submission", submission),
                    chunk: Int32(number), isLastChunk: number == chunks.count - 1, calls: calls,
                    collectedAt: Self.day(collected), source: "torture", receivedAt: received, modelVersion: "1",
                    producedAt: received))
        }
        latest = max(latest, received)
    }

    private mutating func addMedication(_ record: String, _ drug: String, isStopped: Bool) {
        let start = Self.day(2)
        func add(_ status: MedicationRecorded.Status, authored: Timestamp, end: Timestamp?) {
            events.append(
                MedicationRecorded(
                    eventID: id("medication", record, "\(status)"), patient: patient, code: "0",
                    codeSystem: "urn:torture", display: drug, status: status, intent: .order, authoredAt: authored,
                    effectiveStartAt: start, effectiveEndAt: end, resourceID: record, source: "torture",
                    receivedAt: authored, modelVersion: "1", producedAt: authored))
            latest = max(latest, authored)
            taken[record] = (drug, start, end)
        }
        add(.active, authored: start, end: nil)
        if isStopped { add(.stopped, authored: Self.day(20), end: Self.day(20)) }
    }

    private mutating func addReport(_ gene: String, _ diplotype: String) {
        events.append(
            DiplotypeReported(
                eventID: id("diplotype", gene), patient: patient, gene: gene, diplotype: diplotype,
                reportedAt: Self.day(1), source: "torture", receivedAt: Self.day(1), modelVersion: "1",
                producedAt: Self.day(1)))
        outside.append(OutsideCall(gene: GeneSymbol(rawValue: gene), diplotype: diplotype))
    }

    private mutating func addRegistration() {
        events.append(
            PatientRegistered(
                eventID: id("patient"), patient: patient, administrativeGender: .female, source: "torture",
                receivedAt: Self.day(0), modelVersion: "1", producedAt: Self.day(0)))
        sex = .female
    }

    /// What the facts come to, evaluated at once and by itself, when every onset and washout lies in the past.
    func evaluated(under edition: KnowledgeEdition) throws -> EvaluatedPatient {
        var sample = SampleGenotypes(sampleID: "", sex: sex, siteCount: edition.base.genes.siteCount)
        for calls in chunks {
            sample.apply(try edition.intake.sites(of: calls, assembly: "GRCh38", format: .gvcf))
        }
        let medications = taken.values.map {
            MedicationExposure(drug: $0.drug, startedAt: $0.start, endedAt: $0.end)
        }
        var time = latest
        while true {
            let patient = edition.evaluation.evaluate(
                genotypes: sample, outside: outside, medications: medications, sex: sex, at: time)
            guard let boundary = patient.nextBoundary else { return patient }
            guard boundary > time else { throw Missing(what: "a boundary in the future") }
            time = boundary
        }
    }
}

/// What a test needed and did not get.
struct Missing: Error {
    let what: String
}
