import Testing

@testable import PharmacogenomicsCore

@Suite("Every published phenotype comes out of the release's rules")
struct PublishedPhenotypeTests {
    @Test("Every row of the diplotype table has its phenotype and activity score", .enabled(if: SharedPGx.isPresent))
    func diplotypeTable() throws {
        let assigner = PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge())
        var compared = 0
        var differing: [String] = []
        for row in try SharedPGx.table("facts/diplotype_phenotype.tsv.gz") {
            let gene = GeneSymbol(rawValue: row["gene"] ?? "")
            let diplotype = row["diplotype"] ?? ""
            let definition = try #require(try EvaluationFixture.knowledge().genes[gene], "no gene \(gene)")
            let call = try #require(Self.call(definition, diplotype), "\(gene) \(diplotype) is not known")
            let phenotype = try #require(assigner.phenotypes(of: [call]).first)
            let outcome = try #require(phenotype.consensus)
            #expect(outcome.weight == 1 && outcome.diplotypeCount == 1)
            let score = row["activity_score"].flatMap { Double($0) }
            compared += 1
            if outcome.phenotype != row["phenotype"] || outcome.activityScore != score {
                differing.append(
                    "\(gene) \(diplotype): \(outcome.phenotype) \(outcome.activityScore ?? -1), published \(row["phenotype"] ?? "") \(score ?? -1)"
                )
            }
        }
        print("published diplotypes compared: \(compared)")
        #expect(compared == 17_066)
        #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(5))")
    }

    /// The call by the two names: the text is split at every slash until both halves are alleles.
    static func call(_ gene: GeneDefinition, _ diplotype: String) -> GeneCall? {
        var call = GeneCall(gene: gene.symbol, status: .called)
        if let single = gene.allele(named: diplotype) {
            call.candidates = [DiplotypeCandidate(first: haplotype(single), second: nil, weight: 1)]
            return call
        }
        for slash in diplotype.indices where diplotype[slash] == "/" {
            guard let first = gene.allele(named: String(diplotype[..<slash])),
                let second = gene.allele(named: String(diplotype[diplotype.index(after: slash)...]))
            else { continue }
            call.candidates = [
                DiplotypeCandidate(first: haplotype(first), second: haplotype(second), weight: 1)
            ]
            return call
        }
        return nil
    }

    private static func haplotype(_ allele: NamedAllele) -> HaplotypeCall {
        HaplotypeCall(name: allele.name, alleles: [allele.index])
    }

    @Test("Every range of activity scores gives its phenotype", .enabled(if: SharedPGx.isPresent))
    func ranges() throws {
        let knowledge = try EvaluationFixture.knowledge()
        let assigner = PhenotypeAssigner(knowledge: knowledge)
        var seen: Set<String> = []
        for row in try SharedPGx.table("facts/activity_score_ranges.tsv") {
            let gene = try #require(knowledge.genes[GeneSymbol(rawValue: row["gene"] ?? "")])
            let equation = row["equation"] ?? ""
            for quarter in 0...16 {
                let score = Double(quarter) / 4
                guard Self.holds(equation, score) else { continue }
                var call = GeneCall(gene: gene.symbol, status: .outside)
                call.outside = OutsideCall(gene: gene.symbol, activityScore: score)
                let outcome = try #require(assigner.phenotypes(of: [call]).first?.consensus)
                #expect(outcome.phenotype == row["phenotype"], "\(gene.symbol) \(score)")
                seen.insert(equation + gene.symbol.rawValue)
            }
        }
        #expect(seen.count == 10)
    }

    private static func holds(_ equation: String, _ score: Double) -> Bool {
        let words = equation.split(separator: " ").map(String.init)
        switch words.count {
        case 5:
            guard let low = Double(words[0]), let high = Double(words[4]) else { return false }
            return low <= score && score < high
        case 3:
            guard let bound = Double(words[0]) else { return false }
            return words[1] == "==" ? score == bound : score >= bound
        default: return false
        }
    }
}
