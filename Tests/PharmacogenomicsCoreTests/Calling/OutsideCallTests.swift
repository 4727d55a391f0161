import Testing

@testable import PharmacogenomicsCore

@Suite("A laboratory's report is read as written and stands above the variants")
struct OutsideCallTests {
    struct Report: Sendable, CustomTestStringConvertible {
        let gene: String
        let text: String
        let names: [String]
        var copies: [Int] = []
        var testDescription: String { "\(gene) \(text)" }
    }

    @Test(
        "the ways to write a diplotype",
        arguments: [
            Report(gene: "CYP2D6", text: "*1/*4", names: ["*1", "*4"]),
            Report(gene: "CYP2D6", text: "CYP2D6*4/CYP2D6 *1", names: ["*1", "*4"]),
            Report(gene: "CYP2D6", text: "*1x2/*4", names: ["*1x2", "*4"]),
            Report(gene: "CYP2D6", text: "*4x>=3/*1", names: ["*1", "*4x≥3"]),
            Report(gene: "CYP2D6", text: "*1≥3/*1x5", names: ["*1x≥3", "*1x≥3"]),
            Report(gene: "CYP2D6", text: "*9x3/*1", names: ["*1", "*9x3"], copies: [1, 3]),
            Report(gene: "CYP2D6", text: "*2xN/*1", names: ["*1", "*2xN"]),
            Report(gene: "CYP2D6", text: "*36+*10/*1", names: ["*1", "*36 + *10"]),
            Report(gene: "CYP2D6", text: "*1/[*2 + *5]", names: ["*1", "[*2 + *5]"]),
            Report(gene: "CYP2D6", text: "*4.001/*10.002", names: ["*4", "*10"]),
            Report(gene: "HLA-B", text: "*57:01:01:01/*15:02", names: ["*15:02", "*57:01"]),
            Report(gene: "HLA-B", text: "B*07:02", names: ["*07:02"]),
            Report(gene: "HLA-A", text: "A*24:09N/*31:01:02", names: ["*24:09N", "*31:01"]),
            Report(gene: "MT-RNR1", text: "1555A>G", names: ["m.1555A>G"]),
            Report(gene: "UGT1A1", text: "*80+*28/*1", names: ["*1", "*80+*28"]),
            Report(gene: "CYP2C19", text: "./.", names: []),
        ])
    func writing(report: Report) throws {
        let gene = try #require(try RepositoryKnowledge.catalog.get()[GeneSymbol(rawValue: report.gene)])
        let diplotype = try OutsideDiplotype(report.text, gene: gene)
        #expect(diplotype.haplotypes.map(\.name) == report.names)
        if !report.copies.isEmpty { #expect(diplotype.haplotypes.map(\.copies) == report.copies) }
    }

    @Test(
        "what cannot be read is refused with gene and allele",
        arguments: [
            ("CYP2D6", "*1/*999"), ("CYP2C19", "*1/*2/*3"), ("HLA-B", "57"), ("CYP2D6", "*1x/*2"), ("CYP2D6", "*1/"),
            ("CYP2D6", "*36+*999/*1"),
        ])
    func refused(symbol: String, text: String) throws {
        let catalog = try RepositoryKnowledge.catalog.get()
        let report = OutsideCall(gene: GeneSymbol(rawValue: symbol), diplotype: text)
        let caller = CallingScene.caller(catalog)
        let error = #expect(throws: CallingError.self) { try caller.check(report) }
        #expect(error?.gene.rawValue == symbol)
        let sample = SampleGenotypes(sampleID: "s", siteCount: catalog.siteCount)
        let call = caller.call(sample, outside: [report]).first { $0.gene.rawValue == symbol }
        #expect(call?.candidates.isEmpty == true)
        #expect(call?.remarks.contains(CallRemark.outsideUnknownAllele) == true)
    }

    @Test("brackets are not read into one another, however deep they stand")
    func nestedBrackets() throws {
        let gene = try #require(try RepositoryKnowledge.catalog.get()["CYP2D6"])
        for depth in [2, 100_000] {
            let text = String(repeating: "[", count: depth) + "*1" + String(repeating: "]", count: depth)
            let error = #expect(throws: CallingError.self) { try OutsideDiplotype(text, gene: gene) }
            #expect(error?.code == .unknownAllele)
        }
        #expect(try OutsideDiplotype("[*1]", gene: gene).haplotypes.count == 1)
    }

    @Test("variants beneath a report are shown beside it")
    func collision() throws {
        var scene = try CallingScene("CYP2C19")
        try scene.set("rs3758581", "G/G")
        let call = scene.call(outside: OutsideCall(gene: "CYP2C19", diplotype: "*2/*2"))
        #expect(call.status == .outside)
        #expect(call.candidates.map(\.name) == ["*2/*2"])
        #expect(call.replaced.map(\.name) == ["*1/*1"])
        #expect(call.remarks.contains(CallRemark.outsideReplacesVariants))
    }

    @Test("a report without a result makes the gene not callable; one of a phenotype alone is kept")
    func withoutDiplotype() throws {
        let scene = try CallingScene("CYP2C19")
        let none = scene.call(outside: OutsideCall(gene: "CYP2C19", diplotype: "./.", isNoCall: true))
        #expect(none.status == .notCallable && none.remarks.contains(CallRemark.outsideNoCall))
        let phenotype = scene.call(outside: OutsideCall(gene: "CYP2C19", phenotype: "Poor Metabolizer"))
        #expect(phenotype.status == .outside && phenotype.candidates.isEmpty)
        #expect(phenotype.outside?.phenotype == "Poor Metabolizer")
    }

    @Test("several reports on one gene are alternatives")
    func alternatives() throws {
        let catalog = try RepositoryKnowledge.catalog.get()
        let sample = SampleGenotypes(sampleID: "s", siteCount: catalog.siteCount)
        let reports = ["*1/*4", "*1/*1"].map { OutsideCall(gene: "CYP2D6", diplotype: $0) }
        let call = CallingScene.caller(catalog).call(sample, outside: reports).first { $0.gene == "CYP2D6" }
        #expect(call?.candidates.map(\.name) == ["*1/*4", "*1/*1"])
        #expect(call?.candidates.map(\.weight) == [0.5, 0.5])
    }
}
