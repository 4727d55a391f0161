/// Where a contraction ends, with a bound of the error.
struct SteadyState: Sendable {
    private(set) var values: [Double]
    private(set) var iterations = 0
    private(set) var error = Double.infinity

    /// x = αWx with some genes held: Jacobi steps.
    init(held: [Int: Double], network: SignedNetwork, attenuation: Double, tolerance: Double) {
        let entering = network.entering
        var start = Array(repeating: 0.0, count: network.names.count)
        for (gene, level) in held { start[gene] = level }
        values = start
        iterate(
            contraction: attenuation, usesGreatest: network.shrinksGreatest, tolerance: tolerance
        ) { current in
            current.indices.map { gene in
                if let level = held[gene] { return level }
                var sum = 0.0
                for index in entering.row(gene) {
                    sum += entering.weights[index] * current[Int(entering.neighbours[index])]
                }
                return attenuation * sum
            }
        }
    }

    /// r = (1 - c) Pᵀ r + c s: positive less negative walkers are linear in the signed transition, whose columns sum to
    /// at most 1.
    init(start: [Int: Double], network: SignedNetwork, leaving: [Double], restart: Double, tolerance: Double) {
        let entering = network.entering
        // The sum in the order of genes: that of a dictionary is not fixed.
        let total = start.keys.sorted().reduce(0) { $0 + abs(start[$1] ?? 0) }
        var seed = Array(repeating: 0.0, count: network.names.count)
        for (gene, level) in start where total > 0 { seed[gene] = level / total }
        values = seed
        iterate(contraction: 1 - restart, usesGreatest: false, tolerance: tolerance) { current in
            current.indices.map { gene in
                var sum = 0.0
                for index in entering.row(gene) {
                    let regulator = Int(entering.neighbours[index])
                    sum += entering.weights[index] / leaving[regulator] * current[regulator]
                }
                return (1 - restart) * sum + restart * seed[gene]
            }
        }
    }

    private mutating func iterate(
        contraction: Double, usesGreatest: Bool, tolerance: Double, _ step: ([Double]) -> [Double]
    ) {
        // A contraction reaches the grain of Double at the latest after this many steps.
        let limit = 40 + Int(min(1e6, 45 / max(1 - contraction, 1e-9)))
        while iterations < limit, error > tolerance {
            let next = step(values)
            var greatest = 0.0
            var sum = 0.0
            for index in next.indices {
                let change = abs(next[index] - values[index])
                greatest = max(greatest, change)
                sum += change
            }
            values = next
            iterations += 1
            error = (usesGreatest ? greatest : sum) * contraction / (1 - contraction)
        }
    }
}
