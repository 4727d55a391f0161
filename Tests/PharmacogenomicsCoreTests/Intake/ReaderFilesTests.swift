import Foundation
import GenomicFormats
import Testing

@testable import PharmacogenomicsCore

/// The files of PharmCAT's own reader tests (MPL-2.0, lie beside the repository) with what this intake makes of them, and why.
@Suite("The files that other readers are tested with are read as they must be", .enabled(if: SharedPGx.isPresent))
struct ReaderFilesTests {
    private static func batch(_ name: String, assembly: AssemblyChoice = .auto) throws -> IntakeBatch {
        try GenotypeIntake(map: IntakeFixture.map, assembly: assembly).read(
            vcf: try SharedPGx.bytes("vcf_reader/\(name)"))
    }

    private static func text(_ batch: IntakeBatch, _ gene: String, _ key: String, sample: Int = 0) throws -> String {
        IntakeFixture.text(batch.samples[sample], try IntakeFixture.position(gene, key))
    }

    /// The preprocessor's input and output describe the same two samples: alignment, splitting and merging must give the same.
    @Test("raw records mean what their normalised form means")
    func preprocessed() throws {
        let raw = try Self.batch("preprocessor-raw.vcf")
        for name in [
            "preprocessor-raw_chr.vcf", "preprocessor-raw.preprocessed.vcf", "preprocessor-raw.vcf.bgz",
            "preprocessor-test.normalized.vcf.bgz", "preprocessor-test.pgx_regions.vcf.bgz",
        ] {
            let other = try Self.batch(name)
            #expect(other.samples.count == 2)
            for (one, two) in zip(raw.samples, other.samples) {
                for position in IntakeFixture.map.catalog.positions {
                    // The raw deletion is written further to the right and shows this base; the normalised one ends before it.
                    if position.grch38 == 94_942_216, position.gene == "CYP2C9" { continue }
                    #expect(
                        IntakeFixture.sortedText(one, position) == IntakeFixture.sortedText(two, position),
                        "\(name) \(position.gene) \(position.grch38)")
                }
            }
        }
        #expect(try Self.text(raw, "UGT1A1", "233760233", sample: 0) == "CATAT/CATATAT")
        #expect(try Self.text(raw, "CYP2B6", "40991381", sample: 0) == "A/T")
    }

    @Test("a chromosome by another name is refused")
    func badChromosome() throws {
        let error = #expect(throws: IntakeError.self) { try Self.batch("preprocessor-raw_bad_chr.vcf") }
        #expect(error?.code == .unknownChromosomes)
    }

    @Test("reads that contradict the genotype are looked at where AD is a list by allele, or not declared")
    func alleleDepth() throws {
        let positions = ["94942254", "94942255"]
        for (name, isJudged) in [("AD", true), ("AD-missing", true), ("AD-unknown", false), ("AD-invalid", false)] {
            let batch = try Self.batch("VcfReaderTest-\(name).vcf")
            for key in positions {
                let site = try IntakeFixture.position("CYP2C9", key).siteIndex
                #expect(batch.samples[0].genotypes.sites[site].isMissing == isJudged, "\(name) \(key)")
                #expect(
                    batch.samples[0].remarks.contains(IntakeRemark(code: .depthContradicts, site: site)) == isJudged)
            }
            // Fewer depths than alleles, both copies alike: the genotype stands.
            #expect(try Self.text(batch, "CYP2C9", "94942249") == "G/G" || !isJudged)
        }
    }

    /// `GA>G` behind the site leaves its base; `PCATx` filters are annotations; a REF of G where the assembly has A is one mismatch: unknown.
    @Test("filters and foreign alternates")
    func filters() throws {
        let batch = try Self.batch("VcfReaderTest-filters.vcf")
        #expect(try Self.text(batch, "CYP2C9", "94938683") == "./.")
        #expect(try Self.text(batch, "CYP2C9", "94938828") == "?T/A")
        #expect(try Self.text(batch, "CYP2C9", "94941982") == "G/G")
        #expect(try Self.text(batch, "CYP2C9", "94941897") == "G/G")
        #expect(try Self.text(batch, "CYP2C9", "94949281") == "GA/G")
    }

    @Test("phase sets, and copies in the order of the file")
    func phases() throws {
        let batch = try Self.batch("VcfReaderTest-phaseSet.vcf")
        let site = try IntakeFixture.position("CYP2B6", "rs34223104").siteIndex
        #expect(batch.samples[0].genotypes.sites[site].phaseSet == 40_991_224)
        #expect(batch.samples[1].genotypes.sites[site].phaseSet == 0)
        let order = try Self.batch("VcfReaderTest-alleleOrder.vcf")
        #expect(try Self.text(order, "DPYD", "rs140114515") == ".|T")
        #expect(try Self.text(order, "DPYD", "rs1801268") == "A|.")
        // One known copy of the reference is kept as what it is; the other stays unknown.
        #expect(try Self.text(order, "DPYD", "rs139459586") == "A|.")
        #expect(try Self.text(order, "DPYD", "rs202144771") == ".|G")
    }

    /// The record calls allele 2 and lists one alternate.
    @Test("a genotype of an allele that the record does not have is unknown, and its line named")
    func badAllele() throws {
        let batch = try Self.batch("VcfReaderTest-badAllele.vcf")
        #expect(batch.refusedLines.map(\.code) == ["vcf-genotype-invalid"])
        #expect(try Self.text(batch, "UGT1A1", "233760233") == "./.")
    }

    @Test("records out of order are read all the same")
    func unsorted() throws {
        let batch = try Self.batch("NamedAlleleMatcher-sortError.vcf")
        #expect(batch.refusedLineCount == 0)
        #expect(batch.usedRecords > 500)
        let multi = try Self.batch("NamedAlleleMatcher-unknownAltMultisample.vcf")
        #expect(try Self.text(multi, "RYR1", "rs193922753", sample: 0) == "G/A")
        #expect(try Self.text(multi, "RYR1", "rs193922753", sample: 1) == "G/G")
    }

    @Test(
        "symbols and blocks at places that are no sites say nothing",
        arguments: [
            "VcfReaderTest-structuralAlt.vcf", "preprocessor-test_gvcf_block.vcf",
            "preprocessor-test_gvcf_block_in_header.vcf",
            "preprocessor-test_not_gvcf_block.vcf",
        ])
    func elsewhere(name: String) throws {
        let batch = try Self.batch(name)
        #expect(batch.usedRecords == 0)
        #expect(!batch.samples[0].genotypes.sites.contains { !$0.isMissing })
    }

    private static func unpacked(_ name: String) throws -> [UInt8] {
        let stream = GenomicStream()
        var text: [UInt8] = []
        try SharedPGx.bytes("vcf_reader/\(name)").withUnsafeBytes {
            try stream.push($0) { text.append(contentsOf: $0) }
        }
        try stream.finish { text.append(contentsOf: $0) }
        return text
    }

    @Test("a gVCF of a real caller is read block by block")
    func gvcf() throws {
        let batch = try Self.batch("preprocessor-test.g.vcf.bgz")
        // All of it lies on chromosome 1 before the first site of any gene.
        #expect(batch.usedRecords == 0 && batch.refusedLineCount == 0)
        let block = "1 97078900 . A <*> 0 . END=97079200 GT:GQ:MIN_DP:PL 0/0:48:63:0,201,2009"
        let lines =
            String(decoding: try Self.unpacked("preprocessor-test.g.vcf.bgz"), as: UTF8.self)
            + block.split(separator: " ").joined(separator: "\t") + "\n"
        let more = try GenotypeIntake(map: IntakeFixture.map).read(vcf: Array(lines.utf8))
        #expect(more.samples[0].genotypes.sites.count { $0.first == 0 && $0.second == 0 } > 5)
    }

    @Test("a hundred samples are read once")
    func hundred() throws {
        let batch = try Self.batch("100samples.vcf.bgz")
        #expect(batch.samples.count == 100)
        #expect(batch.refusedLineCount == 0)
        for sample in batch.samples { #expect(sample.genotypes.sites.count { !$0.isMissing } > 700) }
    }
}
