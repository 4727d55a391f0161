/// What happens to the other genes when some are held: effects run along signed regulations until they settle.
public struct InSilicoPerturbation: Sendable {
    /// How effects run.
    public enum Model: Sendable, Hashable {
        /// Linear: x_t = α Σ_r W_tr x_r, the perturbed genes held; that is x = (I - αW)⁻¹ b with b the perturbation,
        /// edges into the perturbed genes cut. W is divided by ρ = min(‖W‖₁, ‖W‖∞) >= its spectral radius, so that each
        /// step shrinks differences by α in that norm: the iteration converges to the only solution for every α below
        /// 1, and |x_k - x| <= α / (1 - α) |x_k - x_(k-1)|.
        case linear(attenuation: Double)
        /// The same, W divided by the weights that enter each gene instead: a gene of few regulators answers as much as
        /// one of many.
        case linearPerTarget(attenuation: Double)
        /// Signed random walk with restart (Jung and others, ICDM 2016): walkers start at the perturbed genes, return
        /// with probability `restart`, take an edge in proportion to its weight, and change their sign on a repression;
        /// the effect is positive less negative walkers. A walker at a gene that regulates nothing is lost.
        case randomWalk(restart: Double)
    }

    private let model: Model
    private let network: SignedNetwork
    private let leaving: [Double]

    /// A network under perturbation.
    ///
    /// - Parameters:
    ///   - network: signed regulations.
    ///   - model: how effects run.
    ///   - unsignedActivates: whether an edge of unknown sign activates; otherwise it is left out.
    /// - Throws: `bad-setting` for an attenuation that is not in 0..<1 or a restart that is not in 0...1 without 0.
    public init(
        network: RegulatoryNetwork, model: Model = .linear(attenuation: 0.9), unsignedActivates: Bool = false
    ) throws(MedicineError) {
        var scaling = SignedNetwork.Scaling.spectral
        switch model {
        case .linear(let attenuation), .linearPerTarget(let attenuation):
            guard (0..<1).contains(attenuation) else {
                throw MedicineError(
                    .badSetting, operation: "perturbation", detail: "attenuation \(attenuation) is not in 0..<1")
            }
            if case .linearPerTarget = model { scaling = .perTarget }
        case .randomWalk(let restart):
            guard restart > 0, restart <= 1 else {
                throw MedicineError(
                    .badSetting, operation: "perturbation", detail: "restart \(restart) is not above 0 and at most 1")
            }
        }
        self.model = model
        self.network = SignedNetwork(network, unsignedActivates: unsignedActivates, scaling: scaling)
        var leaving = Array(repeating: 0.0, count: self.network.names.count)
        for (place, regulator) in self.network.entering.neighbours.enumerated() {
            leaving[Int(regulator)] += abs(self.network.entering.weights[place])
        }
        self.leaving = leaving
    }

    /// The ranked effects of holding some genes; perturbations of one gene are added.
    ///
    /// - Parameters:
    ///   - perturbations: what is done.
    ///   - tolerance: the bound of the error at which the walk ends.
    /// - Throws: `empty-set` when no perturbed gene is in the network; `bad-setting` for a level that is not finite.
    public func effect(
        of perturbations: [Perturbation], tolerance: Double = 1e-12
    ) throws(MedicineError) -> PerturbationEffect {
        var level: [Int: Double] = [:]
        var ignored: Set<String> = []
        for perturbation in perturbations {
            guard perturbation.level.isFinite else {
                throw MedicineError(
                    .badSetting, operation: "perturbation", detail: "the level of \(perturbation.gene) is not finite")
            }
            if let gene = place(of: perturbation.gene) {
                level[gene, default: 0] += perturbation.level
            } else {
                ignored.insert(perturbation.gene)
            }
        }
        guard !level.isEmpty else {
            throw MedicineError(
                .emptySet, operation: "perturbation", detail: "no perturbed gene is in the network")
        }
        var solution: SteadyState
        switch model {
        case .linear(let attenuation), .linearPerTarget(let attenuation):
            solution = SteadyState(held: level, network: network, attenuation: attenuation, tolerance: tolerance)
        case .randomWalk(let restart):
            solution = SteadyState(
                start: level, network: network, leaving: leaving, restart: restart, tolerance: tolerance)
        }
        let changed = network.names.indices.filter { level[$0] == nil && solution.values[$0] != 0 }
        let ranked = changed.sorted { one, other in
            let (a, b) = (abs(solution.values[one]), abs(solution.values[other]))
            return a != b ? a > b : one < other
        }
        return PerturbationEffect(
            changes: ranked.map { PerturbationEffect.Change(gene: network.names[$0], effect: solution.values[$0]) },
            iterations: solution.iterations, error: solution.error, ignored: ignored.sorted())
    }

    private func place(of gene: String) -> Int? {
        var (low, high) = (0, network.names.count)
        while low < high {
            let middle = (low + high) / 2
            if network.names[middle] < gene { low = middle + 1 } else { high = middle }
        }
        return low < network.names.count && network.names[low] == gene ? low : nil
    }
}
