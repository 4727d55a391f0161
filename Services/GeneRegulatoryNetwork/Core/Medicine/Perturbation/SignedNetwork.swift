/// A network whose edges activate or repress, scaled so that effects fade.
///
/// Genes are numbered by name, ascending; edges of the same pair are added, and an edge without a sign counts nothing
/// unless it is asked to activate.
struct SignedNetwork: Sendable {
    /// How much an effect loses at most in one step.
    enum Scaling: Sendable {
        /// All weights are divided by ρ = min(‖W‖₁, ‖W‖∞), which is never below the spectral radius.
        case spectral
        /// The weights that enter a gene are divided by the sum of their sizes: every gene answers its regulators in
        /// full.
        case perTarget
    }

    let names: [String]
    /// Row t: the regulators of t and their signed weights, divided by the scale.
    let entering: Adjacency
    /// Whether one step shrinks the greatest difference (rows sum to at most 1) rather than the sum of differences
    /// (columns do).
    let shrinksGreatest: Bool

    init(_ network: RegulatoryNetwork, unsignedActivates: Bool, scaling: Scaling) {
        let names = Array(Set(network.genes)).sorted()
        var number: [String: Int32] = [:]
        for (place, name) in names.enumerated() { number[name] = Int32(place) }
        let places = network.genes.map { number[$0] ?? 0 }
        var entries: [(row: Int32, column: Int32, weight: Double)] = []
        entries.reserveCapacity(network.edges.count)
        for edge in network.edges {
            let sign = edge.sign == 0 && unsignedActivates ? 1 : Double(edge.sign.signum())
            guard sign != 0, edge.weight > 0, edge.weight.isFinite else { continue }
            entries.append((places[Int(edge.target)], places[Int(edge.regulator)], sign * edge.weight))
        }
        let raw = Adjacency(nodeCount: names.count, entries: entries)
        var rowSum = Array(repeating: 0.0, count: names.count)
        var columnSum = rowSum
        for row in names.indices {
            for index in raw.row(row) {
                rowSum[row] += abs(raw.weights[index])
                columnSum[Int(raw.neighbours[index])] += abs(raw.weights[index])
            }
        }
        let (greatestRow, greatestColumn) = (rowSum.max() ?? 0, columnSum.max() ?? 0)
        let scaled: [(row: Int32, column: Int32, weight: Double)]
        switch scaling {
        case .spectral:
            let radius = min(greatestRow, greatestColumn)
            scaled = Self.entries(of: raw) { _ in radius }
            shrinksGreatest = greatestRow <= greatestColumn
        case .perTarget:
            scaled = Self.entries(of: raw) { rowSum[$0] }
            shrinksGreatest = true
        }
        self.names = names
        entering = Adjacency(nodeCount: names.count, entries: scaled)
    }

    private static func entries(
        of raw: Adjacency, scale: (Int) -> Double
    ) -> [(row: Int32, column: Int32, weight: Double)] {
        var scaled: [(row: Int32, column: Int32, weight: Double)] = []
        scaled.reserveCapacity(raw.neighbours.count)
        for row in 0..<raw.start.count - 1 {
            let divisor = scale(row)
            for index in raw.row(row) where raw.weights[index] != 0 && divisor > 0 {
                scaled.append((Int32(row), raw.neighbours[index], raw.weights[index] / divisor))
            }
        }
        return scaled
    }
}
