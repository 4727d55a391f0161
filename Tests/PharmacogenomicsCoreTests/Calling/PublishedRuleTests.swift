import Testing

@testable import PharmacogenomicsCore

/// The genes that are called by rules of their own. Sources: the methods pages of PharmCAT (ClinPGx), the CPIC guidelines.
@Suite("Genes with published rules of their own follow them")
struct PublishedRuleTests {
    static let hapB3 = "c.1129-5923C>G, c.1236G>A (HapB3)"
    static let intronic = "c.1129-5923C>G"

    struct HapB3Case: Sendable, CustomTestStringConvertible {
        let intron: String
        let exon: String
        let names: [String]
        var remark: String?
        var testDescription: String { "intron \(intron), exon \(exon)" }
    }

    @Test(
        "HapB3: the intronic variant decides, the exonic one stands in for it",
        arguments: [
            HapB3Case(intron: "G/G", exon: "C/C", names: ["Reference/Reference"]),
            HapB3Case(intron: "G/C", exon: "C/T", names: ["Reference/\(hapB3)"]),
            HapB3Case(intron: "C/C", exon: "T/T", names: ["\(hapB3)/\(hapB3)"]),
            HapB3Case(intron: "C/C", exon: "C/T", names: ["\(intronic)/\(hapB3)"]),
            HapB3Case(intron: "C/C", exon: "C/C", names: ["\(intronic)/\(intronic)"]),
            HapB3Case(intron: "G/C", exon: "C/C", names: ["Reference/\(intronic)"]),
            HapB3Case(
                intron: "G/G", exon: "C/T", names: ["Reference/Reference"], remark: CallRemark.hapB3Mismatch),
            HapB3Case(
                intron: "G/G", exon: "T/T", names: ["Reference/Reference"], remark: CallRemark.hapB3Mismatch),
            HapB3Case(intron: "G/C", exon: "T/T", names: ["Reference/\(hapB3)"], remark: CallRemark.hapB3Mismatch),
            HapB3Case(intron: "G|C", exon: "C|T", names: ["Reference/\(hapB3)"]),
            HapB3Case(intron: "G|C", exon: "T|C", names: ["Reference/\(intronic)"], remark: CallRemark.hapB3Mismatch),
            HapB3Case(intron: "G/C", exon: "missing", names: ["Reference/\(intronic)"]),
            HapB3Case(
                intron: "missing", exon: "C/T", names: ["Reference/\(hapB3)", "\(intronic)/\(hapB3)"],
                remark: CallRemark.hapB3ExonicOnly),
            HapB3Case(
                intron: "missing", exon: "T/T", names: ["\(hapB3)/\(hapB3)"], remark: CallRemark.hapB3ExonicOnly),
            HapB3Case(
                intron: "missing", exon: "C/C",
                names: ["Reference/Reference", "Reference/\(intronic)", "\(intronic)/\(intronic)"]),
        ])
    func hapB3Rule(given: HapB3Case) throws {
        var scene = try CallingScene("DPYD")
        try scene.set("rs75017182", given.intron)
        try scene.set("rs56038477", given.exon)
        let call = scene.call()
        #expect(call.candidates.filter { !$0.isPresumed }.map(\.name) == Array(given.names.prefix(1)))
        #expect(Set(call.candidates.map(\.name)) == Set(given.names))
        if let remark = given.remark { #expect(call.remarks.contains(remark)) }
    }

    @Test("HapB3 in two phase sets: both ways to turn them, linkage first")
    func hapB3PhaseSets() throws {
        var scene = try CallingScene("DPYD")
        try scene.set("rs75017182", "G|C", phaseSet: 1)
        try scene.set("rs56038477", "T|C", phaseSet: 2)
        #expect(scene.names() == ["Reference/\(Self.hapB3)", "Reference/\(Self.intronic)"])
        try scene.set("rs56038477", "T|C", phaseSet: 1)
        #expect(scene.names() == ["Reference/\(Self.intronic)"])
    }

    @Test("a single variant beside the reference is reported by itself")
    func reportNames() throws {
        var scene = try CallingScene("CFTR")
        try scene.set("rs11971167", "G/A")
        let call = scene.call()
        #expect(call.candidates.map { $0.reportName(in: scene.gene) } == ["D1270N (heterozygous)"])
        var other = try CallingScene("CYP2C9")
        try other.set("rs1799853", "C/T")
        #expect(other.call().candidates.map { $0.reportName(in: other.gene) } == ["*1/*2"])
    }

    @Test("DPYD unphased: the variants found, the presumed pair, and every way to lay them on two strands")
    func unphasedStrands() throws {
        var scene = try CallingScene("DPYD")
        try scene.set("rs3918290", "C/T")
        try scene.set("rs67376798", "T/A")
        let call = scene.call()
        #expect(call.haplotypes.map(\.name) == ["c.1905+1G>A (*2A)", "c.2846A>T"])
        #expect(call.lookup?.name == "c.1905+1G>A (*2A)/c.2846A>T")
        #expect(
            Set(call.candidates.map(\.name)) == [
                "Reference/[c.1905+1G>A (*2A) + c.2846A>T]", "c.1905+1G>A (*2A)/c.2846A>T",
            ])
        #expect(call.candidates.allSatisfy { $0.weight == 0.5 })
        #expect(call.status == .ambiguous && !call.isPhased)
    }

