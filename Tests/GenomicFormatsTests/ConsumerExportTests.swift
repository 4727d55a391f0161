import Foundation
import GenomicFormats
import TestSupport
import Testing

@Suite("A consumer's genotypes are read as the vendor wrote them")
struct ConsumerExportTests {
    struct Reading {
        var head: ConsumerExportHead?
        var genotypes: [ConsumerGenotype] = []
        var refused: [GenomicFormatError] = []
        var failure: GenomicFormatError?

        init(_ bytes: [UInt8], pieces: Int = 7) {
            let reader = ConsumerExportReader()
            do {
                for start in stride(from: 0, to: bytes.count, by: pieces) {
                    try reader.push(Array(bytes[start..<min(start + pieces, bytes.count)])) { take($0) }
                }
                try reader.finish { take($0) }
            } catch let error as GenomicFormatError {
                failure = error
            } catch {
                failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
            }
        }

        init(_ text: String) {
            self.init(Array(text.utf8))
        }

        private mutating func take(_ event: ConsumerExportEvent) {
            switch event {
            case .head(let head): self.head = head
            case .genotype(let genotype): genotypes.append(genotype)
            case .refused(let error): refused.append(error)
            }
        }
    }

    struct Expected: Sendable {
        var vendor = ConsumerExportHead.Vendor.generic
        var build: GenomeBuild?
        var genotypes = 8
        var noCalls = 1
        var refused = 0
    }

    /// Counted by hand in the files (github.com/apriha/snps, tests/input).
    static let files: [String: Expected] = [
        "23andme.txt": Expected(vendor: .twentyThreeAndMe, genotypes: 10),
        "23andme_allele.txt": Expected(vendor: .twentyThreeAndMe),
        "23andme_win.txt": Expected(vendor: .twentyThreeAndMe, genotypes: 10),
        "23mofang.txt": Expected(vendor: .mofang),
        "DNALand.txt": Expected(vendor: .dnaLand), "GRCh37.csv": Expected(genotypes: 4),
        "GRCh37_PAR.csv": Expected(genotypes: 4, noCalls: 0), "GRCh38.csv": Expected(genotypes: 4),
        "NCBI36.csv": Expected(genotypes: 4), "ancestry.txt": Expected(vendor: .ancestryDNA),
        "ancestry_mt.txt": Expected(vendor: .ancestryDNA, genotypes: 3),
        "ancestry_multi_sep.txt": Expected(vendor: .ancestryDNA), "chromosomes.csv": Expected(genotypes: 6, noCalls: 0),
        "circledna.txt": Expected(vendor: .circleDNA, genotypes: 9, noCalls: 0),
        "codigo46.txt": Expected(vendor: .codigo46),
        "duplicate_rsids.csv": Expected(genotypes: 3, noCalls: 0), "ftdna.csv": Expected(vendor: .familyTreeDNA),
        "ftdna_famfinder.csv": Expected(vendor: .familyTreeDNA), "generic.csv": Expected(), "generic.tsv": Expected(),
        "generic_extra_column.tsv": Expected(), "generic_header_comment.tsv": Expected(),
        "generic_multi_rsid.tsv": Expected(), "generic_no_header.tsv": Expected(),
        "generic_non_standard_columns.tsv": Expected(), "genesforgood.txt": Expected(vendor: .genesForGood),
        "livingdna.csv": Expected(vendor: .livingDNA), "mapmygenome.txt": Expected(vendor: .mapmygenome),
        "mapmygenome_alt_header.txt": Expected(vendor: .mapmygenome),
        "mapmygenome_new_format.txt": Expected(vendor: .mapmygenome, build: .grch37),
        "myheritage.csv": Expected(vendor: .myHeritage), "myheritage_extra_quotes.csv": Expected(vendor: .myHeritage),
        "plink.txt": Expected(vendor: .plink), "sano.txt": Expected(vendor: .sano),
        "sano_dtc.txt": Expected(vendor: .sano),
        "sano_dtc_no_comments.txt": Expected(), "selfdecode.txt": Expected(vendor: .selfDecode),
        "tellmeGen.txt": Expected(vendor: .tellmeGen),
    ]

