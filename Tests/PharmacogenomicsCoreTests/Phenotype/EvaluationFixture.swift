import Domain
import Testing

@testable import PharmacogenomicsCore

/// The repository's own release and calls made from names, for tests of phenotypes and recommendations.
enum EvaluationFixture {
    /// The release; read once.
    static let loaded = Result { try KnowledgeBase(tables: try RepositoryKnowledge.tables(), digest: "test") }

    static func knowledge() throws -> KnowledgeBase { try loaded.get() }

    /// An evaluation under the release; made once.
    static let evaluation = Result { PatientEvaluation(knowledge: try loaded.get()) }

    /// A moment to evaluate at.
    static let noon = Timestamp(microseconds: 1_700_000_000_000_000)

    static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

    /// The call of a gene from its diplotypes' names (`*1/*4`, or one name for a single copy), with equal weights.
    static func call(_ gene: GeneSymbol, _ diplotypes: String..., weights: [Double] = []) throws -> GeneCall {
        let definition = try #require(try knowledge().genes[gene])
        var call = GeneCall(gene: gene, status: diplotypes.count == 1 ? .called : .ambiguous)
        for (place, diplotype) in diplotypes.enumerated() {
            let haplotypes = try OutsideDiplotype(diplotype, gene: definition).haplotypes
            let weight = weights.isEmpty ? 1 / Double(diplotypes.count) : weights[place]
            call.candidates.append(
                DiplotypeCandidate(
                    first: try #require(haplotypes.first), second: haplotypes.count > 1 ? haplotypes[1] : nil,
                    weight: weight))
        }
        call.diplotypeCount = diplotypes.count
        call.coverage = 1
        return call
    }

    /// The calls of a person of whom these genes are known; every other gene has no result.
    static func calls(_ known: [GeneSymbol: String]) throws -> [GeneCall] {
        try knowledge().genes.genes.map { gene in
            guard let diplotype = known[gene.symbol] else { return GeneCall(gene: gene.symbol, status: .notCallable) }
            return try call(gene.symbol, diplotype)
        }
    }

    /// A person with a usual diplotype in every gene, save the given ones.
    static func usual(_ other: [GeneSymbol: String] = [:]) throws -> [GeneCall] {
        try calls(usualDiplotypes.merging(other) { $1 })
    }

    static let usualDiplotypes: [GeneSymbol: String] = [
        "ABCG2": "rs2231142 reference (G)/rs2231142 reference (G)", "CACNA1S": "Reference/Reference",
        "CFTR": "ivacaftor non-responsive CFTR sequence/ivacaftor non-responsive CFTR sequence", "CYP2B6": "*1/*1",
        "CYP2C19": "*1/*1", "CYP2C9": "*1/*1", "CYP2D6": "*1/*1", "CYP3A4": "*1/*1", "CYP3A5": "*3/*3",
        "CYP4F2": "*1/*1", "DPYD": "Reference/Reference", "G6PD": "B (reference)/B (reference)",
        "HLA-A": "*01:01/*02:01", "HLA-B": "*07:02/*08:01",
        "IFNL3": "rs12979860 reference (C)/rs12979860 reference (C)", "MT-RNR1": "Reference", "NAT2": "*4/*4",
        "NUDT15": "*1/*1", "RYR1": "Reference/Reference", "SLCO1B1": "*1/*1", "TPMT": "*1/*1", "UGT1A1": "*1/*1",
        "VKORC1": "rs9923231 reference (C)/rs9923231 reference (C)",
    ]
}
