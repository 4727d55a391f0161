import Compression
import Contracts
import Domain
import Foundation
import GenomicFormats
import IngestionCore
import Testing

/// What a genomic file became.
struct GenomicReading {
    var outcomes: [FactOutcome] = []

    init(
        _ bytes: [UInt8], _ format: FeedFormat, subject: String? = nil,
        options: GenomicFeedOptions = GenomicFeedOptions(),
        pieces: Int = 1 << 16
    ) {
        var outcomes: [FactOutcome] = []
        let context = FeedContext(
            source: "lab", receivedAt: Timestamp(microseconds: 1_767_225_600_000_000), patientSystem: "s",
            subject: subject.map { PHI($0) })
        let stream = GenomicFeedStream(format, context: context, names: SampleNames(), options: options) {
            outcomes.append($0)
        }
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                stream?.read(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + pieces, bytes.count)]))
            }
        }
        stream?.finish()
        self.outcomes = outcomes
    }

    init(
        _ text: String, _ format: FeedFormat, subject: String? = nil, options: GenomicFeedOptions = GenomicFeedOptions()
    ) {
        self.init(Array(text.utf8), format, subject: subject, options: options)
    }

    var facts: [Fact] { outcomes.flatMap(\.facts) }
    var codes: [String] { outcomes.compactMap { $0.reason?.code } }

    var genotypes: [GenotypesRecorded] {
        facts.compactMap { if case .genotypes(let event) = $0 { event } else { nil } }
    }
    var profiles: [ExpressionMeasured] {
        facts.compactMap { if case .expression(let event) = $0 { event } else { nil } }
    }
    var scores: [PolygenicScoreDefined] {
        facts.compactMap { if case .score(let event) = $0 { event } else { nil } }
    }

    /// Every fact is an event that consumers accept, and outcomes are numbered in order.
    func check() throws {
        for fact in facts { try fact.event.validate() }
        #expect(outcomes.map(\.index) == Array(0..<outcomes.count))
    }
}

/// Names people so that a test can see who they are.
struct SampleNames: PersonNaming {
    func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        guard let name = PatientPseudonym("p1." + person.reveal().value) else { throw Unnamed() }
        return name
    }

    func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String {
        "h1." + record.reveal().value.map { $0 == ":" ? "-" : String($0) }.joined()
    }

    struct Unnamed: Error {}
}

/// The genomic data beside the repository; nil, with a line printed, when it is not there.
enum SharedGenomics {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"]
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let folder = (environment.map { URL(filePath: $0) } ?? root.appending(path: "shared")).appending(path: "data")
        guard FileManager.default.fileExists(atPath: folder.appending(path: "genomics").path) else {
            print("skipped: no genomic data beside the repository")
            return nil
        }
        return folder
    }()

    static func bytes(_ path: String) throws -> [UInt8]? {
        try folder.map { [UInt8](try Data(contentsOf: $0.appending(path: path))) }
    }
}

@Suite("Genotypes become chunks of calls of the person whose sample they are")
struct GenotypeFeedTests {
    static let head = """
        ##fileformat=VCFv4.3
        ##contig=<ID=chr1,length=248956422>
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tann\tben

        """

