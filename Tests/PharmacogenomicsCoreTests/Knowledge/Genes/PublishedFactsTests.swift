import Testing

@testable import PharmacogenomicsCore

@Suite("Every published fact is in the tables", .enabled(if: SharedPGx.isPresent))
struct PublishedFactsTests {
    let catalog: GeneCatalog

    init() throws {
        catalog = try ReleaseTables.catalog()
    }

    /// The phenotype and the activity score that the rules give two alleles, or one.
    private func outcome(_ gene: GeneDefinition, _ names: [String]) throws -> (phenotype: String?, score: String) {
        let alleles = try names.map { try #require(gene.allele(named: $0), "\(gene.symbol) \($0)") }
        let rules = gene.phenotypeRules
        if alleles.count == 2, let exception = rules.exception(AllelePair(alleles[0].index, alleles[1].index)) {
            return (rules.phenotypes[exception.phenotype], exception.activityScore.map { "\($0)" } ?? "")
        }
        if rules.method == .activityScore {
            let values = alleles.compactMap(\.activityValue)
            let score = values.count == alleles.count ? values.reduce(0, +) : nil
            return (rules.phenotype(activityScore: score), score.map { "\($0)" } ?? "n/a")
        }
        if let only = alleles.first, alleles.count == 1 { return (rules.phenotype(ofSingle: only.function), "") }
        return (rules.phenotype(of: alleles[0].function, alleles[1].function), "")
    }

    @Test("the rules reproduce all 17,066 diplotypes of diplotype_phenotype.tsv.gz")
    func diplotypes() throws {
        let rows = try SharedPGx.table("facts/diplotype_phenotype.tsv.gz")
        #expect(rows.count == 17_066)
        var wrong: [String] = []
        for row in rows {
            let gene = try #require(catalog[GeneSymbol(rawValue: row["gene"] ?? "")])
            let diplotype = row["diplotype"] ?? ""
            let (phenotype, score) = try outcome(gene, diplotype.split(separator: "/").map(String.init))
            if phenotype != row["phenotype"] || score != row["activity_score"] {
                wrong.append("\(gene.symbol) \(diplotype)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(rows.count): \(wrong.prefix(10))")
        print("diplotypes reproduced by rules: \(rows.count - wrong.count) of \(rows.count)")
    }

    @Test("the rules reproduce all 17,765 diplotypes of G6PD in pypgx_diplotype_phenotype.tsv.gz")
    func glucosePhosphateDehydrogenase() throws {
        let rows = try SharedPGx.table("facts/pypgx_diplotype_phenotype.tsv.gz").filter { $0["gene"] == "G6PD" }
        #expect(rows.count == 17_765)
        let gene = try #require(catalog["G6PD"])
        var wrong: [String] = []
        for row in rows {
            let diplotype = row["diplotype"] ?? ""
            let names = diplotype.split(separator: "/").map(String.init).filter { $0 != "MALE" }
            let phenotype = try outcome(gene, names).phenotype
            if phenotype.map({ "G6PD \($0)" }) != row["phenotype"] { wrong.append(diplotype) }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(rows.count): \(wrong.prefix(10))")
    }

    @Test("RYR1's 1,225 diplotypes follow the rules but for the six alleles whose function CPIC has changed since")
    func ryanodineReceptor() throws {
        let changed: Set = ["c.1209C>G", "c.1589G>A", "c.7522C>G", "c.14387A>G", "c.14582G>A", "c.14693T>C"]
        let rows = try SharedPGx.table("facts/pypgx_diplotype_phenotype.tsv.gz").filter { $0["gene"] == "RYR1" }
        #expect(rows.count == 1225)
        let gene = try #require(catalog["RYR1"])
        var checked = 0
        for row in rows {
            let names = (row["diplotype"] ?? "").split(separator: "/")
                .map { $0 == "c.7039_7041delGAG" ? "c.7042_7044delGAG" : String($0) }
            guard changed.isDisjoint(with: names) else { continue }
            #expect(try outcome(gene, names).phenotype == row["phenotype"], "\(names)")
            checked += 1
        }
        #expect(checked == 946)
    }

    @Test("the ranges of activity_score_ranges.tsv are the tables' ranges, at their borders and between")
    func ranges() throws {
        let rows = try SharedPGx.table("facts/activity_score_ranges.tsv")
        for row in rows {
            let rules = try #require(catalog[GeneSymbol(rawValue: row["gene"] ?? "")]).phenotypeRules
            let equation = (row["equation"] ?? "").split(separator: " ").map(String.init)
            for quarter in 0...28 {
                let score = Double(quarter) / 4
                let holds: Bool
                switch equation.count {
                case 3 where equation[1] == "==": holds = score == Double(equation[0])
                case 3: holds = score >= (Double(equation[0]) ?? .nan)
                default: holds = score >= (Double(equation[0]) ?? .nan) && score < (Double(equation[4]) ?? .nan)
                }
                #expect((rules.phenotype(activityScore: score) == row["phenotype"]) == holds, "\(row) at \(score)")
            }
        }
        #expect(rows.count == 10)
        #expect(catalog.genes.map(\.phenotypeRules.scoreRanges.count).reduce(0, +) == 10)
    }

    @Test("all 1,201 positions are those of positions.tsv, in its order")
    func positions() throws {
        let rows = try SharedPGx.table("facts/positions.tsv")
        #expect(rows.count == 1201)
        let defining = catalog.positions.filter { $0.role == .defining }
        #expect(defining.count == rows.count)
        for (row, position) in zip(rows, defining) {
            #expect(position.gene.rawValue == row["gene"])
            #expect("\(position.index)" == row["index"])
            #expect("chr\(position.chromosome)" == row["chrom"])
            #expect("\(position.grch38)" == row["pos"])
            #expect(position.identifier == row["rsid"] || (row["rsid"] == "" && position.identifier == row["hgvs_g"]))
            #expect(position.alleles == [row["ref"] ?? ""] + (row["alts"] ?? "").split(separator: ",").map(String.init))
        }
    }

    @Test("every constraint of the 1,317 alleles is that of allele_definitions.tsv.gz, and there is no other")
    func definitions() throws {
        let codes: [String: String] = [
            "R": "AG", "Y": "CT", "M": "AC", "K": "GT", "S": "CG", "W": "AT",
        ]
        let named = try SharedPGx.table("facts/named_alleles.tsv")
        var open = 0
        for gene in catalog.genes {
            for allele in gene.alleles where allele.kind == .allele || allele.kind == .reference {
                open += allele.constraints.count
            }
        }
        for row in named {
            let gene = try #require(catalog[GeneSymbol(rawValue: row["gene"] ?? "")])
            let allele = try #require(gene.allele(named: row["allele"] ?? ""))
            #expect(allele.identifier == row["clinpgx_id"])
            #expect((allele.kind == .reference) == (row["is_reference"] == "1"))
            #expect("\(allele.constraints.count)" == row["defining_positions"])
        }
        let rows = try SharedPGx.table("facts/allele_definitions.tsv.gz")
        #expect(rows.count == open)
        for row in rows {
            let gene = try #require(catalog[GeneSymbol(rawValue: row["gene"] ?? "")])
            let allele = try #require(gene.allele(named: row["allele"] ?? ""))
            let position = try #require(
                gene.positions.first { "\($0.grch38)" == row["pos"] && $0.role == .defining })
            let constraint = try #require(allele.constraints.first { $0.position == position.index })
            let accepted = position.alleles.enumerated().filter { constraint.accepted >> UInt64($0.offset) & 1 == 1 }
                .map(\.element)
            if row["ref_or_alt"] == "iupac" {
                #expect(Set(accepted) == Set((codes[row["cpic_allele"] ?? ""] ?? "").map(String.init)))
            } else {
                #expect(accepted == [row["vcf_allele"] ?? ""])
            }
        }
        #expect(named.count == 1317)
    }

    @Test("GRCh37 positions agree with all known pairs of pypgx_variants.tsv")
    func builds() throws {
        var pairs: [String: (position: String, reference: String, other: String)] = [:]
        for row in try SharedPGx.table("facts/pypgx_variants.tsv") {
            let key = "\(row["chromosome"] ?? "") \(row["grch38position"] ?? "")"
            pairs[key] = (row["grch37position"] ?? "", row["grch38allele"] ?? "", row["grch37allele"] ?? "")
        }
        var known = 0
        for position in catalog.positions {
            guard let pair = pairs["\(position.chromosome) \(position.grch38)"],
                pair.reference.count == position.reference.count
            else { continue }
            #expect(position.grch37.map { "\($0)" } == pair.position)
            #expect(position.grch37Reference ?? position.reference == pair.other, "\(position.identifier)")
            known += 1
        }
        #expect(known == 742)
        for gene in catalog.genes {
            #expect(
                Set(gene.positions.compactMap { position in position.grch37.map { $0 - position.grch38 } }).count <= 1)
        }
    }
}
