import Testing

@testable import PharmacogenomicsCore

@Suite("What cannot be trusted is unknown, never the reference")
struct GenotypeTrustTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let records: [String]
        let expected: String
        var remark: IntakeRemark.Code?
        var limits = IntakeLimits()
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "no call", records: ["10 94781859 . G A . . . GT ./."], expected: "./."),
        Case(name: "one dot", records: ["10 94781859 . G A . . . GT ."], expected: "./."),
        Case(name: "half call", records: ["10 94781859 . G A . . . GT ./1"], expected: "./A"),
        Case(name: "half call of the reference", records: ["10 94781859 . G A . . . GT 0|."], expected: "G|."),
        Case(
            name: "failed filter", records: ["10 94781859 . G A . LowQual . GT 0/1"], expected: "./.", remark: .filtered
        ),
        Case(
            name: "failed filter kept on demand", records: ["10 94781859 . G A . LowQual . GT 0/1"], expected: "G/A",
            limits: IntakeLimits(keepsFiltered: true)),
        Case(
            name: "failed filter among others", records: ["10 94781859 . G A . PCATxALT;q10 . GT 0/1"], expected: "./.",
            remark: .filtered),
        Case(name: "a filter that is no verdict", records: ["10 94781859 . G A . PCATxALT . GT 0/1"], expected: "G/A"),
        Case(
            name: "failed genotype filter", records: ["10 94781859 . G A . PASS . GT:FT 0/1:LowGQ"], expected: "./.",
            remark: .filtered),
        Case(
            name: "genotype quality below the limit", records: ["10 94781859 . G A . . . GT:GQ 0/1:19"],
            expected: "./.",
            remark: .lowQuality, limits: IntakeLimits(minimumQuality: 20)),
        Case(
            name: "genotype quality at the limit", records: ["10 94781859 . G A . . . GT:GQ 0/1:20"], expected: "G/A",
            limits: IntakeLimits(minimumQuality: 20)),
        Case(
            name: "too few reads", records: ["10 94781859 . G A . . . GT:DP 0/0:7"], expected: "./.", remark: .lowDepth,
            limits: IntakeLimits(minimumDepth: 8)),
        Case(
            name: "reads that show one allele", records: ["10 94781859 . G A . . . GT:AD 0/1:0,40"], expected: "./.",
            remark: .depthContradicts),
        Case(name: "reads that show both", records: ["10 94781859 . G A . . . GT:AD 0/1:20,20"], expected: "G/A"),
        Case(
            name: "haploid autosome", records: ["10 94781859 . G A . . . GT 1"], expected: "./.", remark: .wrongPloidy),
        Case(
            name: "three copies", records: ["10 94781859 . G A . . . GT 0/1/1"], expected: "./.", remark: .wrongPloidy),
        Case(
            name: "two records that contradict each other",
            records: ["10 94781859 . G A . . . GT 0/1", "10 94781859 . G A . . . GT 0/0"], expected: "./.",
            remark: .conflictingRecords),
        Case(
            name: "the same record twice",
            records: ["10 94781859 . G A . . . GT 0/1", "10 94781859 . G A . . . GT 0/1"],
            expected: "G/A"),
        Case(
            name: "a good record beside a filtered one",
            records: ["10 94781859 . G A . q10 . GT 1/1", "10 94781859 . G A . . . GT 0/1"], expected: "G/A",
            remark: .filtered),
        Case(
            name: "one reference base that is another", records: ["10 94781859 . C . . . . GT 0/0"], expected: "./.",
            remark: .referenceMismatch),
        Case(
            name: "a symbol", records: ["10 94781859 . G <DEL> . . . GT 1/1"], expected: "./.", remark: .symbolicAllele),
        Case(
            name: "an allele that does not exist", records: ["10 94781859 . G A . . . GT 0/2"], expected: "./.",
            remark: .malformedRecord),
    ]

    @Test("a genotype is what it may be taken for", arguments: cases)
    func judge(item: Case) throws {
        let batch = try IntakeFixture.batch(item.records, limits: item.limits)
        let sample = try #require(batch.samples.first)
        let position = try IntakeFixture.position("CYP2C19", "94781859")
        #expect(IntakeFixture.text(sample, position) == item.expected)
        #expect(sample.remarks.map(\.code) == (item.remark.map { [$0] } ?? []))
    }

    @Test("a man has one X, whichever way his genotype is written", arguments: ["1", "1/1", "1|1"])
    func male(genotype: String) throws {
        let position = try IntakeFixture.position("G6PD", "rs1050828")
        let record = "X \(position.grch38) . \(position.alleles[0]) \(position.alleles[1]) . . . GT \(genotype)"
        let sample = try #require(try IntakeFixture.batch([record], sex: .male).samples.first)
        let call = sample.genotypes.sites[position.siteIndex]
        #expect(call.first == 1 && call.second == SiteCall.absent)
    }

    @Test("two alleles on a man's X, or one on a woman's, are not believed")
    func sexes() throws {
        let position = try IntakeFixture.position("G6PD", "rs1050828")
        let place = "X \(position.grch38) . \(position.alleles[0]) \(position.alleles[1]) . . . GT "
        let man = try #require(try IntakeFixture.batch([place + "0/1"], sex: .male).samples.first)
        #expect(man.remarks == [IntakeRemark(code: .heterozygousHemizygous, site: position.siteIndex)])
        #expect(man.genotypes.sites[position.siteIndex].isMissing)
        let woman = try #require(try IntakeFixture.batch([place + "1"], sex: .female).samples.first)
        #expect(woman.remarks == [IntakeRemark(code: .wrongPloidy, site: position.siteIndex)])
        let unknown = try #require(try IntakeFixture.batch([place + "1"]).samples.first)
        #expect(unknown.genotypes.sites[position.siteIndex].second == SiteCall.absent)
    }

    @Test("phase sets are kept apart")
    func phaseSets() throws {
        let sample = try #require(
            try IntakeFixture.batch([
                "10 94781859 . G A . . . GT:PS 0|1:94781859", "10 94842866 . A G . . . GT:PS 1|0:block7",
                "10 94780653 . G A . . . GT 0|1",
            ]).samples.first)
        let sets = try ["94781859", "94842866", "94780653"].map {
            sample.genotypes.sites[try IntakeFixture.position("CYP2C19", $0).siteIndex].phaseSet
        }
        #expect(sets[0] == 94_781_859)
        #expect(sets[1] != 0 && sets[1] != sets[0])
        #expect(sets[2] == 0)
    }

    @Test("a line that breaks the format is named, and spoils no other")
    func malformed() throws {
        let batch = try IntakeFixture.batch([
            "10 94781859 . G A . . . GT 0/1 0/1", "10 x . G A . . . GT 0/1", "10 94842866 . A G . . . GT 0/1",
        ])
        #expect(batch.refusedLines.map(\.line) == [5, 6])
        #expect(batch.refusedLines.map(\.code) == ["vcf-columns", "vcf-position"])
        let sample = try #require(batch.samples.first)
        #expect(IntakeFixture.text(sample, try IntakeFixture.position("CYP2C19", "94842866")) == "A/G")
        #expect(IntakeFixture.text(sample, try IntakeFixture.position("CYP2C19", "94781859")) == "./.")
    }
}