    @Test("Every field of a record reaches the calls of each sample")
    func fields() throws {
        let reading = GenomicReading(
            Self.head + "chr1\t100\trs7\tA\tC,G\t50.5\tPASS\tEND=100\tGT:DP:GQ:PS\t1|2:30:99:100\t./0\n", .vcf)
        try reading.check()
        #expect(reading.codes == [])
        let calls = reading.genotypes
        #expect(calls.map(\.patient.rawValue) == ["p1.ann", "p1.ben"])
        #expect(calls.allSatisfy { $0.assembly == "GRCh38" && $0.isLastChunk && $0.chunk == 0 && $0.format == .vcf })
        #expect(
            calls[0].calls == [
                GenotypeCall(
                    chromosome: "1", position: 100, end: 100, identifier: "rs7", reference: "A",
                    alternates: ["C", "G"],
                    alleles: [1, 2], isPhased: true, phaseSet: 100, depth: 30, quality: 99, filter: "PASS",
                    siteQuality: 50.5)
            ])
        #expect(calls[1].calls.first?.alleles == [-1, 0] && calls[1].calls.first?.isPhased == false)
    }

    @Test("A gVCF's blocks keep their end, and a structural variant its length")
    func blocks() throws {
        let reading = GenomicReading(
            """
            ##fileformat=VCFv4.4
            ##ALT=<ID=NON_REF,Description="Any other allele">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tann
            1\t10\t.\tA\t<NON_REF>\t.\t.\tEND=250\tGT\t0/0
            1\t300\t.\tA\t<DEL>\t.\t.\tSVLEN=50;SVCLAIM=DJ\tGT\t0/1
            1\t400\t.\tACGT\tA\t.\t.\t.\tGT\t0/1

            """, .vcf)
        try reading.check()
        #expect(reading.genotypes.map(\.format) == [.gvcf])
        #expect(reading.genotypes[0].calls.map(\.end) == [250, 350, 403])
    }

    @Test("A line that is refused has an outcome of its own and takes no call from the others")
    func refusedLines() throws {
        let reading = GenomicReading(
            Self.head + "chr1\t1\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0\nchr1\t2\t.\tA\tX\t.\t.\t.\tGT\t0/1\t0/0\n"
                + "chr1\t3\t.\tA\t.\t.\t.\t.\tGT\t0/1\t0/0\nchr1\t4\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0\n", .vcf)
        try reading.check()
        #expect(reading.codes == ["vcf-alt-invalid", "genotype-without-alternate"])
        #expect(reading.outcomes.map(\.place).prefix(2) == ["line 5, ALT", "line 6, sample 1 GT"])
        #expect(reading.genotypes.map { $0.calls.map(\.position) } == [[1, 4], [1, 4]])
    }

    @Test("Chunks have at most 4000 calls, are numbered, and any cut of the bytes and a repeat give the same ids")
    func chunks() throws {
        var text = "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tann\n"
        for position in 1...9_001 { text += "1\t\(position)\t.\tA\tC\t.\t.\t.\tGT\t0/1\n" }
        let reading = GenomicReading(text, .vcf)
        try reading.check()
        #expect(reading.genotypes.map(\.calls.count) == [4_000, 4_000, 1_001])
        #expect(reading.genotypes.map(\.chunk) == [0, 1, 2])
        #expect(reading.genotypes.map(\.isLastChunk) == [false, false, true])
        #expect(Set(reading.genotypes.map(\.submissionID)).count == 1)
        #expect(Set(reading.genotypes.map(\.eventID)).count == 3)
        #expect(GenomicReading(Array(text.utf8), .vcf, pieces: 101).outcomes == reading.outcomes)
        let zipped = try StreamEncoder.encode(Array(text.utf8), .gzip)
        #expect(GenomicReading(zipped, .vcf, pieces: 13).outcomes == reading.outcomes)
    }

    @Test("A declared subject owns a file of one sample; a file of several is refused")
    func subject() throws {
        let one =
            "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour\n1\t1\t.\tA\tC\t.\t.\t.\tGT\t1\n"
        #expect(GenomicReading(one, .vcf, subject: "carl").genotypes.map(\.patient.rawValue) == ["p1.carl"])
        let several = GenomicReading(Self.head + "chr1\t1\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0\n", .vcf, subject: "carl")
        #expect(several.codes == ["subject-ambiguous"] && several.facts.isEmpty)
    }

    @Test("Sites without samples are archived; no VCF at all is refused; a cut archive is refused")
    func withoutSamples() throws {
        let sites = GenomicReading(
            "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1\t.\tA\tC\t.\t.\t.\n", .vcf)
        #expect(sites.codes == ["no-samples"])
        #expect(GenomicReading("hello", .vcf).codes == ["vcf-fileformat"])
        #expect(GenomicReading([], .vcf).codes == ["vcf-fileformat"])
        let zipped = try StreamEncoder.encode(Array(Self.head.utf8), .gzip)
        #expect(GenomicReading(Array(zipped.dropLast(9)), .vcf).codes == ["compression-corrupt"])
    }

    @Test("A consumer's export tells observed alleles; markers without a place are noted")
    func consumer() throws {
        let text = """
            # 23andMe, reference human assembly build 37
            # rsid\tchromosome\tposition\tgenotype
            rs1\t1\t101\tAG
            rs2\t23\t102\tC
            rs3\t1\t103\t--
            rs4\t--\t--\tAA
            rs5\t1\t104\tQQ
            rs6\t1\t105\tDI

            """
        let reading = GenomicReading(text, .consumerGenotypes, subject: "dora")
        try reading.check()
        let event = try #require(reading.genotypes.first)
        #expect(event.patient.rawValue == "p1.dora" && event.assembly == "GRCh37" && event.format == .consumerArray)
        #expect(event.calls.map(\.alternates) == [["A", "G"], ["C"], [], ["D", "I"]])
        #expect(event.calls.map(\.alleles) == [[1, 2], [1], [-1, -1], [1, 2]])
        #expect(event.calls.map(\.chromosome) == ["1", "X", "1", "1"])
        #expect(reading.codes == ["consumer-genotype"])
        #expect(reading.outcomes.last?.notes.map(\.place) == ["line 6"])
        #expect(GenomicReading(text, .consumerGenotypes).codes == ["subject-missing"])
    }

    @Test("The 1000 Genomes file of the shared data gives every sample every variant")
    func thousandGenomes() throws {
        guard let bytes = try SharedGenomics.bytes("genomics/pgs/cineca_synthetic_chr22_GRCh37.vcf.gz") else { return }
        let reading = GenomicReading(bytes, .vcf)
        #expect(reading.codes == [])
        var calls: [PatientPseudonym: Int] = [:]
        var missing = 0
        for event in reading.genotypes {
            calls[event.patient, default: 0] += event.calls.count
            missing += event.calls.count { $0.alleles.contains(-1) }
        }
        #expect(calls.count == 2_504 && Set(calls.values) == [829])
        // The data's README counts 96 missing calls.
        #expect(missing == 96)
    }
}

