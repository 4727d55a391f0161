import Testing

@testable import PharmacogenomicsCore

@Suite("A block of reference says reference only where it reaches")
struct ReferenceBlockTests {
    private static func text(_ records: [String], _ gene: String, _ key: String, limits: IntakeLimits = .init()) throws
        -> String
    {
        let sample = try #require(try IntakeFixture.batch(records, limits: limits).samples.first)
        return IntakeFixture.text(sample, try IntakeFixture.position(gene, key))
    }

    @Test("every placeholder of gVCF is understood", arguments: ["<*>", "<NON_REF>", "."])
    func placeholders(alternate: String) throws {
        let block = "10 94781800 . C \(alternate) . . END=94781900 GT:DP 0/0:30"
        #expect(try Self.text([block], "CYP2C19", "94781859") == "G/G")
        #expect(try Self.text([block], "CYP2C19", "94780653") == "./.")
    }

    @Test("a position at each end of a block belongs to it, and none beyond")
    func ends() throws {
        #expect(try Self.text(["10 94781859 . G <*> . . END=94781859 GT 0/0"], "CYP2C19", "94781859") == "G/G")
        #expect(try Self.text(["10 94781860 . C <*> . . END=94781900 GT 0/0"], "CYP2C19", "94781859") == "./.")
        #expect(try Self.text(["10 94781800 . C <*> . . END=94781858 GT 0/0"], "CYP2C19", "94781859") == "./.")
    }

    @Test("a deletion is ruled out only when all of its bases are in the block")
    func deletions() throws {
        #expect(
            try Self.text(["13 48037782 . A <*> . . END=48037788 GT 0/0"], "NUDT15", "48037782") == "AGGAGTC/AGGAGTC")
        #expect(try Self.text(["13 48037782 . A <*> . . END=48037787 GT 0/0"], "NUDT15", "48037782") == "./.")
    }

    @Test("a variant stands above the block round it, in either order")
    func variants() throws {
        let block = "10 94781800 . C <*> . . END=94781900 GT 0/0"
        let variant = "10 94781859 . G A,<*> . . . GT 0/1"
        #expect(try Self.text([block, variant], "CYP2C19", "94781859") == "G/A")
        #expect(try Self.text([variant, block], "CYP2C19", "94781859") == "G/A")
    }

    @Test("limits look at the least depth of a block")
    func limits() throws {
        let block = "10 94781800 . C <*> . . END=94781900 GT:DP:MIN_DP:GQ 0/0:30:9:50"
        #expect(try Self.text([block], "CYP2C19", "94781859", limits: IntakeLimits(minimumDepth: 9)) == "G/G")
        #expect(try Self.text([block], "CYP2C19", "94781859", limits: IntakeLimits(minimumDepth: 10)) == "./.")
        #expect(try Self.text([block], "CYP2C19", "94781859", limits: IntakeLimits(minimumQuality: 51)) == "./.")
    }

    @Test("a block without a call, or that failed, says nothing")
    func uncalled() throws {
        #expect(try Self.text(["10 94781800 . C <*> . . END=94781900 GT ./."], "CYP2C19", "94781859") == "./.")
        #expect(try Self.text(["10 94781800 . C <*> . LowQual END=94781900 GT 0/0"], "CYP2C19", "94781859") == "./.")
    }

    @Test("END beside a real alternate makes no block")
    func realAlternate() throws {
        let record = "10 94781850 . C T . . END=94781900 GT 0/1"
        #expect(try Self.text([record], "CYP2C19", "94781859") == "./.")
    }
}
