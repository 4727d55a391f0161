import Foundation
import Testing

@testable import PharmacogenomicsCore

@Suite("The release's gene tables say what their sources say")
struct GeneCatalogTests {
    let catalog: GeneCatalog

    init() throws {
        catalog = try ReleaseTables.catalog()
    }

    @Test("23 genes, 1,205 positions and 1,392 alleles, numbered without gaps")
    func counts() {
        #expect(catalog.genes.count == 23)
        #expect(catalog.genes.map(\.symbol) == catalog.genes.map(\.symbol).sorted())
        #expect(catalog.genes.map(\.index) == Array(0..<23))
        #expect(catalog.siteCount == 1205)
        #expect(catalog.positions.map(\.siteIndex) == Array(0..<1205))
        #expect(catalog.genes.map(\.alleles.count).reduce(0, +) == 1392)
        for gene in catalog.genes {
            #expect(gene.alleles.map(\.index) == Array(gene.alleles.indices))
            #expect(gene.positions.map(\.index) == Array(gene.positions.indices))
        }
    }

    @Test("CYP2C19*2 is c.681G>A (rs4244285) and the splice variant beside it, without function (PharmVar, CPIC)")
    func star2() throws {
        let gene = try #require(catalog["CYP2C19"])
        let allele = try #require(gene.allele(named: "*2"))
        let names = allele.constraints.map { gene.positions[$0.position].identifier }
        #expect(names.contains("rs4244285"))
        #expect(names.contains("rs12769205"))
        #expect(allele.function == "No function")
        #expect(allele.kind == .allele)
        let position = try #require(gene.positions.first { $0.identifier == "rs4244285" })
        #expect(position.grch38 == 94_781_859)
        #expect(position.grch37 == 96_541_616)
        #expect(position.alleles == ["G", "A"])
        #expect(position.altersFunction)
        let constraint = try #require(allele.constraints.first { $0.position == position.index })
        #expect(constraint.accepted == 0b10)
    }