@Suite("Expression, scores and sequences become what they tell, or say why not")
struct OtherGenomicFeedTests {
    @Test("Genes by samples become a profile for each sample; a missing value leaves its gene out")
    func profiles() throws {
        var options = GenomicFeedOptions(cohort: "c", tissue: "blood")
        options.expression.unit = "TPM"
        let text = "gene\tann\tben\nENSG00000141510\t1.5\tNA\nENSG00000012048\t0\t2\nENSG00000139618\t3\n"
        let reading = GenomicReading(text, .expression, options: options)
        try reading.check()
        #expect(reading.codes == ["expression-ragged"])
        #expect(reading.profiles.map(\.patient.rawValue) == ["p1.ann", "p1.ben"])
        #expect(reading.profiles.map(\.values) == [[1.5, 0], [2]])
        #expect(reading.profiles.map(\.genes.count) == [2, 1])
        #expect(
            reading.profiles.allSatisfy {
                $0.unit == "TPM" && $0.geneSystem == .ensembl && !$0.isSparse && $0.tissue == "blood"
            })

        options.expression.orientation = .samplesByGenes
        let turned = GenomicReading(
            "sample\tENSG00000141510\tENSG00000012048\nann\t1.5\t0\nben\tNA\t2\n", .expression, options: options)
        #expect(turned.profiles == reading.profiles)
    }

    @Test("A score comes in chunks; one line that cannot be taken refuses it whole, with every reason")
    func scores() throws {
        let head =
            "#pgs_id=PGS9\n#genome_build=GRCh38\nchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
        var text = head
        for position in 1...5_100 { text += "1\t\(position)\tA\tG\t0.5\n" }
        let reading = GenomicReading(text, .scoring)
        try reading.check()
        #expect(reading.scores.map(\.weights.count).reduce(0, +) == 5_100)
        #expect(
            reading.scores.map(\.isLastChunk) == [false, true] && reading.scores.allSatisfy { $0.assembly == "GRCh38" })
        let refused = GenomicReading(text + "6\t7\tHLA-B*57\tG\t1\n", .scoring)
        #expect(refused.codes == ["scoring-complex-allele", "scoring-incomplete"] && refused.facts.isEmpty)
        #expect(
            GenomicReading("chr_name\tchr_position\teffect_allele\teffect_weight\n1\t1\tA\t1\n", .scoring).codes == [
                "scoring-identifier"
            ])
    }

    @Test("The shared scores: standing height is taken, the invalid one and the complex ones are not")
    func sharedScores() throws {
        for (name, weights) in [
            ("PGS001229_chr22_GRCh37.txt", 835), ("PGS000802_hmPOS_GRCh37.txt", 19), ("PGS000001_hmPOS_GRCh38.txt", 77),
            ("custom_minimal_GRCh37.txt", 835), ("invalid_scorefile.txt", 0), ("PGS000021_complex_variants.txt", 0),
        ] {
            guard let bytes = try SharedGenomics.bytes("genomics/pgs/\(name)") else { return }
            let reading = GenomicReading(bytes, .scoring)
            try reading.check()
            #expect(reading.scores.map(\.weights.count).reduce(0, +) == weights, "\(name) \(reading.codes.prefix(3))")
            #expect(weights > 0 || !reading.codes.isEmpty)
        }
    }

    @Test("Sequences are checked and archived")
    func sequences() {
        let reading = GenomicReading(">a\nACGT\n>b\nAC\nACG\n>c\nA\n", .fasta)
        #expect(reading.codes == ["sequence-archived", "fasta-line-length", "sequence-archived"])
        #expect(GenomicReading("ACGT", .fasta).codes == ["fasta-start"])
    }
}
