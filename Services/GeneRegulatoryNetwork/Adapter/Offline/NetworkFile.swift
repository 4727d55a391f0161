import GeneRegulatoryNetworkCore

/// Which network the commands of network medicine read, and how.
public struct NetworkFile: Sendable {
    /// How a file lists edges.
    public enum Layout: String, Sendable, CaseIterable {
        /// A line for each edge: its ends, and a weight under a header that says so.
        case edges
        /// Simple interaction format: a node, a relation, and the nodes at the other end.
        case sif
    }

    /// The file; `-` is standard input.
    public var path: String
    /// How it lists edges.
    public var layout: Layout
    /// How many of the heaviest edges are taken; nil for all. Of equal weight the first in the file.
    public var best: Int?
    /// Edges of a lesser weight are left out.
    public var leastWeight: Double
    /// Whether an edge is one way.
    public var isDirected: Bool

    /// A network file.
    public init(
        _ path: String, layout: Layout = .edges, best: Int? = nil, leastWeight: Double = 0, isDirected: Bool = false
    ) {
        self.path = path
        self.layout = layout
        self.best = best
        self.leastWeight = leastWeight
        self.isDirected = isDirected
    }

    /// The graph. Edges of weight 0 are none; of a pair that is listed again the weights are added, if there are any.
    func graph() throws(OfflineError) -> Graph {
        let input = OfflineInput(path: path)
        do {
            if layout == .sif {
                return try Graph(edgeList: try input.text(), layout: .sif, isDirected: isDirected)
            }
            let table = try EdgeTable(try input.contents(), file: path, takesThirdColumn: false)
            guard table.hasWeights else {
                return Graph(
                    pairs: table.edges.map { (table.names[Int($0.regulator)], table.names[Int($0.target)]) },
                    isDirected: isDirected)
            }
            var kept = table.edges.enumerated().filter { $0.element.weight != 0 && $0.element.weight >= leastWeight }
            if let best {
                kept.sort { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
                kept = Array(kept.prefix(max(0, best)))
            }
            return try Graph(
                names: table.names,
                edges: kept.map {
                    Graph.Edge(Int($0.element.regulator), Int($0.element.target), weight: $0.element.weight)
                }, isDirected: isDirected)
        } catch let error as OfflineError {
            throw error
        } catch let error as MedicineError {
            throw OfflineError(.malformed, path, error.detail)
        } catch {
            throw OfflineError(.unreadable, path, "\(error)")
        }
    }
}
