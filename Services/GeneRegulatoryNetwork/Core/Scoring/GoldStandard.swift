/// One known regulation, by names.
public struct GoldEdge: Sendable, Hashable {
    /// The regulator's name.
    public let regulator: String
    /// The regulated gene's name.
    public let target: String
    /// 1 activation, -1 repression, 0 not told.
    public let sign: Int8

    /// A known regulation.
    public init(regulator: String, target: String, sign: Int8 = 0) {
        self.regulator = regulator
        self.target = target
        self.sign = sign
    }
}

/// The known regulations that a network is scored against; self pairs and repeats are left out.
public struct GoldStandard: Sendable, Hashable {
    /// Each ordered pair once, in the order they came.
    public let edges: [GoldEdge]
    /// The number of self pairs that were left out.
    public let selfPairs: Int
    /// The number of repeats that were left out.
    public let repeats: Int

    /// A gold standard of edges.
    public init(_ all: [GoldEdge]) {
        var seen: Set<[String]> = []
        var edges: [GoldEdge] = []
        var (selfPairs, repeats) = (0, 0)
        for edge in all {
            if edge.regulator == edge.target {
                selfPairs += 1
            } else if seen.insert([edge.regulator, edge.target]).inserted {
                edges.append(edge)
            } else {
                repeats += 1
            }
        }
        self.edges = edges
        self.selfPairs = selfPairs
        self.repeats = repeats
    }

    /// The names that regulate.
    public var regulators: Set<String> { Set(edges.map(\.regulator)) }
    /// The names that are regulated.
    public var targets: Set<String> { Set(edges.map(\.target)) }

    /// The names that are none of `genes`, sorted.
    public func unknown(among genes: some Sequence<String>) -> [String] {
        regulators.union(targets).subtracting(genes).sorted()
    }
}
