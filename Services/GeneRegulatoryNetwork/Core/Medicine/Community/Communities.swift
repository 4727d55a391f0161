/// A division of a network; every community hangs together.
public struct Communities: Sendable, Equatable {
    /// One community number per node; 0 is the largest, equal ones by their first node.
    public let membership: [Int]
    /// The number of communities.
    public let count: Int
    /// The quality that was sought.
    public let quality: Double

    /// The communities of raw numbers, renumbered.
    init(graph: Graph, raw: [Int], quality: CommunityQuality) {
        let split = Self.splitIntoPieces(graph, raw)
        var sizes: [Int: (count: Int, first: Int)] = [:]
        for (node, community) in split.enumerated() { sizes[community, default: (0, node)].count += 1 }
        let order = sizes.sorted {
            $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.value.first < $1.value.first
        }
        var number: [Int: Int] = [:]
        for (rank, entry) in order.enumerated() { number[entry.key] = rank }
        membership = split.map { number[$0] ?? 0 }
        count = order.count
        self.quality = graph.measured(membership, quality)
    }

    /// The nodes of each community, ascending.
    public var members: [[Int]] {
        var members = Array(repeating: [Int](), count: count)
        for (node, community) in membership.enumerated() { members[community].append(node) }
        return members
    }

    /// Cuts communities that do not hang together; that never makes the quality worse, since no edge is lost.
    private static func splitIntoPieces(_ graph: Graph, _ raw: [Int]) -> [Int] {
        var piece = Array(repeating: -1, count: raw.count)
        var pieces = 0
        for seed in raw.indices where piece[seed] < 0 {
            piece[seed] = pieces
            var members = [seed]
            while let node = members.popLast() {
                for index in graph.outgoing.row(node) {
                    let next = Int(graph.outgoing.neighbours[index])
                    if piece[next] < 0, raw[next] == raw[seed] {
                        piece[next] = pieces
                        members.append(next)
                    }
                }
            }
            pieces += 1
        }
        return piece
    }
}