    @Test("DPYD phased: one pair, looked up by the lowest function of each strand")
    func phasedStrands() throws {
        var scene = try CallingScene("DPYD")
        try scene.set("rs3918290", "C|T")
        try scene.set("rs67376798", "T|A")
        try scene.set("rs1801159", "C|T")
        let call = scene.call()
        #expect(call.candidates.map(\.name) == ["c.1627A>G (*5)/[c.1905+1G>A (*2A) + c.2846A>T]"])
        #expect(call.lookup?.name == "c.1627A>G (*5)/c.1905+1G>A (*2A)")
        #expect(call.haplotypes.isEmpty && call.status == .called)
    }

    @Test("RYR1: a malignant-hyperthermia associated variant is looked up before all others")
    func malignant() throws {
        var scene = try CallingScene("RYR1")
        let alleles = scene.gene.alleles.filter { $0.kind == .allele }
        let malignant = try #require(alleles.first { $0.function.contains("Malignant") })
        let others = alleles.filter { !$0.function.contains("Malignant") }.prefix(2)
        for allele in [malignant] + others {
            let constraint = allele.constraints[0]
            scene.sample.sites[scene.gene.positions[constraint.position].siteIndex] = SiteCall(
                first: 0, second: Int8(constraint.accepted.trailingZeroBitCount))
        }
        let call = scene.call()
        #expect(call.lookup?.first.name == malignant.name)
        #expect(call.diplotypeCount == 4)
    }

    @Test(
        "every documented variant of the lowest-function genes has an allele of its own", arguments: ["DPYD", "RYR1"])
    func everyVariantIsNamed(symbol: String) throws {
        let gene = try #require(try RepositoryKnowledge.catalog.get()[GeneSymbol(rawValue: symbol)])
        for position in gene.positions where position.role == .defining && position.identifier != "rs56038477" {
            for base in 1..<position.alleles.count {
                let isNamed = gene.alleles.contains { allele in
                    allele.kind == .allele
                        && allele.constraints.contains {
                            $0.position == position.index && $0.accepted & (1 << UInt64(base)) != 0
                        }
                }
                #expect(isNamed, "\(symbol) \(position.identifier) \(position.alleles[base])")
            }
        }
    }

    @Test(
        "SLCO1B1 without a fitting pair is looked up by rs4149056",
        arguments: [("T/T", "*1/*1"), ("T/C", "*1/*5"), ("C/C", "*5/*5")])
    func fallback(genotype: String, pair: String) throws {
        var scene = try CallingScene("SLCO1B1")
        for identifier in ["rs11045853", "rs72559748", "rs59113707"] {
            let position = try #require(scene.gene.positions.first { $0.identifier == identifier })
            try scene.set(identifier, "\(position.alleles[1])/\(position.alleles[1])")
        }
        try scene.set("rs4149056", genotype)
        let call = scene.call()
        #expect(call.status == .noMatch && call.candidates.isEmpty)
        #expect(call.lookup?.name == pair)
        #expect(call.remarks.contains(CallRemark.rs4149056Fallback))
    }

