/// What kind of data an edge stands on; the stronger kind comes later.
public enum EvidenceClass: String, Sendable, Hashable, CaseIterable {
    /// Levels go together.
    case association
    /// A change of the regulator comes before a change of the target.
    case temporal
    /// The regulator was knocked out or down, and the target answered.
    case interventional
}

/// One inferred regulation.
public struct RegulatoryEdge: Sendable, Hashable {
    /// The regulator, a number of ``RegulatoryNetwork/genes``.
    public var regulator: Int32
    /// The regulated gene.
    public var target: Int32
    /// The method's score; comparable within one network only.
    public var weight: Double
    /// 1 activation, -1 repression, 0 not known.
    public var sign: Int8
    /// What it stands on.
    public var evidence: EvidenceClass
    /// The share of subsamples in which the edge was among the best, 0...1; nil when it was not asked for.
    public var stability: Double?

    /// An edge.
    public init(
        regulator: Int32, target: Int32, weight: Double, sign: Int8 = 0, evidence: EvidenceClass = .association,
        stability: Double? = nil
    ) {
        self.regulator = regulator
        self.target = target
        self.weight = weight
        self.sign = sign
        self.evidence = evidence
        self.stability = stability
    }
}

/// Genes and the ranked edges between them.
public struct RegulatoryNetwork: Sendable, Equatable {
    /// The genes' names.
    public let genes: [String]
    /// The best first; edges of equal weight by the names of regulator and target, so that the order of columns changes nothing.
    public let edges: [RegulatoryEdge]

    /// A network of `edges`, which are put into their order.
    public init(genes: [String], edges: [RegulatoryEdge]) {
        self.genes = genes
        var place = Array(repeating: Int32(0), count: genes.count)
        for (rank, gene) in genes.indices.sorted(by: { (genes[$0], $0) < (genes[$1], $1) }).enumerated() {
            place[gene] = Int32(rank)
        }
        self.edges = edges.sorted { one, other in
            if one.weight != other.weight { return one.weight > other.weight }
            let (a, b) = (place[Int(one.regulator)], place[Int(other.regulator)])
            return a != b ? a < b : place[Int(one.target)] < place[Int(other.target)]
        }
    }

    /// All pairs of a score matrix, self pairs left out.
    public init(genes: [String], scores: ScoreMatrix, evidence: EvidenceClass = .association) {
        var edges: [RegulatoryEdge] = []
        edges.reserveCapacity(scores.values.count)
        for (row, regulator) in scores.regulators.enumerated() {
            for target in 0..<scores.geneCount where target != regulator {
                let index = scores.index(regulator: row, target: target)
                edges.append(
                    RegulatoryEdge(
                        regulator: Int32(regulator), target: Int32(target), weight: scores.values[index],
                        sign: scores.signs[index], evidence: evidence))
            }
        }
        self.init(genes: genes, edges: edges)
    }
}
