import GeneRegulatoryNetworkCore

/// `gene-regulatory-network module`: the genes that join a disease module, in the order of DIAMOnD.
public struct ModuleRun {
    private let network: NetworkFile
    private let seeds: String
    private let count: Int
    private let seedWeight: Int
    private let errors: OfflineOutput

    /// A run.
    /// - Parameters:
    ///   - seeds: a list of genes.
    ///   - count: how many genes join.
    ///   - seedWeight: how much a link to a seed counts.
    public init(
        _ network: NetworkFile, seeds: String, count: Int, seedWeight: Int = 1,
        errors: OfflineOutput = .standardError()
    ) {
        self.network = network
        self.seeds = seeds
        self.count = count
        self.seedWeight = seedWeight
        self.errors = errors
    }

    /// Prints a line for each gene.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let graph = try network.graph()
        let names = try NameList(path: seeds) { graph.node($0) != nil }.names
        let module: DiseaseModule
        do throws(MedicineError) {
            module = try DIAMOnD(graph: graph).module(seeds: names, count: count, seedWeight: seedWeight)
        } catch {
            throw OfflineError(.unusable, seeds, error.detail)
        }
        if !module.ignoredSeeds.isEmpty {
            try errors.line("\(seeds): not in the network: \(module.ignoredSeeds.joined(separator: ", "))")
            try errors.flush()
        }
        try output.row("rank", "gene", "degree", "links", "p_value", "tied")
        for (rank, step) in module.steps.enumerated() {
            try output.row(
                "\(rank + 1)", step.gene, "\(step.degree)", "\(step.links)", "\(step.pValue)", "\(step.tied)")
        }
        try output.finish()
    }
}
