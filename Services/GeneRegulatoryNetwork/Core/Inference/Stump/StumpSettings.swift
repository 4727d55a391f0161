/// How stumps are boosted. One set of defaults for all data: chosen by leave-one-network-out on DREAM4 multifactorial 1-3.
public struct StumpSettings: Sendable, Hashable {
    /// What a target's levels are turned into before they are explained.
    public enum Response: String, Sendable, CaseIterable {
        /// The normal score of the level's rank: one odd sample cannot lead.
        case normalScores = "normal-scores"
        /// The level itself.
        case levels
    }

    /// How many cuts a regulator gets at most; nil for the rule: about 2,400 stumps in all, at least 7 and at most 23 a regulator.
    public var cuts: Int?
    /// What is explained.
    public var response: Response
    /// How many stumps are added for each target.
    public var rounds: Int
    /// The part of a stump's least-squares coefficient that is taken in a round, more than 0 and at most 1.
    public var shrinkage: Double
    /// How much the best single stump of a regulator counts beside what boosting gave it. It ranks the regulators boosting never took.
    public var marginalWeight: Double
    /// Whether the variance a round takes away is divided among the regulators: to each by the best coefficient it had at the time, over the
    /// round's best, to the power of 16 (none below one half). Regulators that say the same share alike, whatever they are called; else
    /// the one that was taken has all, and of equals the first by name.
    public var sharesCredit: Bool
    /// Whether a score is divided by the root of its target's best, so that weakly explained targets are not all ranked last.
    public var balancesTargets: Bool
    /// Whether the two directions of a pair compete: a score is multiplied by the fourth root of its share of both.
    public var directionsCompete: Bool
    /// Whether regulators of many strong edges are preferred (scores times the standard deviation of the regulator's scores, after ENNET,
    /// Slawek and Arodz 2013). Off: it is an assumption about networks, not about the data.
    public var hubPrior: Bool

    /// Settings.
    public init(
        cuts: Int? = nil, response: Response = .normalScores, rounds: Int = 30, shrinkage: Double = 0.1,
        marginalWeight: Double = 0.02, sharesCredit: Bool = true, balancesTargets: Bool = true,
        directionsCompete: Bool = true, hubPrior: Bool = false
    ) {
        self.cuts = cuts
        self.response = response
        self.rounds = rounds
        self.shrinkage = shrinkage
        self.marginalWeight = marginalWeight
        self.sharesCredit = sharesCredit
        self.balancesTargets = balancesTargets
        self.directionsCompete = directionsCompete
        self.hubPrior = hubPrior
    }

    /// The cuts of a regulator when there are `regulators` of them.
    public func cuts(regulators: Int) -> Int {
        cuts ?? max(7, min(23, 2_400 / max(regulators, 1)))
    }

    /// Throws ``InferenceError`` `bad-setting` when a number is outside its range.
    func check() throws(InferenceError) {
        if let cuts, !(1...254).contains(cuts) {
            throw InferenceError(.badSetting, "cuts must be 1 to 254, not \(cuts)")
        }
        guard (1...100_000).contains(rounds) else {
            throw InferenceError(.badSetting, "rounds must be 1 to 100,000, not \(rounds)")
        }
        guard shrinkage > 0, shrinkage <= 1 else {
            throw InferenceError(.badSetting, "shrinkage must be more than 0 and at most 1, not \(shrinkage)")
        }
        guard marginalWeight >= 0, marginalWeight.isFinite else {
            throw InferenceError(.badSetting, "the marginal weight must be 0 or more, not \(marginalWeight)")
        }
    }
}
