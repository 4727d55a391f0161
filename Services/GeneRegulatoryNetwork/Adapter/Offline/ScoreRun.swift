import GeneRegulatoryNetworkCore

/// `gene-regulatory-network score`: ranked edges against a gold standard.
public struct ScoreRun {
    /// Which pairs count.
    public enum Universe: String, Sendable, CaseIterable {
        /// All ordered pairs of the genes.
        case all
        /// Pairs of a regulator and a gene of the gold standard, as in DREAM5.
        case gold
    }

    private let edges: String
    private let gold: String
    private let genes: String?
    private let universe: Universe
    private let errors: OfflineOutput

    /// A run.
    /// - Parameters:
    ///   - edges: ranked edges; the weight is the column of that name, or the third of a file without a header.
    ///   - gold: known edges.
    ///   - genes: a list of the genes whose pairs count; nil for those of `edges`.
    public init(
        edges: String, gold: String, genes: String? = nil, universe: Universe = .all,
        errors: OfflineOutput = .standardError()
    ) {
        self.edges = edges
        self.gold = gold
        self.genes = genes
        self.universe = universe
        self.errors = errors
    }

    /// Prints the areas under both curves, the number of pairs and the number of true ones.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let table = try EdgeTable(try OfflineInput(path: edges).contents(), file: edges, takesThirdColumn: true)
        guard table.hasWeights else {
            throw OfflineError(.malformed, edges, line: 1, column: 3, "there is no column of weights to rank by")
        }
        let names: [String]
        if let genes { names = try NameList(path: genes).names } else { names = table.names }
        let standard: GoldStandard
        let text = try OfflineInput(path: gold).text()
        do throws(ScoringError) { standard = try GoldStandard(table: text) } catch {
            throw OfflineError(.malformed, gold, error.detail)
        }
        let score: NetworkScore
        do throws(ScoringError) {
            score = try NetworkScore(
                genes: names,
                edges: table.edges.lazy.map {
                    (regulator: table.names[Int($0.regulator)], target: table.names[Int($0.target)], weight: $0.weight)
                },
                gold: standard, universe: universe == .all ? .allPairs : .studied(in: standard))
        } catch {
            throw OfflineError(.unusable, gold, error.detail)
        }
        try remark(standard, score)
        try output.row("aupr", "auroc", "pairs", "positives")
        let ranking = score.ranking
        try output.row("\(ranking.aupr)", "\(ranking.auroc)", "\(ranking.pairs)", "\(ranking.positives)")
        try output.finish()
    }

    private func remark(_ standard: GoldStandard, _ score: NetworkScore) throws(OfflineError) {
        let remarks = [
            (standard.selfPairs, "self pairs are left out"), (standard.repeats, "repeated pairs count once"),
            (score.unreachable, "edges are between genes that were not ranked and do not count"),
        ]
        for (count, what) in remarks where count > 0 { try errors.line("\(gold): \(count) \(what)") }
        try errors.flush()
    }
}
