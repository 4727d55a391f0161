import CPharmacogenomicsTables
import Domain
import JSONDocument
import PharmacogenomicsCore

/// What pharmacogenomics reads of others: genotypes, exports, laboratories' statements, knowledge releases, calls of CDS clients.
enum FuzzedPharmacogenomics {
    /// Samples of one input that are called; a line of column names can have thousands.
    private static let sampleLimit = 8

    /// A VCF comes to the same however it is cut, and every sample's calls are whole.
    static func checkVCF(_ bytes: UnsafeRawBufferPointer) {
        let intake = GenotypeIntake(map: release.map, sex: sexes[bytes.count % sexes.count])
        let whole = try? intake.read(vcf: Array(bytes))
        if bytes.count < 4_096, cut(bytes, intake) != whole { fatalError("what a VCF comes to depends on the cuts") }
        if let whole { check(whole) }
    }

    private static func cut(_ bytes: UnsafeRawBufferPointer, _ intake: GenotypeIntake) -> IntakeBatch? {
        let reader = VCFIntake(intake)
        for start in stride(from: 0, to: bytes.count, by: 7) {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 7, bytes.count)])
            do { try reader.push(piece) } catch { return nil }
        }
        return try? reader.finish()
    }

    /// A consumer export is one sample, whose calls are whole.
    static func checkExport(_ bytes: UnsafeRawBufferPointer) {
        let intake = GenotypeIntake(map: release.map, sex: sexes[bytes.count % sexes.count])
        guard let batch = try? intake.read(consumerExport: Array(bytes), sampleID: "somebody") else { return }
        guard batch.samples.count == 1 else { fatalError("an export is not one sample") }
        check(batch)
    }

    private static func check(_ batch: IntakeBatch) {
        guard batch.refusedLines.count <= IntakeBatch.refusedLineLimit,
            batch.refusedLines.count <= batch.refusedLineCount
        else { fatalError("more refused lines are kept than there may be") }
        for sample in batch.samples.prefix(sampleLimit) {
            for caller in release.callers { check(caller, sample.genotypes) }
        }
    }

    /// Statements are taken or refused; what is taken of each sample gives whole calls.
    static func checkOutsideCalls(_ bytes: UnsafeRawBufferPointer) {
        guard let file = try? OutsideCallFile(Array(bytes), catalog: release.knowledge.genes) else { return }
        let samples = file.namesSamples ? Set(file.rows.compactMap(\.sample)).sorted() : ["somebody"]
        let unknown = SampleGenotypes(sampleID: "", siteCount: release.knowledge.genes.siteCount)
        for sample in samples.prefix(sampleLimit) {
            let outside = file.calls(ofSample: sample)
            for report in outside { _ = try? release.callers[0].check(report) }
            check(release.callers[0], unknown, outside: outside)
        }
    }

    /// Tables that the input replaces, each after a line `== name`; of the others there are the column names alone.
    ///
    /// What is taken as a release serves: its genes are called and a person is evaluated under it.
    static func checkKnowledge(_ bytes: UnsafeRawBufferPointer) {
        var files = emptyTables
        for (name, content) in sections(Array(bytes)) {
            files[name] = content
            if let table = try? KnowledgeTable(name: name, bytes: content) { check(table) }
        }
        let tables = KnowledgeTables(files: files)
        guard let catalog = try? GeneCatalog(tables: tables) else { return }
        let sample = sample(of: catalog, seed: bytes.count)
        check(DiplotypeCaller(catalog: catalog, options: everything), sample)
        guard let knowledge = try? KnowledgeBase(tables: tables, digest: "fuzz") else { return }
        guard KnowledgeDiff(from: knowledge, to: knowledge).isEmpty else { fatalError("a release unlike itself") }
        _ = SiteTranslation(from: catalog, to: catalog)
        let map = SiteMap(catalog: catalog)
        _ = try? GenotypeIntake(map: map, assembly: .grch38).read(vcf: vcf)
        let drugs = knowledge.drugs.drugs.prefix(8).map { MedicationExposure(drug: $0.name) }
        _ = PatientEvaluation(knowledge: knowledge).evaluate(genotypes: sample, medications: drugs, at: time)
    }

    private static func check(_ table: KnowledgeTable) {
        var last = 0
        for row in 0..<table.rowCount {
            guard table.line(ofRow: row) > last else { fatalError("rows out of order") }
            last = table.line(ofRow: row)
            for name in table.columnNames {
                guard let column = table.optionalColumn(name) else { fatalError("a column without a number") }
                guard table.isEmpty(row, column) == table.field(row, column).isEmpty,
                    !table.field(row, column).contains(UInt8(ascii: "\t"))
                else { fatalError("a field that is none") }
            }
        }
    }

    /// The first byte chooses the service. Cards of a call that is taken are what CDS Hooks allows.
    static func checkCDSRequest(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let service = CDSServiceDescription.all[Int(first) % CDSServiceDescription.all.count]
        let body = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        let request: CDSRequest
        do {
            request = try CDSRequest(body: body, service: service)
        } catch {
            _ = error.description
            return
        }
        for patient in [nil, release.patient] {
            let cards = release.decision.cards(for: request, patient: patient, at: time)
            for card in cards {
                guard (1...CDSCard.summaryLimit).contains(card.summary.count) else { fatalError("a summary too long") }
            }
            guard Set(cards.map(\.id)).count == cards.count else { fatalError("two cards of one identity") }
            guard cards.map(\.indicator) == cards.map(\.indicator).sorted(by: >) else { fatalError("cards unsorted") }
            let response = CDSCard.response(cards)
            guard (try? JSONValue(parsing: response.serialized(), limits: JSONLimits(depth: 256))) == response else {
                fatalError("cards do not read back")
            }
        }
    }

    // MARK: Calls

    /// Every gene has a call, its weights sum to 1, and what is counted is listed or not.
    private static func check(_ caller: DiplotypeCaller, _ sample: SampleGenotypes, outside: [OutsideCall] = []) {
        let calls = caller.call(sample, outside: outside)
        guard calls.map(\.gene) == caller.catalog.genes.map(\.symbol) else { fatalError("a gene without a call") }
        for call in calls {
            let weights = call.candidates.map(\.weight) + call.unlisted.map(\.weight)
            guard weights.allSatisfy({ (0...1).contains($0) }),
                call.candidates.isEmpty || abs(weights.reduce(0, +) - 1) < 1e-9
            else { fatalError("weights that do not sum to 1") }
            guard call.candidates.count + call.unlisted.reduce(0, { $0 + $1.count }) == call.diplotypeCount else {
                fatalError("diplotypes uncounted")
            }
            // Statements are listed all.
            guard call.status == .outside || call.candidates.count <= GeneCall.listingLimit,
                (0...1).contains(call.coverage)
            else { fatalError("a call beyond its limits") }
        }
    }

    // MARK: Releases

    /// What the service stands on, made of the tables that are compiled in.
    private struct Release {
        let knowledge: KnowledgeBase
        let map: SiteMap
        let callers: [DiplotypeCaller]
        let decision: CDSDecision
        let patient: EvaluatedPatient

        init() throws(KnowledgeError) {
            knowledge = try KnowledgeBase(tables: KnowledgeTables(files: builtIn), digest: "fuzz")
            map = SiteMap(catalog: knowledge.genes)
            callers = [
                DiplotypeCaller(catalog: knowledge.genes),
                DiplotypeCaller(catalog: knowledge.genes, options: everything),
            ]
            let evaluation = PatientEvaluation(knowledge: knowledge)
            decision = CDSDecision(knowledge: knowledge, evaluation: evaluation)
            let outside = [
                OutsideCall(gene: "CYP2D6", diplotype: "*4/*4"), OutsideCall(gene: "CYP2C19", diplotype: "*2/*2"),
                OutsideCall(gene: "HLA-B", diplotype: "*57:01/*58:01"),
            ]
            patient = evaluation.evaluate(
                genotypes: nil, outside: outside, medications: [MedicationExposure(drug: "paroxetine")], at: time)
        }
    }

    private static let everything = CallingOptions(combinations: true, callsCYP2D6: true)
    private static let sexes: [Sex?] = [nil, .male, .female]
    private static let time = Timestamp(microseconds: 1_714_545_000_000_000)

    private static let release: Release = {
        do { return try Release() } catch { fatalError("the tables cannot be read: \(error)") }
    }()

    private static let builtIn: [String: [UInt8]] = {
        var count = 0
        guard let tables = pharmacogenomics_tables(&count) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for table in UnsafeBufferPointer(start: tables, count: count) {
            guard let name = table.name else { continue }
            files[String(cString: name)] = Array(UnsafeBufferPointer(start: table.bytes, count: table.length))
        }
        return files
    }()

    /// The tables without a row, but for the release's name.
    private static let emptyTables: [String: [UInt8]] = {
        var files = builtIn.mapValues { bytes in
            bytes.split(separator: UInt8(ascii: "\n")).first { $0.first != UInt8(ascii: "#") }.map { Array($0) } ?? []
        }
        files["knowledge.tsv"] = Array("key\tvalue\nversion\tfuzz\n".utf8)
        return files
    }()

    private static func sections(_ bytes: [UInt8]) -> [(name: String, content: [UInt8])] {
        var sections: [(name: String, content: [UInt8])] = []
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.starts(with: "== ".utf8) {
                sections.append((String(decoding: line.dropFirst(3), as: UTF8.self), []))
            } else if !sections.isEmpty {
                sections[sections.count - 1].content += line + [UInt8(ascii: "\n")]
            }
        }
        return sections
    }

    /// A sample with something at every site: mostly known alleles, some unknown, novel or absent.
    private static func sample(of catalog: GeneCatalog, seed: Int) -> SampleGenotypes {
        var sample = SampleGenotypes(
            sampleID: "somebody", sex: sexes[seed % sexes.count], siteCount: catalog.siteCount)
        for site in sample.sites.indices {
            let mark = (seed + site * 7) % 16
            let alleles = Int8(clamping: catalog.positions[site].alleles.count)
            sample.sites[site] = SiteCall(
                first: mark == 0 ? SiteCall.unknown : mark < 8 ? 0 : Int8(mark) % alleles,
                second: mark == 1 ? SiteCall.novel : mark == 2 ? SiteCall.absent : 0, isPhased: mark > 11)
        }
        return sample
    }

    /// One record of one sample.
    private static let vcf = Array(
        """
        ##fileformat=VCFv4.3
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS
        10\t94781859\t.\tG\tA\t.\tPASS\t.\tGT\t0/1

        """.utf8)
}
