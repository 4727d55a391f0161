import Testing

@testable import PharmacogenomicsCore

/// Known answers: the examples of PharmCAT's methods page on combinations.
@Suite("Combinations are sought on demand, where no pair fits")
struct CombinationTests {
    @Test("two alleles on one strand")
    func combination() throws {
        var scene = try CallingScene("CYP2C9")
        try scene.set("rs1799853", "T/T")
        try scene.set("rs1057910", "A/C")
        #expect(scene.call().status == .noMatch)
        scene.options.combinations = true
        let call = scene.call()
        #expect(call.candidates.map(\.name) == ["*2/[*2 + *3]"])
        #expect(call.remarks.contains(CallRemark.combination))
    }

    @Test("an allele with one more variant, and that variant alone on the other strand")
    func partial() throws {
        var scene = try CallingScene("CYP2C9")
        scene.options.combinations = true
        try scene.set("rs1799853", "C/T")
        try scene.set("rs72558193", "A/C")
        let call = scene.call()
        #expect(Set(call.candidates.map(\.name)) == ["*1/[*2 + g.94986073A>C]", "*2/g.94986073A>C"])
        #expect(call.candidates.first?.name == "*1/[*2 + g.94986073A>C]")
    }

    @Test("a viable pair leaves no place for combinations")
    func viablePair() throws {
        var scene = try CallingScene("CYP2C9")
        scene.options.combinations = true
        try scene.set("rs1799853", "C/T")
        try scene.set("rs1057910", "A/C")
        #expect(scene.names() == ["*2/*3"])
    }

    @Test("an undocumented base is named as a variant")
    func novel() throws {
        var scene = try CallingScene("TPMT")
        scene.options.combinations = true
        try scene.set("rs1800462", "C/T")
        #expect(scene.names() == ["*1/g.18143724C>T"])
    }

    @Test("insertions and deletions are named as HGVS does")
    func variantNames() {
        func name(_ reference: String, _ alternate: String) -> String {
            VariantName.name(
                DefinitionPosition(
                    index: 0, siteIndex: 0, gene: "X", chromosome: "1", grch38: 100, grch37: nil, identifier: "",
                    alleles: [reference]), bases: alternate)
        }
        #expect(name("A", "G") == "g.100A>G")
        #expect(name("TG", "T") == "g.101del")
        #expect(name("TGA", "T") == "g.101_102del")
        #expect(name("C", "CGG") == "g.100_101insGG")
        #expect(name("CAT", "CGG") == "g.101_102delinsGG")
    }
}
