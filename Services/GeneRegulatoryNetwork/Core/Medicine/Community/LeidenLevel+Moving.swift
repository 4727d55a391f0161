extension LeidenLevel {
    /// Fast local moving (Traag 2019, algorithm A.2, MoveNodesFast): a queue of nodes in random order; each goes where
    /// the gain is greatest, an empty community included; then those neighbours that are elsewhere are asked again.
    ///
    /// - Returns: whether a node has moved. `membership` holds numbers below the number of nodes.
    func moveNodes(_ membership: inout [Int32], generator: inout SeededGenerator) -> Bool {
        let count = nodeCount
        var total = Array(repeating: 0.0, count: count)
        var members = Array(repeating: Int32(0), count: count)
        for node in 0..<count {
            total[Int(membership[node])] += size[node]
            members[Int(membership[node])] += 1
        }
        var empty = (0..<count).filter { members[$0] == 0 }.map(Int32.init)
        var queue = (0..<Int32(count)).shuffled(using: &generator)
        var isQueued = Array(repeating: true, count: count)
        var weightTo = Array(repeating: 0.0, count: count)
        var isTouched = Array(repeating: false, count: count)
        var touched: [Int32] = []
        var head = 0
        var hasMoved = false
        while head < queue.count {
            let node = Int(queue[head])
            head += 1
            isQueued[node] = false
            let home = Int(membership[node])
            for index in adjacency.row(node) {
                let community = membership[Int(adjacency.neighbours[index])]
                if !isTouched[Int(community)] {
                    isTouched[Int(community)] = true
                    touched.append(community)
                }
                weightTo[Int(community)] += adjacency.weights[index]
            }
            let own = size[node]
            var best = home
            var bestGain = weightTo[home] - penalty * own * (total[home] - own) + threshold
            if members[home] > 1, bestGain < 0, let free = empty.last {
                best = Int(free)
                bestGain = 0
            }
            for community in touched where Int(community) != home {
                let gain = weightTo[Int(community)] - penalty * own * total[Int(community)]
                if gain > bestGain {
                    best = Int(community)
                    bestGain = gain
                }
            }
            for community in touched {
                weightTo[Int(community)] = 0
                isTouched[Int(community)] = false
            }
            touched.removeAll(keepingCapacity: true)
            guard best != home else { continue }
            hasMoved = true
            if members[best] == 0 { empty.removeLast() }
            membership[node] = Int32(best)
            total[home] -= own
            total[best] += own
            members[home] -= 1
            members[best] += 1
            if members[home] == 0 {
                total[home] = 0
                empty.append(Int32(home))
            }
            for index in adjacency.row(node) {
                let neighbour = Int(adjacency.neighbours[index])
                if !isQueued[neighbour], Int(membership[neighbour]) != best {
                    isQueued[neighbour] = true
                    queue.append(Int32(neighbour))
                }
            }
        }
        return hasMoved
    }
}