    @Test("an ambiguity code accepts either base: CYP2C19*4 has Y at rs12248560 (PharmCAT 3.1.1)")
    func eitherBase() throws {
        let gene = try #require(catalog["CYP2C19"])
        let allele = try #require(gene.allele(named: "*4"))
        let constraint = try #require(
            allele.constraints.first { gene.positions[$0.position].identifier == "rs12248560" })
        #expect(constraint.accepted == 0b11)
    }

    @Test("a reference allele constrains every defining position; CYP2D6*1 accepts either base at two (PharmCAT 3.1.1)")
    func referenceAlleles() throws {
        for gene in catalog.genes where gene.referenceAllele != nil && !gene.positions.isEmpty {
            let reference = gene.alleles[try #require(gene.referenceAllele)]
            #expect(reference.index == 0)
            #expect(
                reference.constraints.map(\.position)
                    == gene.positions.filter { $0.role == .defining }.map(\.index))
            let open = reference.constraints.filter { $0.accepted != 1 }
            #expect(open.count == (gene.symbol == "CYP2D6" ? 2 : 0))
            #expect(open.allSatisfy { $0.accepted == 0b11 })
        }
        #expect(catalog["CYP2C19"]?.alleles.first?.name == "*38")
        #expect(catalog["HLA-B"]?.referenceAllele == nil)
    }

    @Test("where the builds' reference bases differ, both are known: rs3758581 is A on GRCh38 and G on GRCh37 (dbSNP)")
    func referenceBases() throws {
        let differing = catalog.positions.filter { $0.grch37Reference != nil }
        #expect(
            Set(differing.map(\.identifier))
                == ["rs3758581", "rs1135840", "rs16947", "rs776746", "rs1801265", "rs2230037"])
        let position = try #require(differing.first { $0.identifier == "rs3758581" })
        #expect(position.reference == "A")
        #expect(position.grch37Reference == "G")
        #expect(position.grch37 == 96_602_623)
        #expect(catalog.positions.allSatisfy { $0.grch37 != nil })
        #expect(catalog.positions.allSatisfy { $0.grch37Reference.map($0.alleles.contains) ?? true })
    }

    @Test("exemptions stand at their positions: extra, required and ignored ones (PharmCAT 3.1.1)")
    func exemptions() {
        let extra = catalog.positions.filter { $0.role == .extra }
        #expect(extra.map(\.identifier) == ["rs12777823"])
        #expect(extra.map(\.gene) == ["CYP2C9"])
        #expect(extra.map(\.grch37) == [96_405_502])
        let ignored = catalog.positions.filter { $0.role == .ignored }
        #expect(ignored.map(\.gene) == ["G6PD", "G6PD", "RYR1"])
        let required = catalog.positions.filter(\.isRequired)
        #expect(required.map(\.gene) == Array(repeating: "NAT2", count: 5))
        #expect(required.map(\.identifier).contains("rs1801280"))
    }

    @Test("NAT2 has 29 priorities for unphased data, *1/*6 before *4/*34 the first (PharmCAT 3.1.1)")
    func priorities() throws {
        let gene = try #require(catalog["NAT2"])
        #expect(gene.unphasedPriorities.count == 29)
        let first = try #require(gene.unphasedPriorities.first)
        func pair(_ one: String, _ other: String) throws -> AllelePair {
            AllelePair(
                try #require(gene.allele(named: one)).index, try #require(gene.allele(named: other)).index)
        }
        #expect(first.pick == (try pair("*1", "*6")))
        #expect(first.alternatives == [try pair("*6", "*1"), try pair("*34", "*4")])
        #expect(catalog.genes.filter { !$0.unphasedPriorities.isEmpty }.map(\.symbol) == ["NAT2"])
    }

    @Test("genes are called as published: DPYD and RYR1 by lowest function, four from reports, G6PD hemizygous in men")
    func calling() {
        #expect(catalog.genes.filter { $0.calling == .lowestFunction }.map(\.symbol) == ["DPYD", "RYR1"])
        #expect(
            catalog.genes.filter { $0.calling == .outside }.map(\.symbol) == ["CYP2D6", "HLA-A", "HLA-B", "MT-RNR1"])
        #expect(catalog.genes.filter(\.isHemizygousInMales).map(\.symbol) == ["G6PD"])
        #expect(catalog.genes.filter(\.isMonoallelic).map(\.symbol) == ["MT-RNR1"])
        #expect(
            catalog.genes.filter(\.treatsUndocumentedAsReference).map(\.symbol)
                == ["CACNA1S", "DPYD", "G6PD", "NUDT15", "RYR1", "TPMT"])
    }

    @Test("copies count: CYP2D6*2x2 has 2, *36 + *10 has the 0.25 of *10, *41 0.25 since 2022 (CPIC)")
    func structuralAlleles() throws {
        let gene = try #require(catalog["CYP2D6"])
        let expected: [(String, Double?, NamedAllele.Kind)] = [
            ("*2x2", 2, .structural), ("*1x≥3", 3, .structural), ("*36 + *10", 0.25, .structural),
            ("*68 + *4", 0, .structural), ("*5", 0, .structural), ("*41", 0.25, .allele), ("*10", 0.25, .allele),
            ("*22", nil, .allele),
        ]
        for (name, value, kind) in expected {
            let allele = try #require(gene.allele(named: name))
            #expect(allele.activityValue == value, "\(name)")
            #expect(allele.kind == kind, "\(name)")
        }
    }

    @Test("a suballele is reported by its core allele and has its function: SLCO1B1*45.001 (PharmCAT 3.1.1)")
    func suballeles() throws {
        let gene = try #require(catalog["SLCO1B1"])
        let allele = try #require(gene.allele(named: "*45.001"))
        #expect(allele.reportedName == "*45")
        #expect(allele.function == "No function")
        #expect(gene.allele(named: "*45")?.kind == .reported)
        #expect(gene.allele(named: "*5")?.reportedName == "*5")
    }

    @Test("RYR1 has 94 variants associated with malignant hyperthermia among its 339 (CPIC 1.60.0)")
    func ryanodineReceptor() throws {
        let gene = try #require(catalog["RYR1"])
        let functions = Dictionary(grouping: gene.alleles, by: \.function).mapValues(\.count)
        #expect(
            functions == [
                "Malignant Hyperthermia associated": 94, "Normal function": 30, "Uncertain function": 215,
            ])
        #expect(gene.allele(named: "c.7522C>G")?.function == "Uncertain function")
    }

    @Test("every file of the tables' folder is compiled in")
    func everyTableIsCompiledIn() throws {
        let source = try String(
            contentsOf: ReleaseTables.directory.appending(path: "tables.c"), encoding: .utf8)
        #expect(!ReleaseTables.files.isEmpty)
        for name in ReleaseTables.files.keys.sorted() {
            #expect(source.contains("#embed \"knowledge/\(name)\""), "\(name)")
            #expect(source.contains("TABLE(\"\(name)\", "), "\(name)")
        }
    }

    @Test("every table begins with what it is, where it comes from and its licence")
    func everyTableNamesItsOrigin() {
        for name in GeneCatalog.fileNames {
            let lines = String(decoding: ReleaseTables.files[name] ?? [], as: UTF8.self).split(separator: "\n")
            let comments = lines.prefix { $0.hasPrefix("#") }.joined(separator: "\n")
            #expect(comments.contains("Origin:"), "\(name)")
            #expect(
                comments.contains("CC0 1.0") || comments.contains("CC BY-SA 4.0") || comments.contains("MPL-2.0"),
                "\(name)")
        }
    }
}
