/// The activity of one regulator, read from its targets.
public struct RegulatorActivity: Sendable, Equatable {
    /// The regulator.
    public let regulator: String
    /// The targets that are in the signature.
    public let targetCount: Int
    /// The enrichment score of aREA, before normalisation.
    public let score: Double
    /// The normalised score as published: above 0 the regulator is more active than normal. For targets taken blindly
    /// it is standard normal when modes are -1 or 1 and likelihoods equal, and narrower, so that p-values err on the
    /// careful side, when likelihoods differ.
    public let normalisedScore: Double
    /// Two-sided.
    public let pValue: Double
    /// Benjamini-Hochberg over all regulators that were tested.
    public let qValue: Double
}

/// Regulators whose targets a signature moves: aREA, the enrichment of VIPER (Alvarez and others, Nat Genet 48:838,
/// 2016), of which MARINa is the older form.
///
/// With r_g the rank of gene g of n (ascending, ties averaged), T2 = Φ⁻¹(r / (n + 1)), T1 = Φ⁻¹(t + (1 - max t) / 2), t
/// = |2 r / (n + 1) - 1|, likelihoods w scaled to a sum of 1 and modes m: directed = Σ w m T2, undirected = Σ w (1 -
/// |m|) T1, score = (|directed| + max(0, undirected)) sign(directed), normalised = score √Σ (likelihood / greatest)².
/// Shadow and pleiotropy analysis are not part of it.
public struct MasterRegulators: Sendable {
    /// The regulons, each tested on its own.
    public let regulons: [Regulon]
    /// Regulons with fewer targets in the signature are not tested; 20 in VIPER.
    public let minimumTargets: Int

    /// A test of some regulons.
    public init(regulons: [Regulon], minimumTargets: Int = 20) {
        self.regulons = regulons
        self.minimumTargets = max(1, minimumTargets)
    }

    /// The activities of the regulators: the greatest normalised score, of either sign, first; then by name. A
    /// repressor whose targets fall is active.
    public func activities(in signature: GeneSignature) -> [RegulatorActivity] {
        let ranks = signature.averageRanks
        let total = Double(signature.genes.count + 1)
        let spread = ranks.map { abs($0 / total - 0.5) * 2 }
        let shift = (1 - (spread.max() ?? 0)) / 2
        let directed = ranks.map { Normal.quantile($0 / total) }
        let undirected = spread.map { Normal.quantile($0 + shift) }
        var place: [String: Int] = [:]
        for (index, gene) in signature.genes.enumerated() { place[gene] = index }
        var rows: [(regulator: String, count: Int, score: Double, normalised: Double)] = []
        for regulon in regulons {
            let targets = regulon.targets.compactMap { target in place[target.gene].map { (target, $0) } }
            guard targets.count >= minimumTargets else { continue }
            let greatest = targets.map(\.0.likelihood).max() ?? 1
            var (sum, square, up, any) = (0.0, 0.0, 0.0, 0.0)
            for (target, index) in targets {
                let weight = target.likelihood / greatest
                sum += weight
                square += weight * weight
                up += weight * target.mode * directed[index]
                any += weight * (1 - abs(target.mode)) * undirected[index]
            }
            let score = (abs(up) + max(0, any)) / sum * (up < 0 ? -1 : 1)
            rows.append((regulon.regulator, targets.count, score, score * square.squareRoot()))
        }
        let pValues = rows.map { Normal.twoSided($0.normalised) }
        let qValues = FalseDiscovery.benjaminiHochberg.adjusted(pValues)
        return rows.indices.map { row in
            RegulatorActivity(
                regulator: rows[row].regulator, targetCount: rows[row].count, score: rows[row].score,
                normalisedScore: rows[row].normalised, pValue: pValues[row], qValue: qValues[row])
        }.sorted { one, other in
            let (a, b) = (abs(one.normalisedScore), abs(other.normalisedScore))
            return a != b ? a > b : one.regulator < other.regulator
        }
    }
}
