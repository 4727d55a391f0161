/// The number of edges on the shortest paths from some nodes to all others.
///
/// 64 searches run at once, one bit each (the multi-source breadth-first search of Then and others, PVLDB 8:449, 2014).
/// One byte per pair; a path of more than 254 edges counts as no path.
struct HopTable: Sendable {
    /// Marks the nodes that cannot be reached.
    static let unreachable = UInt8.max
    private let rows: [Int32]
    private let hops: [[UInt8]]

    /// The distances from `sources`, along the edges.
    init(_ graph: Graph, sources: [Int], runner: any ParallelRunner) {
        let batches = stride(from: 0, to: sources.count, by: 64).map {
            Array(sources[$0..<min($0 + 64, sources.count)])
        }
        var rows = Array(repeating: Int32(-1), count: graph.nodeCount)
        for (row, source) in sources.enumerated() { rows[source] = Int32(row) }
        self.rows = rows
        hops = runner.gather(batches.count, startingWith: []) { Self.search(graph, from: batches[$0]) }
    }

    /// Whether distances from `node` were asked for.
    func has(_ node: Int) -> Bool { rows[node] >= 0 }

    /// Edges from `source`, which must be one of the sources, to `target`; infinite when there is no path.
    func distance(_ source: Int, _ target: Int) -> Double {
        let row = Int(rows[source])
        let batch = hops[row / 64]
        let value = batch[(row % 64) * rows.count + target]
        return value == Self.unreachable ? .infinity : Double(value)
    }

    private static func search(_ graph: Graph, from sources: [Int]) -> [UInt8] {
        let count = graph.nodeCount
        var hops = Array(repeating: unreachable, count: sources.count * count)
        graph.outgoing.searchTogether(from: sources) { source, node, level in
            hops[source * count + node] = level < Int(unreachable) ? UInt8(level) : unreachable
        }
        return hops
    }
}

extension Adjacency {
    /// Searches breadth first from at most 64 nodes at once, and calls `reach` for every source (its place in
    /// `sources`), every node it reaches, itself included, and the number of edges to it: level by level, nodes
    /// ascending.
    func searchTogether(from sources: [Int], _ reach: (_ source: Int, _ node: Int, _ level: Int) -> Void) {
        let count = start.count - 1
        var frontier = Array(repeating: UInt64(0), count: count)
        for (bit, source) in sources.prefix(64).enumerated() {
            frontier[source] |= 1 << UInt64(bit)
            reach(bit, source, 0)
        }
        var seen = frontier
        var reached = Array(repeating: UInt64(0), count: count)
        var level = 0
        var isGrowing = true
        while isGrowing {
            level += 1
            isGrowing = false
            for node in 0..<count where frontier[node] != 0 {
                let bits = frontier[node]
                for index in row(node) { reached[Int(neighbours[index])] |= bits }
            }
            for node in 0..<count {
                var fresh = reached[node] & ~seen[node]
                reached[node] = 0
                frontier[node] = fresh
                guard fresh != 0 else { continue }
                isGrowing = true
                seen[node] |= fresh
                while fresh != 0 {
                    reach(fresh.trailingZeroBitCount, node, level)
                    fresh &= fresh - 1
                }
            }
        }
    }
}