    @Test("NAT2 is not called without one of its five required positions, also when half of it is there")
    func required() throws {
        let five = ["rs1801279", "rs1801280", "rs1799930", "rs1208", "rs1799931"]
        for identifier in five {
            for genotype in ["missing", "half"] {
                var scene = try CallingScene("NAT2")
                let position = try #require(scene.gene.positions.first { $0.identifier == identifier })
                try scene.set(identifier, genotype == "half" ? "\(position.reference)/." : genotype)
                let call = scene.call()
                #expect(call.status == .notCallable)
                #expect(call.remarks.contains(CallRemark.missingRequiredPosition))
            }
        }
    }

    @Test("NAT2: the published priority chooses among unphased candidates, and keeps them all; phased data need none")
    func priority() throws {
        var scene = try CallingScene("NAT2")
        try scene.set("rs1799930", "G/A")
        try scene.set("rs1208", "G/A")
        let call = scene.call()
        #expect(call.candidates.first?.name == "*1/*6")
        #expect(Set(call.candidates.map(\.name)) == ["*1/*6", "*4/*34"])
        #expect(call.remarks.contains(CallRemark.unphasedPriority))
        #expect(call.topCandidates.count == 1)
        try scene.set("rs1799930", "G|A")
        try scene.set("rs1208", "A|G")
        #expect(scene.names() == ["*4/*34"])
    }

    @Test("CFTR: one reference, the order of names")
    func cftr() throws {
        var scene = try CallingScene("CFTR")
        try scene.set("rs11971167", "G/A")
        #expect(scene.names() == ["D1270N/ivacaftor non-responsive CFTR sequence"])
    }

    @Test("CYP2C9: rs12777823 is reported and takes no part")
    func extra() throws {
        var scene = try CallingScene("CYP2C9")
        try scene.set("rs12777823", "G/A")
        let call = scene.call()
        #expect(call.candidates.map(\.name) == ["*1/*1"])
        #expect(call.extraSites.map(\.identifier) == ["rs12777823"])
        #expect(call.extraSites.first?.first == "G" && call.extraSites.first?.second == "A")
        try scene.set("rs12777823", "missing")
        #expect(scene.call().extraSites.first?.isMissing == true)
        #expect(scene.call().missingPositions.isEmpty)
    }

    @Test("G6PD: one copy for males, two for females, and no heterozygous male")
    func hemizygous() throws {
        let name = "Mediterranean, Dallas, Panama, Sassari, Cagliari, Birmingham"
        var scene = try CallingScene("G6PD")
        scene.sample.sex = .male
        try scene.set("rs5030868", "A/A")
        #expect(scene.names() == [name])
        try scene.set("rs5030868", "A")
        #expect(scene.names() == [name])
        try scene.set("rs5030868", "G/A")
        let call = scene.call()
        #expect(call.status == .noMatch && call.remarks.contains(CallRemark.heterozygousMale))
        scene.sample.sex = .female
        #expect(scene.names() == ["B (reference)/\(name)"])
        try scene.set("rs5030868", "A")
        #expect(Set(scene.names()) == ["B (reference)/\(name)", "\(name)/\(name)"])
        scene.sample.sex = nil
        #expect(scene.names() == [name])
        try scene.set("rs5030868", "G/A")
        #expect(scene.names() == ["B (reference)/\(name)"])
    }

    @Test("CYP2D6 is called from variants on demand only, and says what it cannot see")
    func cyp2d6() throws {
        var scene = try CallingScene("CYP2D6")
        #expect(scene.call().status == .notCallable)
        #expect(scene.call().remarks == [CallRemark.needsOutsideCall])
        scene.options.callsCYP2D6 = true
        let call = scene.call()
        #expect(call.status == .called)
        #expect(call.remarks.contains(CallRemark.structuralInvisible))
        scene.keepOnly("rs3892097")
        let open = scene.call()
        let structural = Set(scene.gene.alleles.filter { $0.kind == .structural }.map(\.index))
        #expect(structural.count > 20)
        for candidate in open.candidates {
            #expect(structural.isDisjoint(with: candidate.first.alleles + (candidate.second?.alleles ?? [])))
        }
    }

    @Test("suballeles are reported under the name of their core allele")
    func suballeles() throws {
        var scene = try CallingScene("SLCO1B1")
        let allele = try #require(scene.gene.allele(named: "*45.001"))
        for constraint in allele.constraints {
            let base = Int8(constraint.accepted.trailingZeroBitCount)
            scene.sample.sites[scene.gene.positions[constraint.position].siteIndex] = SiteCall(
                first: base, second: base)
        }
        #expect(scene.names() == ["*45/*45"])
    }
}
