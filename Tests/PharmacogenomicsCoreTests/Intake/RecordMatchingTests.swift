import Testing

@testable import PharmacogenomicsCore

@Suite("A variant is known by what it changes, however a record writes it")
struct RecordMatchingTests {
    struct Writing: Sendable, CustomTestStringConvertible {
        let name: String
        let gene: String
        let position: String
        let records: [String]
        let expected: String
        var testDescription: String { name }
    }

    /// Facts of the definitions: NUDT15 48037782 AGGAGTC>A,AGGAGTCGGAGTC; UGT1A1 233760233 CAT>C,CATAT,CATATAT; CYP2C9 94942205
    /// CAATGGAAAGA>C; DPYD 97740410 GATGA>G; NUDT15 48037825 C>CGCGG; RYR1 38499644 TGGA>T, 38572266 TC>CT; CYP2C19 94781859 G>A.
    static let writings = [
        Writing(
            name: "plain", gene: "CYP2C19", position: "94781859", records: ["chr10 94781859 . G A . PASS . GT 0/1"],
            expected: "A/G"),
        Writing(
            name: "without chr", gene: "CYP2C19", position: "94781859", records: ["10 94781859 . G A . PASS . GT 1|1"],
            expected: "A/A"),
        Writing(
            name: "by accession", gene: "CYP2C19", position: "94781859",
            records: ["NC_000010.11 94781859 . G A . PASS . GT 0/1"], expected: "A/G"),
        Writing(
            name: "small letters", gene: "CYP2C19", position: "94781859", records: ["10 94781859 . g a . . . GT 0/1"],
            expected: "A/G"),
        Writing(
            name: "no alternate", gene: "CYP2C19", position: "94781859", records: ["10 94781859 . G . . . . GT 0/0"],
            expected: "G/G"),
        Writing(
            name: "padded on the right", gene: "CYP2C19", position: "94781859",
            records: ["10 94781859 . GA AA,G . . . GT 1/2"],
            expected: "A/G"),
        Writing(
            name: "padded on the left", gene: "CYP2C19", position: "94781859",
            records: ["10 94781858 . CG CA . . . GT 0/1"],
            expected: "A/G"),
        Writing(
            name: "spanned by a star", gene: "CYP2C19", position: "94781859",
            records: ["10 94781859 . G A,* . . . GT 1/2"],
            expected: "?*/A"),
        Writing(
            name: "deleted by a longer record", gene: "CYP2C19", position: "94781859",
            records: ["10 94781857 . CCG C . . . GT 0/1"], expected: "?*/G"),
        Writing(
            name: "split over two records", gene: "CYP2C19", position: "94781859",
            records: ["10 94781859 . G A . . . GT 1/0", "10 94781859 . G T . . . GT 0/1"], expected: "?T/A"),
        Writing(
            name: "a symbol", gene: "CYP2C19", position: "94781859", records: ["10 94781859 . G <DEL> . . . GT 0/1"],
            expected: "./G"),
        Writing(
            name: "repeat in its own form", gene: "NUDT15", position: "48037782",
            records: ["13 48037782 . AGGAGTC AGGAGTCGGAGTC,A . . . GT 1/2"], expected: "A/AGGAGTCGGAGTC"),
        Writing(
            name: "repeat by its insertion alone", gene: "NUDT15", position: "48037782",
            records: ["13 48037782 . A AGGAGTC . . . GT 0/1"], expected: "AGGAGTC/AGGAGTCGGAGTC"),
        Writing(
            name: "repeat shifted to the right", gene: "NUDT15", position: "48037782",
            records: ["13 48037788 . C CGGAGTC . . . GT 0/1"], expected: "AGGAGTC/AGGAGTCGGAGTC"),
        Writing(
            name: "TA repeat split by bcftools norm", gene: "UGT1A1", position: "233760233",
            records: [
                "2 233760233 . C CAT . . . GT 1/0", "2 233760233 . CAT C . . . GT 0/0",
                "2 233760233 . C CATAT . . . GT 0/1",
            ], expected: "CATAT/CATATAT"),
        Writing(
            name: "TA repeat shifted", gene: "UGT1A1", position: "233760233",
            records: ["2 233760235 . T TAT . . . GT 1/1"],
            expected: "CATAT/CATATAT".replacing("CATATAT", with: "CATAT")),
        Writing(
            name: "deletion not aligned to the left", gene: "CYP2C9", position: "94942205",
            records: ["10 94942212 . AAGAAATGGAA A . . . GT 0/1"], expected: "C/CAATGGAAAGA"),
        Writing(
            name: "deletion of a repeat, shifted", gene: "DPYD", position: "97740410",
            records: ["1 97740414 . AATGA A . . . GT 1/0"], expected: "G/GATGA"),
        Writing(
            name: "insertion one base further", gene: "NUDT15", position: "48037825",
            records: ["13 48037826 . G GCGGG . . . GT 1/0"], expected: "C/CGCGG"),
        Writing(
            name: "deletion one base further", gene: "RYR1", position: "38499644",
            records: ["19 38499645 . GGAG G . . . GT 1/0"],
            expected: "T/TGGA"),
        Writing(
            name: "two bases at once", gene: "RYR1", position: "38572266",
            records: ["19 38572266 . TC CT . . . GT 0/1"],
            expected: "CT/TC"),
        Writing(
            name: "one base of a repeat's reference proves nothing", gene: "NUDT15", position: "48037782",
            records: ["13 48037782 . A . . . . GT 0/0"], expected: "./."),
        Writing(
            name: "an unlisted length", gene: "UGT1A1", position: "233760233",
            records: ["2 233760233 . CAT CATATATATAT . . . GT 0/1"], expected: "?CATATATATAT/CAT"),
    ]

    @Test("the genotype is found", arguments: writings)
    func find(writing: Writing) throws {
        let sample = try #require(try IntakeFixture.batch(writing.records).samples.first)
        let position = try IntakeFixture.position(writing.gene, writing.position)
        #expect(IntakeFixture.sortedText(sample, position) == writing.expected)
    }

    @Test("an unlisted base is novel here, and no other site is touched")
    func novel() throws {
        let sample = try #require(
            try IntakeFixture.batch([
                "10 94781859 . G T . . . GT 0/1", "10 94842866 . A G . . . GT 0/1",
            ]).samples.first)
        let here = try IntakeFixture.position("CYP2C19", "94781859")
        #expect(sample.genotypes.novel == [NovelAllele(site: here.siteIndex, bases: "T")])
        #expect(IntakeFixture.text(sample, here) == "?T/G")
        #expect(IntakeFixture.text(sample, try IntakeFixture.position("CYP2C19", "94842866")) == "A/G")
        #expect(sample.genotypes.sites.count { !$0.isMissing } == 2)
    }

    @Test("a deletion that is an allele of its own leaves the sites inside it unknown, not novel")
    func definedDeletion() throws {
        let sample = try #require(
            try IntakeFixture.batch(["X 154533012 . CGTGGGGTCGTCCAGGTACCCTTTG C . . . GT 0/1"]).samples.first)
        #expect(sample.genotypes.novel.isEmpty)
        let inside = IntakeFixture.map.catalog.positions.filter {
            $0.gene == "G6PD" && $0.grch38 > 154_533_012 && $0.grch38 <= 154_533_036
        }
        #expect(!inside.isEmpty)
        for position in inside {
            #expect(IntakeFixture.sortedText(sample, position) == "./\(position.reference)", "\(position.grch38)")
        }
    }
}
