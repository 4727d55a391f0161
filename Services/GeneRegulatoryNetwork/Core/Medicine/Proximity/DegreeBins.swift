/// The nodes of a graph in bins of like degree, for random sets that keep the degrees (Guney 2016): degrees are taken
/// in ascending order until a bin has enough nodes; what is left at the end joins the last bin.
public struct DegreeBins: Sendable, Equatable {
    /// The bins, of ascending degree; each ascending.
    public let bins: [[Int]]
    private let binOfNode: [Int]
    private let placeOfNode: [Int]

    /// Bins of at least `minimumSize` nodes, as far as there are so many.
    public init(graph: Graph, minimumSize: Int) {
        let degrees = graph.outDegrees()
        var nodesOfDegree: [Int: [Int]] = [:]
        for (node, degree) in degrees.enumerated() { nodesOfDegree[degree, default: []].append(node) }
        var bins: [[Int]] = []
        var open: [Int] = []
        for degree in nodesOfDegree.keys.sorted() {
            open += nodesOfDegree[degree] ?? []
            if open.count >= minimumSize {
                bins.append(open)
                open = []
            }
        }
        if let last = bins.indices.last { bins[last] += open } else if !open.isEmpty { bins = [open] }
        var binOfNode = Array(repeating: 0, count: graph.nodeCount)
        var placeOfNode = binOfNode
        for bin in bins.indices {
            bins[bin].sort()
            for (place, node) in bins[bin].enumerated() {
                binOfNode[node] = bin
                placeOfNode[node] = place
            }
        }
        self.bins = bins
        self.binOfNode = binOfNode
        self.placeOfNode = placeOfNode
    }

    /// A random set that matches `nodes` in number and degree: for each node another one of its bin, one that was not
    /// taken yet if 20 more draws find one, as the published program does; in a small bin the set can come out smaller,
    /// and a node alone in its bin stands for itself.
    func matched(to nodes: [Int], generator: inout SeededGenerator) -> [Int] {
        var drawn: Set<Int> = []
        for node in nodes {
            let bin = bins[binOfNode[node]]
            func draw() -> Int {
                guard bin.count > 1 else { return node }
                let place = generator.index(below: bin.count - 1)
                return bin[place < placeOfNode[node] ? place : place + 1]
            }
            var chosen = draw()
            var attempt = 0
            while attempt < 20, drawn.contains(chosen) {
                chosen = draw()
                attempt += 1
            }
            drawn.insert(chosen)
        }
        return drawn.sorted()
    }
}
