public import GeneRegulatoryNetworkCore

/// `gene-regulatory-network proximity`: the distance of two gene sets against random sets of the same degrees.
public struct ProximityRun {
    private let network: NetworkFile
    private let from: String
    private let to: String
    /// The distance.
    public var measure = SetDistance.closest
    /// How many pairs of random sets are drawn.
    public var randomSets = 1000
    /// The least number of genes in a bin of degrees.
    public var binSize = 100
    /// What decides the draws.
    public var seed: UInt64 = 1
    /// How many threads work.
    public var threads = 1
    private let errors: OfflineOutput

    /// A run over two lists of genes, for example the targets of a drug and the genes of a disease.
    public init(_ network: NetworkFile, from: String, to: String, errors: OfflineOutput = .standardError()) {
        self.network = network
        self.from = from
        self.to = to
        self.errors = errors
    }

    /// Prints one line.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let proximity = NetworkProximity(graph: try network.graph(), minimumBinSize: binSize)
        let sets = [from, to]
        var names: [[String]] = []
        for path in sets {
            let list = try NameList(path: path) { proximity.graph.node($0) != nil }.names
            let missing = list.filter { proximity.graph.node($0) == nil }
            if !missing.isEmpty {
                try errors.line("\(path): not in the network's largest piece: \(missing.joined(separator: ", "))")
            }
            names.append(list)
        }
        try errors.flush()
        let outcome: NetworkProximity.Outcome
        do throws(MedicineError) {
            outcome = try proximity.proximity(
                from: names[0], to: names[1], as: measure, randomSets: randomSets, seed: seed,
                runner: DispatchParallelRunner(threads: threads))
        } catch {
            throw OfflineError(.unusable, network.path, error.detail)
        }
        try output.row(
            "measure", "distance", "z_score", "mean", "standard_deviation", "p_value", "from_genes", "to_genes")
        try output.row(
            measure.rawValue, "\(outcome.distance)", "\(outcome.zScore)", "\(outcome.mean)",
            "\(outcome.standardDeviation)", "\(outcome.pValue)", "\(outcome.from.count)", "\(outcome.to.count)")
        try output.finish()
    }
}
