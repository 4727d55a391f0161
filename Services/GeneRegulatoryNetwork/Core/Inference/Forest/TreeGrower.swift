/// Grows the trees of one target and adds up what each regulator explains.
///
/// A sum of samples is one word, the levels above and their number in the lower 20 bits, so that one addition carries both and no sum depends
/// on an order.
struct TreeGrower: ~Copyable {
    /// Regulator by regulator the reduction of variance, as a share of the target's variance, summed over the trees grown.
    private(set) var importance: [Double]

    private let settings: ForestSettings
    private let target: TargetLevels
    private let original: [Int32]
    private var candidates: [Int32]
    private let drawn: Int
    private var random = SeededGenerator(seed: 0)
    private var stack: [Node] = []
    private var nodes: NodeSamples

    /// A part of the tree's samples.
    private struct Node {
        var start: Int
        var end: Int
        var sum: Int64
    }

    init(_ bins: SharedBins, _ target: TargetLevels, candidates: [Int32], settings: ForestSettings) {
        self.settings = settings
        self.target = target
        self.candidates = candidates
        original = candidates
        drawn = settings.candidates.number(of: candidates.count)
        importance = Array(repeating: 0, count: bins.tops.count)
        nodes = NodeSamples(bins)
    }

    /// Grows one tree.
    mutating func grow(_ generator: SeededGenerator) {
        random = generator
        candidates.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: original) }
        let total = sample()
        stack.append(Node(start: 0, end: nodes.count, sum: total))
        while let node = stack.popLast() {
            guard node.end - node.start >= settings.leastSplit else { continue }
            guard !nodes.isConstant(from: node.start, to: node.end) else { continue }
            guard let split = best(node) else { continue }
            let gain = split.score - nodes.score(node.sum)
            if gain > 0 { importance[split.regulator] += gain / target.spread }
            let middle = nodes.part(from: node.start, to: node.end, split)
            stack.append(Node(start: middle, end: node.end, sum: node.sum - split.sum))
            stack.append(Node(start: node.start, end: middle, sum: split.sum))
        }
    }

    /// Chooses the tree's samples: drawn with replacement for a random forest, all for extra trees.
    private mutating func sample() -> Int64 {
        let count = target.values.count
        var weights = Array(repeating: Int64(settings.ensemble == .randomForest ? 0 : 1), count: count)
        if settings.ensemble == .randomForest {
            for _ in 0..<count { weights[random.index(below: count)] += 1 }
        }
        return nodes.fill(target.values, weights)
    }

    /// The best split of the candidates drawn: the first of equals.
    private mutating func best(_ node: Node) -> TreeSplit? {
        var best = TreeSplit(regulator: -1, bin: 0, sum: 0, score: -1)
        let isPair = node.end - node.start == 2
        for draw in candidates.indices {
            if draw >= drawn, best.regulator >= 0 { break }
            candidates.swapAt(draw, draw + random.index(below: candidates.count - draw))
            let regulator = Int(candidates[draw])
            if isPair {
                // Two samples part in one way only: the first regulator that parts them is the best.
                if let split = nodes.pair(at: node.start, sum: node.sum, regulator) { return split }
            } else if settings.ensemble == .randomForest {
                nodes.search(from: node.start, to: node.end, sum: node.sum, regulator, &best)
            } else {
                nodes.cut(from: node.start, to: node.end, sum: node.sum, regulator, &random, &best)
            }
        }
        return best.regulator < 0 ? nil : best
    }
}
