/// A centrality that is found by iteration, and how sure it is.
public struct SpectralCentrality: Sendable, Equatable {
    /// One value per node.
    public let values: [Double]
    /// How many times the network was walked.
    public let iterations: Int
    /// Whether ``error`` came below the tolerance within the allowed iterations.
    public let isConverged: Bool
    /// PageRank and Katz: a proven bound of the distance from the limit. Eigenvector: the last change, which is no
    /// bound.
    public let error: Double
}

extension Graph {
    /// PageRank (Brin and Page, Computer Networks 30:107, 1998): p = d (Pᵀ p + dangling mass / n) + (1 - d) / n, where
    /// row v of P shares the weights of the edges that leave v. A node that no edge leaves gives its mass to all.
    ///
    /// The step contracts by d in the sum of absolute differences, so |p_k - p| <= d / (1 - d) |p_k - p_(k-1)|: this
    /// bound is `error`.
    /// - Throws: `bad-setting` when `damping` is not in 0..<1.
    public func pageRank(
        damping: Double = 0.85, tolerance: Double = 1e-12, maximumIterations: Int = 1000
    ) throws(MedicineError) -> SpectralCentrality {
        guard (0..<1).contains(damping) else {
            throw MedicineError(.badSetting, operation: "PageRank", detail: "damping \(damping) is not in 0..<1")
        }
        let out = (0..<nodeCount).map { outgoing.strength($0) }
        let uniform = 1 / Double(max(nodeCount, 1))
        return iterated(
            from: Array(repeating: uniform, count: nodeCount), bound: damping / (1 - damping), tolerance: tolerance,
            maximumIterations: maximumIterations
        ) { current in
            var dangling = 0.0
            for node in current.indices where out[node] == 0 { dangling += current[node] }
            let base = (1 - damping + damping * dangling) * uniform
            return current.indices.map { node in
                var sum = 0.0
                for index in incoming.row(node) {
                    let source = Int(incoming.neighbours[index])
                    sum += current[source] * incoming.weights[index] / out[source]
                }
                return damping * sum + base
            }
        }
    }

    /// Katz centrality (Psychometrika 18:39, 1953): x = α Aᵀ x + 1, where α = `attenuation` / ρ and ρ is the smaller of
    /// the greatest row sum and the greatest column sum of A, which is never less than the spectral radius: the series
    /// converges for every `attenuation` below 1.
    ///
    /// The step contracts by `attenuation` in the norm of the smaller sum; `error` is the bound attenuation / (1 -
    /// attenuation) |x_k - x_(k-1)|₁ of the sum of differences when columns are the smaller, of n times the greatest
    /// difference otherwise.
    /// - Throws: `bad-setting` when `attenuation` is not in 0..<1.
    public func katz(
        attenuation: Double = 0.85, tolerance: Double = 1e-10, maximumIterations: Int = 1000
    ) throws(MedicineError) -> SpectralCentrality {
        guard (0..<1).contains(attenuation) else {
            throw MedicineError(.badSetting, operation: "Katz", detail: "attenuation \(attenuation) is not in 0..<1")
        }
        let greatestOut = (0..<nodeCount).map { outgoing.strength($0) }.max() ?? 0
        let greatestIn = (0..<nodeCount).map { incoming.strength($0) }.max() ?? 0
        let radius = min(greatestOut, greatestIn)
        let alpha = radius > 0 ? attenuation / radius : 0
        // In the norm of the greatest difference the sum of differences is at most n times as large.
        let spread = greatestOut <= greatestIn ? 1 : Double(nodeCount)
        return iterated(
            from: Array(repeating: 1, count: nodeCount), bound: spread * attenuation / (1 - attenuation),
            tolerance: tolerance, maximumIterations: maximumIterations
        ) { current in
            current.indices.map { node in
                var sum = 0.0
                for index in incoming.row(node) {
                    sum += current[Int(incoming.neighbours[index])] * incoming.weights[index]
                }
                return alpha * sum + 1
            }
        }
    }

    /// Eigenvector centrality (Bonacich, J Math Sociol 2:113, 1972): the leading eigenvector of Aᵀ, of length 1, by
    /// powers of Aᵀ + I, which has the same eigenvectors and does not swing on bipartite graphs.
    ///
    /// In a graph in pieces the piece of the greatest eigenvalue takes all, and a graph without a cycle has no such
    /// vector: then the iteration goes on for ever and `isConverged` is false.
    public func eigenvectorCentrality(
        tolerance: Double = 1e-12, maximumIterations: Int = 10_000
    ) -> SpectralCentrality {
        let start = 1 / Double(max(nodeCount, 1)).squareRoot()
        return iterated(
            from: Array(repeating: start, count: nodeCount), bound: 1, tolerance: tolerance,
            maximumIterations: maximumIterations
        ) { current in
            var next = current
            for node in current.indices {
                for index in incoming.row(node) {
                    next[node] += current[Int(incoming.neighbours[index])] * incoming.weights[index]
                }
            }
            var square = 0.0
            for value in next { square += value * value }
            let length = square.squareRoot()
            return length > 0 ? next.map { $0 / length } : next
        }
    }

    private func iterated(
        from start: [Double], bound: Double, tolerance: Double, maximumIterations: Int,
        _ step: ([Double]) -> [Double]
    ) -> SpectralCentrality {
        var current = start
        var error = Double.infinity
        var iterations = 0
        while iterations < maximumIterations, error > tolerance {
            let next = step(current)
            var change = 0.0
            for node in next.indices { change += abs(next[node] - current[node]) }
            current = next
            error = change * bound
            iterations += 1
        }
        return SpectralCentrality(
            values: current, iterations: iterations, isConverged: error <= tolerance, error: error)
    }
}
