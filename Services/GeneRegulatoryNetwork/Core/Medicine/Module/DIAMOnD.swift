/// Disease-module detection by connectivity significance (Ghiassian, Menche and Barabási, PLoS Comput Biol 11:e1004120,
/// 2015).
///
/// Again and again the gene whose links to the module are least likely by chance joins it. The order is that of the
/// published program (DIAMOnD.py of 2020-09-22, github.com/dinaghiassian/DIAMOnD, MIT), its particulars included:
/// - of the genes with k_b links to the module only those of the smallest k are asked, and of those of the same k that
///   of the largest k_b;
/// - the weight α of seeds multiplies every link to the module; the module's size is multiplied by α at the first step
///   only, and the network's size is raised by (α - 1) α |seeds|;
/// - a loop counts twice in k.
///
/// The program walks a Python set, so that genes of equal k and k_b follow in an order that differs from run to run.
/// Here they are walked by name, ascending: the last one of equal counts is taken, and the first one of equal p-values,
/// which is what the program does with `sorted(not_in_cluster)`. `Step.tied` tells where that mattered.
public struct DIAMOnD: Sendable {
    /// The network, without direction.
    public let graph: Graph
    private let degrees: [Int]

    /// A detector in `graph`; direction and weights are left aside.
    public init(graph: Graph) {
        self.graph = graph.undirected
        degrees = self.graph.outDegrees()
    }

    /// The module that grows from `seeds` by at most `count` genes; fewer when no more genes are linked to it.
    ///
    /// - Throws: `empty-set` when no seed is in the network; `bad-setting` when `seedWeight` is not in 1...1000 or
    ///   `count` is below 0.
    public func module(
        seeds: [String], count: Int, seedWeight alpha: Int = 1
    ) throws(MedicineError) -> DiseaseModule {
        let nodes = graph.nodes(seeds)
        guard !nodes.isEmpty else {
            throw MedicineError(
                .emptySet, operation: "DIAMOnD", detail: "none of \(seeds.count) seeds is in the network")
        }
        try check(alpha, seeds: nodes.count)
        guard count >= 0 else {
            throw MedicineError(.badSetting, operation: "DIAMOnD", detail: "the number of genes is \(count)")
        }
        var growth = Growth(graph: graph, degrees: degrees, seeds: nodes, alpha: alpha)
        var steps: [DiseaseModule.Step] = []
        while steps.count < count, let best = growth.best() {
            steps.append(
                DiseaseModule.Step(
                    gene: graph.names[best.node], degree: best.degree, links: best.links, pValue: best.pValue,
                    tied: best.tied))
            growth.join(best.node)
        }
        return DiseaseModule(
            seeds: nodes.map { graph.names[$0] },
            ignoredSeeds: Set(seeds).filter { graph.node($0) == nil }.sorted(), steps: steps)
    }

    /// Whether an order of genes is one that the published program can give, whatever order its sets have: each gene
    /// must have had the counts of the best p-value, or counts of the same p-value, when its turn came.
    ///
    /// - Returns: the p-value at each step up to the first impossible gene; all steps when there is none.
    public func admissiblePValues(
        seeds: [String], order: [String], seedWeight alpha: Int = 1
    ) throws(MedicineError) -> [Double] {
        let nodes = graph.nodes(seeds)
        guard !nodes.isEmpty else {
            throw MedicineError(.emptySet, operation: "DIAMOnD", detail: "no seed is in the network")
        }
        try check(alpha, seeds: nodes.count)
        var growth = Growth(graph: graph, degrees: degrees, seeds: nodes, alpha: alpha)
        var values: [Double] = []
        for gene in order {
            guard let best = growth.best(), let node = graph.node(gene), let value = growth.pValue(of: node),
                value == best.pValue
            else { break }
            values.append(value)
            growth.join(node)
        }
        return values
    }

    /// The p-value needs ln n! up to the raised size of the network: it must stay within memory.
    private func check(_ alpha: Int, seeds: Int) throws(MedicineError) {
        guard (1...1000).contains(alpha), graph.nodeCount + (alpha - 1) * alpha * seeds <= 20_000_000 else {
            throw MedicineError(
                .badSetting, operation: "DIAMOnD",
                detail: "the weight of seeds is \(alpha); it must be 1...1000, and less for many seeds")
        }
    }
}
