extension DIAMOnD {
    /// A module that grows: the links of every gene to it are kept up to date.
    struct Growth {
        /// The gene whose turn it is.
        struct Best {
            var node: Int
            var links: Int
            var degree: Int
            var pValue: Double
            var tied: Int
        }

        private let graph: Graph
        private let degrees: [Int]
        private let alpha: Int
        private let chance: ConnectivityPValue
        private var isMember: [Bool]
        private var links: [Int]
        private var memberCount: Int
        /// The size of the module as the p-value sees it.
        private var weightedSize: Int

        init(graph: Graph, degrees: [Int], seeds: [Int], alpha: Int) {
            self.graph = graph
            self.degrees = degrees
            self.alpha = alpha
            weightedSize = alpha * seeds.count
            chance = ConnectivityPValue(population: graph.nodeCount + (alpha - 1) * weightedSize)
            isMember = Array(repeating: false, count: graph.nodeCount)
            links = Array(repeating: 0, count: graph.nodeCount)
            memberCount = 0
            for seed in seeds { include(seed) }
        }

        /// Takes a gene into the module.
        mutating func join(_ node: Int) {
            include(node)
            weightedSize = memberCount
        }

        /// The p-value of a gene next to the module; nil for others.
        func pValue(of node: Int) -> Double? {
            guard !isMember[node], links[node] > 0 else { return nil }
            let counts = weighted(node)
            return chance.value(links: counts.links, degree: counts.degree, module: weightedSize)
        }

        /// The gene whose turn it is; nil when no gene is next to the module.
        func best() -> Best? {
            var candidates: [Int: Best] = [:]
            var candidateOrder: [Int] = []
            for node in degrees.indices where links[node] > 0 && !isMember[node] {
                let counts = weighted(node)
                guard let other = candidates[counts.links] else {
                    candidateOrder.append(counts.links)
                    candidates[counts.links] = Best(
                        node: node, links: counts.links, degree: counts.degree, pValue: 0, tied: 1)
                    continue
                }
                if counts.degree < other.degree {
                    candidates[counts.links] = Best(
                        node: node, links: counts.links, degree: counts.degree, pValue: 0, tied: 1)
                } else if counts.degree == other.degree {
                    candidates[counts.links]?.node = node
                    candidates[counts.links]?.tied += 1
                }
            }
            var reduced: [Int: Best] = [:]
            var reducedOrder: [Int] = []
            for case let candidate? in candidateOrder.map({ candidates[$0] }) {
                if let other = reduced[candidate.degree] {
                    if candidate.links > other.links { reduced[candidate.degree] = candidate }
                } else {
                    reducedOrder.append(candidate.degree)
                    reduced[candidate.degree] = candidate
                }
            }
            var best: Best?
            for case var candidate? in reducedOrder.map({ reduced[$0] }) {
                candidate.pValue = chance.value(
                    links: candidate.links, degree: candidate.degree, module: weightedSize)
                // A p-value that is no number is never the smallest.
                if candidate.pValue < best?.pValue ?? 10 { best = candidate }
            }
            return best
        }

        private func weighted(_ node: Int) -> (links: Int, degree: Int) {
            (alpha * links[node], degrees[node] + (alpha - 1) * links[node])
        }

        private mutating func include(_ node: Int) {
            isMember[node] = true
            memberCount += 1
            for index in graph.outgoing.row(node) { links[Int(graph.outgoing.neighbours[index])] += 1 }
        }
    }
}