    @Test(
        "All 46 shared files are read: 38 exports, 5 VCFs, a FASTA; an empty file and a table of two files' genotypes are named",
        .enabled(if: SharedData.isAvailable("genomics/dtc"), Comment(rawValue: SharedData.skipNote)))
    func sharedFiles() throws {
        let names = Files.names(in: "genomics/dtc")
        #expect(names.count == 46)
        for name in names {
            let bytes = try Files.text("genomics/dtc/\(name)")
            if name.hasSuffix(".vcf") {
                let reading = VariantReading(bytes)
                #expect(reading.failure == nil && !reading.records.isEmpty, "\(name)")
                continue
            }
            if name.hasSuffix(".fa") {
                #expect(FASTATests.Reading(bytes).sequences.map(\.length) == [117], "\(name)")
                continue
            }
            let reading = Reading(bytes)
            if name == "empty.txt" {
                #expect(reading.failure?.code == "consumer-empty")
                continue
            }
            if name == "discrepant_snps.csv" {
                #expect(reading.failure?.code == "consumer-columns")
                continue
            }
            let expected = try #require(Self.files[name], "\(name)")
            #expect(reading.failure == nil, "\(name)")
            #expect(reading.head?.vendor == expected.vendor, "\(name)")
            #expect(reading.head?.build == expected.build, "\(name)")
            #expect(reading.genotypes.count == expected.genotypes, "\(name)")
            #expect(reading.genotypes.filter(\.isNoCall).count == expected.noCalls, "\(name)")
            #expect(reading.refused.count == expected.refused, "\(name): \(reading.refused)")
            if name.contains("23andme") || expected.vendor != .codigo46 && expected.genotypes == 8 {
                #expect(reading.genotypes.prefix(8).map(\.position) == (101...108).map { Int64($0) }, "\(name)")
            }
        }
    }

    @Test(
        "Alleles, no-calls and half calls",
        arguments: [
            ("AA", ["A", "A"]), ("ag", ["A", "G"]), ("--", [nil, nil]), ("00", [nil, nil]), ("A-", ["A", nil]),
            ("A", ["A"]),
            ("-", [nil]), ("II", ["I", "I"]), ("DD", ["D", "D"]), ("DI", ["D", "I"]), ("A/G", ["A", "G"]),
            ("ATT/A", ["ATT", "A"]), ("0 0", [nil, nil]), ("T C", ["T", "C"]),
        ] as [(String, [String?])])
    func alleles(_ text: String, _ expected: [String?]) {
        let reading = Reading("rsid\tchromosome\tposition\tgenotype\nrs1\t1\t5\t\(text)\n")
        #expect(reading.genotypes.map(\.alleles) == [expected])
    }

    @Test("What is no genotype is refused by line", arguments: ["AB", "ACG", "", "7", "A/", "<A>"])
    func noGenotype(_ text: String) {
        let reading = Reading("rsid\tchromosome\tposition\tgenotype\nrs1\t1\t5\t\(text)\nrs2\t1\t6\tAA\n")
        #expect(reading.refused.map(\.code) == ["consumer-genotype"])
        #expect(reading.refused.map(\.line) == [2])
        #expect(reading.genotypes.map(\.identifier) == ["rs2"])
    }

    @Test(
        "Chromosomes in the vendors' codings",
        arguments: [
            ("1", "1"), ("22", "22"), ("chr7", "7"), ("23", "X"), ("X", "X"), ("24", "Y"), ("25", "XY"), ("PAR", "XY"),
            ("XY", "XY"), ("26", "MT"), ("M", "MT"), ("chrM", "MT"), ("0", nil), ("--", nil),
        ] as [(String, String?)])
    func chromosomes(_ text: String, _ expected: String?) {
        let reading = Reading("rsid\tchromosome\tposition\tgenotype\nrs1\t\(text)\t5\tAA\n")
        #expect(reading.genotypes.map(\.chromosome) == [expected])
    }

    @Test("The build is what the head says, and unknown when it says none or two")
    func build() {
        func build(_ comment: String) -> GenomeBuild? {
            Reading("# \(comment)\nrsid\tchromosome\tposition\tgenotype\nrs1\t1\t5\tAA\n").head?.build
        }
        #expect(
            build("We are using reference human assembly build 37 (also known as Annotation Release 104)") == .grch37)
        #expect(build("human reference build 36") == .ncbi36)
        #expect(build("GRCh38 coordinates") == .grch38)
        #expect(build("lifted from hg19 to hg38") == nil)
        #expect(build("made with care") == nil)
    }
}
