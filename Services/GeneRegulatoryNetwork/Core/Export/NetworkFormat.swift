/// The forms in which a network leaves for other programs.
public enum NetworkFormat: String, Sendable, CaseIterable {
    /// A table of edges: regulator, target, weight, sign, evidence, and stability where it is known. See ``EdgeTableWriter``.
    case tsv
    /// The simple interaction format. See ``InteractionWriter``.
    case sif
    /// GraphML. See ``GraphMLWriter``.
    case graphml
    /// Cytoscape.js JSON, which Cytoscape reads and writes too. See ``CytoscapeWriter``.
    case cytoscape
}

extension RegulatoryNetwork {
    /// Hands the network to `sink` in one of the forms: pieces of some tens of kilobytes of UTF-8, in order, never the whole at once.
    ///
    /// Genes stand in the order of ``genes``, edges in that of ``edges``; numbers are the shortest text that reads back as the same number. The
    /// same network gives the same bytes.
    /// - Parameters:
    ///   - best: how many of the first edges are written; nil for all. Genes without an edge are written wherever the form has a place for them.
    ///   - sink: takes a piece; what it throws ends the export.
    public func export<Failure: Error>(
        as format: NetworkFormat, best: Int? = nil, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let kept = edges.prefix(max(0, best ?? edges.count))
        let writer: any NetworkWriter =
            switch format {
            case .tsv: EdgeTableWriter(hasStability: kept.contains { $0.stability != nil })
            case .sif: InteractionWriter(connected: Set(kept.flatMap { [$0.regulator, $0.target] }))
            case .graphml: GraphMLWriter()
            case .cytoscape: CytoscapeWriter()
            }
        var waiting = Array(writer.opening.utf8)
        func handOn(above size: Int) throws(Failure) {
            guard waiting.count > size else { return }
            try sink(waiting)
            waiting.removeAll(keepingCapacity: true)
        }
        for (number, name) in genes.enumerated() {
            waiting.append(contentsOf: writer.gene(number, name).utf8)
            try handOn(above: 1 << 16)
        }
        waiting.append(contentsOf: writer.middle.utf8)
        for (rank, edge) in kept.enumerated() {
            waiting.append(contentsOf: writer.edge(rank, edge, genes).utf8)
            try handOn(above: 1 << 16)
        }
        waiting.append(contentsOf: writer.closing.utf8)
        try handOn(above: 0)
    }
}

/// One form: the texts that make it up, in the order in which they are written.
protocol NetworkWriter {
    /// What stands before all else.
    var opening: String { get }
    /// A gene, by its number from 0.
    func gene(_ number: Int, _ name: String) -> String
    /// What stands between genes and edges.
    var middle: String { get }
    /// An edge, by its place in the ranking from 0.
    func edge(_ rank: Int, _ edge: RegulatoryEdge, _ genes: [String]) -> String
    /// What stands after all else.
    var closing: String { get }
}

extension RegulatoryEdge {
    /// The sign as a word.
    var interaction: String { sign > 0 ? "activates" : sign < 0 ? "represses" : "regulates" }
}
