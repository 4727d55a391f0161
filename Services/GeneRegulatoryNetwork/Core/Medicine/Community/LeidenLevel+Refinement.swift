extension LeidenLevel {
    /// Refinement (Traag 2019, algorithm A.2, RefinePartition): within each community every node begins alone; a node
    /// that is still alone and is well connected to the rest of its community joins, at random with weight exp(gain /
    /// θ), one of the well-connected parts next to it whose gain is not negative. Parts therefore hang together.
    ///
    /// - Parameter randomness: θ, in units of the typical weight of an edge.
    func refined(_ communities: [Int32], randomness: Double, generator: inout SeededGenerator) -> [Int32] {
        let count = nodeCount
        var communitySize = Array(repeating: 0.0, count: count)
        for node in 0..<count { communitySize[Int(communities[node])] += size[node] }
        // Of each part: S, the weight to the rest of its community, and whether it is a single node.
        var part = (0..<Int32(count)).map { $0 }
        var partSize = size
        var outward = Array(repeating: 0.0, count: count)
        var isSingle = Array(repeating: true, count: count)
        for node in 0..<count {
            for index in adjacency.row(node)
            where communities[Int(adjacency.neighbours[index])] == communities[node] {
                outward[node] += adjacency.weights[index]
            }
        }
        func isWellConnected(_ part: Int, within whole: Double) -> Bool {
            outward[part] + threshold >= penalty * partSize[part] * (whole - partSize[part])
        }
        var weightTo = Array(repeating: 0.0, count: count)
        var touched: [Int32] = []
        var chances: [(part: Int32, gain: Double)] = []
        for node in (0..<count).shuffled(using: &generator) {
            let whole = communitySize[Int(communities[node])]
            guard isSingle[node], isWellConnected(node, within: whole) else { continue }
            touched.removeAll(keepingCapacity: true)
            for index in adjacency.row(node) {
                let neighbour = Int(adjacency.neighbours[index])
                guard communities[neighbour] == communities[node] else { continue }
                let other = part[neighbour]
                if weightTo[Int(other)] == 0 { touched.append(other) }
                weightTo[Int(other)] += adjacency.weights[index]
            }
            chances.removeAll(keepingCapacity: true)
            chances.append((Int32(node), 0))
            for other in touched where isWellConnected(Int(other), within: whole) {
                let gain = weightTo[Int(other)] - penalty * size[node] * partSize[Int(other)]
                if gain >= 0 { chances.append((other, gain)) }
            }
            let chosen = Self.drawn(chances, temperature: randomness * scale, generator: &generator)
            if Int(chosen) != node {
                let weight = weightTo[Int(chosen)]
                part[node] = chosen
                isSingle[Int(chosen)] = false
                isSingle[node] = false
                partSize[Int(chosen)] += size[node]
                outward[Int(chosen)] += outward[node] - 2 * weight
            }
            for other in touched { weightTo[Int(other)] = 0 }
        }
        return part
    }

    private static func drawn(
        _ chances: [(part: Int32, gain: Double)], temperature: Double, generator: inout SeededGenerator
    ) -> Int32 {
        var greatest = chances[0]
        for chance in chances where chance.gain > greatest.gain { greatest = chance }
        guard chances.count > 1 else { return greatest.part }
        let weights = chances.map { Elementary.exponential(($0.gain - greatest.gain) / temperature) }
        var rest = generator.uniform() * weights.reduce(0, +)
        for (chance, weight) in zip(chances, weights) {
            rest -= weight
            if rest < 0 { return chance.part }
        }
        return greatest.part
    }
}
