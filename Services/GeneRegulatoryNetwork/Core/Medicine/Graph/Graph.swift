/// Genes and the edges between them, ready for fast walks.
///
/// Nodes are numbered by their names in ascending order, so that neither the order of columns nor that of edges changes
/// any result. Nodes of the same name are one node, edges of the same pair one edge. A loop is kept; as in networkx it
/// counts twice in the degree of an undirected graph and is walked once.
public struct Graph: Sendable, Equatable {
    /// One edge between nodes of a list of names.
    public struct Edge: Sendable, Hashable {
        /// Where it begins, a number of the names.
        public var source: Int
        /// Where it ends.
        public var target: Int
        /// How strong it is: above 0 and finite.
        public var weight: Double

        /// An edge.
        public init(_ source: Int, _ target: Int, weight: Double = 1) {
            self.source = source
            self.target = target
            self.weight = weight
        }
    }

    /// The nodes, ascending; a node is its place here.
    public let names: [String]
    /// Whether an edge is one way.
    public let isDirected: Bool
    /// The edges that leave a node.
    let outgoing: Adjacency
    /// The edges that enter a node; the same as ``outgoing`` when undirected.
    let incoming: Adjacency

    /// A graph of weighted edges; the weights of edges of the same pair are added.
    ///
    /// - Throws: `bad-edge` for an end outside `names` and for a weight that is not above 0 and finite.
    public init(names given: [String], edges: [Edge], isDirected: Bool) throws(MedicineError) {
        let names = Array(Set(given)).sorted()
        var numbers: [String: Int32] = [:]
        numbers.reserveCapacity(names.count)
        for (number, name) in names.enumerated() { numbers[name] = Int32(number) }
        let places = given.map { numbers[$0] ?? 0 }
        var entries: [(row: Int32, column: Int32, weight: Double)] = []
        entries.reserveCapacity(isDirected ? edges.count : 2 * edges.count)
        for (index, edge) in edges.enumerated() {
            guard given.indices.contains(edge.source), given.indices.contains(edge.target) else {
                throw MedicineError(
                    .badEdge, operation: "make a graph", detail: "edge \(index) has an end outside 0..<\(given.count)")
            }
            guard edge.weight > 0, edge.weight.isFinite else {
                throw MedicineError(
                    .badEdge, operation: "make a graph",
                    detail: "edge \(index) has the weight \(edge.weight); it must be above 0 and finite")
            }
            let (source, target) = (places[edge.source], places[edge.target])
            entries.append((source, target, edge.weight))
            if !isDirected, source != target { entries.append((target, source, edge.weight)) }
        }
        self.names = names
        self.isDirected = isDirected
        outgoing = Adjacency(nodeCount: names.count, entries: entries)
        incoming =
            isDirected
            ? Adjacency(nodeCount: names.count, entries: entries.map { ($0.column, $0.row, $0.weight) }) : outgoing
    }

    /// A graph of pairs of names, each edge of weight 1 however often it is named.
    public init(pairs: [(String, String)], isDirected: Bool = false) {
        let names = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
        var numbers: [String: Int32] = [:]
        for (number, name) in names.enumerated() { numbers[name] = Int32(number) }
        var seen: Set<Int64> = []
        var entries: [(row: Int32, column: Int32, weight: Double)] = []
        for pair in pairs {
            var (source, target) = (numbers[pair.0] ?? 0, numbers[pair.1] ?? 0)
            if !isDirected, source > target { swap(&source, &target) }
            guard seen.insert(Int64(source) << 32 | Int64(target)).inserted else { continue }
            entries.append((source, target, 1))
            if !isDirected, source != target { entries.append((target, source, 1)) }
        }
        self.names = names
        self.isDirected = isDirected
        outgoing = Adjacency(nodeCount: names.count, entries: entries)
        incoming =
            isDirected
            ? Adjacency(nodeCount: names.count, entries: entries.map { ($0.column, $0.row, $0.weight) }) : outgoing
    }

    /// The number of nodes.
    public var nodeCount: Int { names.count }

    /// The number of edges, loops included, each undirected edge once.
    public var edgeCount: Int {
        if isDirected { return outgoing.neighbours.count }
        let loops = (0..<nodeCount).reduce(0) { $0 + (hasLoop($1) ? 1 : 0) }
        return (outgoing.neighbours.count + loops) / 2
    }

    /// The node of a name, by binary search.
    public func node(_ name: String) -> Int? {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == name ? low : nil
    }

    /// The nodes of those `genes` that are in the graph, ascending, each once.
    public func nodes(_ genes: some Sequence<String>) -> [Int] { Set(genes.compactMap(node)).sorted() }

    /// The nodes that edges from `node` lead to, ascending.
    public func neighbours(of node: Int) -> [Int] { outgoing.row(node).map { Int(outgoing.neighbours[$0]) } }

    /// Whether `node` has an edge to itself.
    public func hasLoop(_ node: Int) -> Bool { weight(from: node, to: node) > 0 }

    /// The weight of an edge; 0 when there is none.
    public func weight(from source: Int, to target: Int) -> Double {
        let row = outgoing.row(source)
        var (low, high) = (row.lowerBound, row.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if outgoing.neighbours[middle] < target { low = middle + 1 } else { high = middle }
        }
        return low < row.upperBound && outgoing.neighbours[low] == target ? outgoing.weights[low] : 0
    }
}
