/// How long an edge is for shortest paths.
public enum PathLength: String, Sendable, CaseIterable {
    /// Every edge is 1.
    case hops
    /// An edge is 1 / weight: a strong edge is short.
    case reciprocalWeight = "reciprocal-weight"
}

/// The shortest paths from one node; the arrays are used again for the next.
struct ShortestPaths {
    /// Length of the shortest path; infinite where there is none.
    private(set) var distance: [Double]
    /// The nodes that were reached, nearest first.
    private(set) var order: [Int32] = []
    private let adjacency: Adjacency
    private let length: PathLength
    private var heap: [(distance: Double, node: Int32)] = []

    /// Searches along the rows of `adjacency`.
    init(adjacency: Adjacency, nodeCount: Int, length: PathLength) {
        self.adjacency = adjacency
        self.length = length
        distance = Array(repeating: .infinity, count: nodeCount)
        order.reserveCapacity(nodeCount)
    }

    /// Finds all distances from `source`.
    mutating func search(from source: Int) {
        for node in order { distance[Int(node)] = .infinity }
        order.removeAll(keepingCapacity: true)
        distance[source] = 0
        switch length {
        case .hops: searchBreadthFirst(source)
        case .reciprocalWeight: searchNearestFirst(source)
        }
    }

    /// Whether a shortest path to `node` can come over `previous`, which is `weight` away; lengths that differ by
    /// rounding only are equal.
    func isOnShortestPath(_ previous: Int, _ node: Int, weight: Double) -> Bool {
        let (near, far) = (distance[previous], distance[node])
        guard near < far else { return false }
        switch length {
        case .hops: return near + 1 == far
        case .reciprocalWeight: return near + 1 / weight <= far * (1 + 1e-12)
        }
    }

    private mutating func searchBreadthFirst(_ source: Int) {
        order.append(Int32(source))
        var head = 0
        while head < order.count {
            let node = Int(order[head])
            head += 1
            let next = distance[node] + 1
            for index in adjacency.row(node) {
                let neighbour = Int(adjacency.neighbours[index])
                if distance[neighbour] == .infinity {
                    distance[neighbour] = next
                    order.append(Int32(neighbour))
                }
            }
        }
    }

    /// Dijkstra (1959) with a binary heap; entries that were overtaken are skipped.
    private mutating func searchNearestFirst(_ source: Int) {
        push(0, Int32(source))
        while let nearest = pop() {
            let node = Int(nearest.node)
            guard nearest.distance == distance[node] else { continue }
            order.append(nearest.node)
            for index in adjacency.row(node) {
                let neighbour = Int(adjacency.neighbours[index])
                let candidate = nearest.distance + 1 / adjacency.weights[index]
                if candidate < distance[neighbour] {
                    distance[neighbour] = candidate
                    push(candidate, Int32(neighbour))
                }
            }
        }
    }

    private mutating func push(_ distance: Double, _ node: Int32) {
        heap.append((distance, node))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> (distance: Double, node: Int32)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return first }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < heap[parent] else { break }
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }
}
