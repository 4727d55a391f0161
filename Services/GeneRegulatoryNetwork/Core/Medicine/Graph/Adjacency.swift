/// The rows of a sparse matrix: the neighbours of each node, ascending, each once, with the weight of the edge.
struct Adjacency: Sendable, Equatable {
    /// Row `v` is `start[v] ..< start[v + 1]`.
    private(set) var start: [Int]
    private(set) var neighbours: [Int32]
    private(set) var weights: [Double]

    /// Rows of `entries`; entries of one pair become one, of summed weight, whatever their order.
    init(nodeCount: Int, entries: [(row: Int32, column: Int32, weight: Double)]) {
        var fill = Array(repeating: 0, count: nodeCount + 1)
        for entry in entries { fill[Int(entry.row) + 1] += 1 }
        for node in 0..<nodeCount { fill[node + 1] += fill[node] }
        var place = fill
        var sorted = Array(repeating: (column: Int32(0), weight: 0.0), count: entries.count)
        for entry in entries {
            sorted[place[Int(entry.row)]] = (entry.column, entry.weight)
            place[Int(entry.row)] += 1
        }
        start = [0]
        start.reserveCapacity(nodeCount + 1)
        neighbours = []
        neighbours.reserveCapacity(entries.count)
        weights = []
        weights.reserveCapacity(entries.count)
        for node in 0..<nodeCount {
            sorted[fill[node]..<fill[node + 1]].sort { ($0.column, $0.weight) < ($1.column, $1.weight) }
            let first = neighbours.count
            for entry in sorted[fill[node]..<fill[node + 1]] {
                if neighbours.count > first, neighbours[neighbours.count - 1] == entry.column {
                    weights[weights.count - 1] += entry.weight
                } else {
                    neighbours.append(entry.column)
                    weights.append(entry.weight)
                }
            }
            start.append(neighbours.count)
        }
    }

    /// Where the neighbours of a node stand in ``neighbours`` and ``weights``.
    func row(_ node: Int) -> Range<Int> { start[node]..<start[node + 1] }

    /// The sum of the weights of a row.
    func strength(_ node: Int) -> Double {
        var sum = 0.0
        for index in row(node) { sum += weights[index] }
        return sum
    }
}
