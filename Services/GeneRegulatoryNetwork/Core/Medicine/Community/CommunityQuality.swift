/// What makes a division of a network into communities good.
public enum CommunityQuality: Sendable, Hashable {
    /// Modularity with a resolution γ (Newman and Girvan 2004; Reichardt and Bornholdt, Phys Rev E 74:016110, 2006):
    /// Q = 1/2m Σ_c (2 e_c - γ K_c² / 2m), where e_c is the weight within a community, K_c the strength of its nodes
    /// and m the whole weight.
    case modularity(resolution: Double)
    /// The constant Potts model (Traag, Van Dooren and Nesterov, Phys Rev E 84:016114, 2011): H = Σ_c (e_c - γ n_c (n_c
    /// - 1) / 2). A community is denser than γ inside and sparser than γ to the others; there is no resolution limit.
    case constantPotts(resolution: Double)

    /// γ.
    public var resolution: Double {
        switch self {
        case .modularity(let resolution), .constantPotts(let resolution): resolution
        }
    }
}

extension Graph {
    /// The quality of a division. Direction is left aside. 0 for the modularity of a graph without edges.
    ///
    /// - Parameters:
    ///   - membership: one community number per node, 0 or more.
    ///   - quality: what is measured.
    /// - Throws: `mismatch` when there is not one such number per node.
    public func quality(of membership: [Int], as quality: CommunityQuality) throws(MedicineError) -> Double {
        guard membership.count == nodeCount, membership.allSatisfy({ $0 >= 0 }) else {
            throw MedicineError(
                .mismatch, operation: "quality of communities",
                detail: "\(membership.count) numbers for \(nodeCount) nodes, or one below 0")
        }
        // Numbers of any size become 0, 1, 2...
        var number: [Int: Int] = [:]
        for community in membership where number[community] == nil { number[community] = number.count }
        return measured(membership.map { number[$0] ?? 0 }, quality)
    }

    /// The quality of a division into communities numbered from 0.
    func measured(_ membership: [Int], _ quality: CommunityQuality) -> Double {
        let graph = undirected
        let count = (membership.max() ?? -1) + 1
        var within = Array(repeating: 0.0, count: count)
        var size = Array(repeating: 0.0, count: count)
        var strength = size
        let strengths = graph.outStrengths()
        for node in 0..<graph.nodeCount {
            let community = membership[node]
            size[community] += 1
            strength[community] += strengths[node]
            for index in graph.outgoing.row(node) where graph.outgoing.neighbours[index] >= node {
                if membership[Int(graph.outgoing.neighbours[index])] == community {
                    within[community] += graph.outgoing.weights[index]
                }
            }
        }
        var sum = 0.0
        switch quality {
        case .modularity(let resolution):
            let doubleWeight = strengths.reduce(0, +)
            guard doubleWeight > 0 else { return 0 }
            for community in 0..<count {
                sum +=
                    2 * within[community] / doubleWeight
                    - resolution * (strength[community] / doubleWeight) * (strength[community] / doubleWeight)
            }
        case .constantPotts(let resolution):
            for community in 0..<count {
                sum += within[community] - resolution * size[community] * (size[community] - 1) / 2
            }
        }
        return sum
    }
}
