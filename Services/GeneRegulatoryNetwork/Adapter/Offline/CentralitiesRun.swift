import GeneRegulatoryNetworkCore

/// `gene-regulatory-network centralities`: how central each gene of a network is, in nine ways.
public struct CentralitiesRun {
    private let network: NetworkFile
    private let threads: Int
    private let errors: OfflineOutput

    /// A run.
    public init(_ network: NetworkFile, threads: Int = 1, errors: OfflineOutput = .standardError()) {
        self.network = network
        self.threads = threads
        self.errors = errors
    }

    /// Prints a line for each gene, by name. A measure that did not converge is told on standard error.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let graph = try network.graph()
        let runner = DispatchParallelRunner(threads: threads)
        let (pageRank, katz): (SpectralCentrality, SpectralCentrality)
        do throws(MedicineError) { (pageRank, katz) = (try graph.pageRank(), try graph.katz()) } catch {
            throw OfflineError(.unusable, network.path, error.detail)
        }
        let eigenvector = graph.eigenvectorCentrality()
        for (name, found) in [("pagerank", pageRank), ("katz", katz), ("eigenvector", eigenvector)]
        where !found.isConverged {
            try errors.line("\(network.path): \(name) did not converge in \(found.iterations) steps")
        }
        try errors.flush()
        let (outDegrees, inDegrees) = (graph.outDegrees(), graph.inDegrees())
        let (outStrengths, inStrengths) = (graph.outStrengths(), graph.inStrengths())
        let betweenness = graph.betweenness(runner: runner)
        let closeness = graph.harmonicCloseness(runner: runner)
        try output.row(
            "gene", "out_degree", "in_degree", "out_strength", "in_strength", "betweenness", "harmonic_closeness",
            "pagerank", "katz", "eigenvector")
        for (node, name) in graph.names.enumerated() {
            try output.row(
                name, "\(outDegrees[node])", "\(inDegrees[node])", "\(outStrengths[node])", "\(inStrengths[node])",
                "\(betweenness[node])", "\(closeness[node])", "\(pageRank.values[node])", "\(katz.values[node])",
                "\(eigenvector.values[node])")
        }
        try output.finish()
    }
}
