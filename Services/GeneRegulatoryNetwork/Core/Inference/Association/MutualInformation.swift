/// Mutual information of levels in bins of equal frequency, and the two methods that are built on it.
///
/// Counts are whole numbers and c ln c is kept in whole units, so the information of a pair does not depend on the order of samples and is
/// the same both ways. Missing levels are the gene's median. Signs are those of Pearson's correlation.
public struct MutualInformation: InferenceMethod {
    /// What is made of the information.
    public enum Refinement: Sendable, Hashable {
        /// Nothing: the information in nats (a relevance network, Butte and Kohane 2000).
        case none
        /// CLR (Faith et al. 2007, PLoS Biol 5:e8): the information as z-scores over the pairs of its regulator and over those of its
        /// target, negative ones 0, put together as the root of the sum of squares.
        case clr
        /// ARACNE (Margolin et al. 2006, BMC Bioinformatics 7:S7): of each triangle the weakest side is taken for indirect and scores 0,
        /// if it is below the other two by more than `tolerance` of the lesser of them (data processing inequality). All decisions are made
        /// on the full set of informations.
        case aracne(tolerance: Double)
    }

    /// What is made of the information.
    public var refinement: Refinement
    /// How many bins a gene has; nil for the square root of the number of samples, rounded down.
    public var bins: Int?
    /// Whether the information is corrected for its bias (Miller and Madow: the number of occupied bins less one, over twice the samples).
    public var isCorrected: Bool

    /// The method.
    public init(_ refinement: Refinement = .none, bins: Int? = nil, isCorrected: Bool = false) {
        self.refinement = refinement
        self.bins = bins
        self.isCorrected = isCorrected
    }

    /// `mutual-information`, `clr` or `aracne`.
    public var name: String {
        switch refinement {
        case .none: "mutual-information"
        case .clr: "clr"
        case .aracne: "aracne"
        }
    }

    /// The scores.
    /// - Throws: ``InferenceError`` for fewer than 4 samples, no regulator, bins outside 2...256 or a tolerance outside 0...1.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        let canonical = try CanonicalExpression(expression, regulators: regulators, atLeast: 4)
        let count = bins ?? min(EqualFrequencyBins.most, Int(Double(canonical.sampleCount).squareRoot()))
        guard (2...EqualFrequencyBins.most).contains(count) else {
            throw InferenceError(.badSetting, "\(count) bins; 2 to \(EqualFrequencyBins.most) are possible")
        }
        if case .aracne(let tolerance) = refinement, !(0...1).contains(tolerance) {
            throw InferenceError(.badSetting, "a tolerance of \(tolerance); 0 to 1 is possible")
        }
        let binned = EqualFrequencyBins(canonical, bins: count)
        let isCorrected = isCorrected
        let information = runner.gather(canonical.regulators.count, startingWith: []) {
            binned.information(of: canonical.regulators[$0], isCorrected: isCorrected)
        }
        let scores =
            switch refinement {
            case .none: information
            case .clr: Self.relatedness(information, canonical.regulators)
            case .aracne(let tolerance):
                Self.direct(information, canonical.regulators, tolerance: tolerance, runner: runner)
            }
        var matrix = canonical.matrix(expression, regulators: regulators) { scores[$0][$1] }
        AbsoluteCorrelation.setSigns(&matrix, canonical, runner: runner)
        return matrix
    }

    /// The z-scores of CLR; self pairs stay out of the means.
    private static func relatedness(_ information: [[Double]], _ regulators: [Int]) -> [[Double]] {
        let genes = information.first?.count ?? 0
        let forth = regulators.indices.map { row in
            Background((0..<genes).lazy.filter { $0 != regulators[row] }.map { information[row][$0] })
        }
        let back = (0..<genes).map { gene in
            Background(regulators.indices.lazy.filter { regulators[$0] != gene }.map { information[$0][gene] })
        }
        return regulators.indices.map { row in
            (0..<genes).map { gene in
                let (one, other) = (forth[row].score(information[row][gene]), back[gene].score(information[row][gene]))
                return (one * one + other * other).squareRoot()
            }
        }
    }

    /// The information of the pairs that no triangle shows to be indirect; the third corner is a regulator.
    private static func direct(
        _ information: [[Double]], _ regulators: [Int], tolerance: Double, runner: any ParallelRunner
    ) -> [[Double]] {
        runner.gather(regulators.count, startingWith: []) { row -> [Double] in
            var kept = information[row]
            for gene in kept.indices where gene != regulators[row] {
                let own = information[row][gene]
                for third in regulators.indices where third != row && regulators[third] != gene {
                    let lesser = min(information[row][regulators[third]], information[third][gene])
                    if own < lesser * (1 - tolerance) {
                        kept[gene] = 0
                        break
                    }
                }
            }
            return kept
        }
    }
}

/// The mean and the standard deviation of a set of scores.
private struct Background {
    private let mean: Double
    private let deviation: Double

    init(_ values: some Sequence<Double>) {
        let values = Array(values)
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        self.mean = mean
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }

    /// How many deviations a value lies above the mean; 0 below it.
    func score(_ value: Double) -> Double { deviation > 0 ? max(0, (value - mean) / deviation) : 0 }
}
