/// The stumps and scales an inference stands on, frozen: which regulators, where each is cut, and how targets become whole numbers.
///
/// A stump is the indicator 1[x > cut]. The entries of a regulator are "measured" (entry 0, 1 wherever it has a level) and its stumps, the
/// lowest cut first. Regulators stand in the order of their names, so that the first of equals is always the same. Eight regulators lie side
/// by side, for the lanes of a vector; see ``place(_:_:)``.
public struct StumpDictionary: Sendable, Hashable {
    /// The genes' names.
    public let genes: [String]
    /// The regulators, as numbers of ``genes``, in the order of their names.
    public let regulators: [Int]
    /// Regulator by regulator the cuts, ascending.
    public let cuts: [[Float]]
    /// How many places a regulator has: "measured" and as many stumps as the one with the most; some may stay empty.
    public let depth: Int
    /// Gene by gene how levels become whole numbers.
    public let scales: [ResponseScale]
    /// Genes that are not explained: other columns of their names stand for them.
    public let excluded: Set<Int>
    /// The settings.
    public let settings: StumpSettings

    /// Cuts and scales from the samples of `expression`.
    /// - Parameters:
    ///   - expression: the reference samples.
    ///   - regulators: numbers of genes; columns in ``ExpressionMatrix/duplicates`` are left out.
    ///   - runner: where threads come from.
    /// - Throws: ``InferenceError`` `no-regulators`, `too-few-samples` (fewer than 5), `bad-setting`, `mismatch` for a number that is no gene.
    public init(
        _ expression: ExpressionMatrix, regulators: [Int], settings: StumpSettings = StumpSettings(),
        runner: any ParallelRunner = SerialRunner()
    ) throws(InferenceError) {
        self = try Self.fitted(expression, regulators: regulators, settings: settings, runner: runner).dictionary
    }

    private init(
        _ expression: ExpressionMatrix, regulators: [Int], settings: StumpSettings, cuts: [[Float]],
        scales: [ResponseScale]
    ) {
        genes = expression.genes
        self.regulators = regulators
        self.cuts = cuts
        depth = 1 + (cuts.map(\.count).max() ?? 0)
        self.scales = scales
        excluded = Set(expression.duplicates)
        self.settings = settings
    }

    /// The dictionary of some samples, and gene by gene their whole numbers by it.
    static func fitted(
        _ expression: ExpressionMatrix, regulators: [Int], settings: StumpSettings, runner: any ParallelRunner
    ) throws(InferenceError) -> (dictionary: StumpDictionary, responses: [[Int16]]) {
        try settings.check()
        if let stray = regulators.first(where: { !expression.genes.indices.contains($0) }) {
            throw InferenceError(.mismatch, "regulator number \(stray) is not among \(expression.geneCount) genes")
        }
        let chosen = Set(regulators).subtracting(expression.duplicates)
            .sorted { (expression.genes[$0], $0) < (expression.genes[$1], $1) }
        guard !chosen.isEmpty else {
            throw InferenceError(.noRegulators, "none of \(regulators.count) regulators is among the genes")
        }
        guard expression.sampleCount >= fewestSamples else {
            throw InferenceError(
                .tooFewSamples, "stumps need at least \(fewestSamples) samples, not \(expression.sampleCount)")
        }
        let most = settings.cuts(regulators: chosen.count)
        let table = NormalScore.table(count: expression.sampleCount)
        let cuts = runner.gather(chosen.count, startingWith: [Float]()) { row in
            QuantileCuts.cuts(of: expression.levels(of: chosen[row]), count: most)
        }
        let responses = runner.gather(expression.geneCount, startingWith: FittedResponse.none) { gene in
            ResponseScale.fitted(settings.response, levels: expression.levels(of: gene), table: table)
        }
        let dictionary = StumpDictionary(
            expression, regulators: chosen, settings: settings, cuts: cuts, scales: responses.map(\.scale))
        return (dictionary, responses.map(\.numbers))
    }

    /// The fewest samples a network is inferred from.
    public static let fewestSamples = 5

    /// The number of places, empty ones among them: a multiple of ``lanes``.
    public var placeCount: Int { (regulators.count + Self.lanes - 1) / Self.lanes * Self.lanes * depth }

    /// How many regulators lie side by side.
    public static let lanes = 8

    /// Where entry `entry` of the regulator `row` lies.
    public func place(_ row: Int, _ entry: Int) -> Int {
        (row / Self.lanes * depth + entry) * Self.lanes + row % Self.lanes
    }

    /// A sample's levels, gene by gene, in the whole numbers of this dictionary. NaN and infinite levels are missing.
    /// - Throws: ``InferenceError`` `mismatch` when there are not as many levels as genes.
    public func encode(_ levels: [Float]) throws(InferenceError) -> StumpSample {
        guard levels.count == genes.count else {
            throw InferenceError(.mismatch, "a sample of \(genes.count) genes has as many levels, not \(levels.count)")
        }
        return StumpSample(
            bins: regulators.indices.map { row in
                let level = levels[regulators[row]]
                return level.isFinite ? UInt8(Self.bin(of: level, cuts[row])) : StumpSample.missingBin
            },
            responses: levels.indices.map { gene in
                let level = levels[gene]
                return level.isFinite ? scales[gene].quantised(level) ?? StumpSample.missing : StumpSample.missing
            })
    }

    /// How many cuts lie below a level.
    static func bin(of level: Float, _ cuts: [Float]) -> Int {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if level > cuts[middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// One sample in the whole numbers of a ``StumpDictionary``.
public struct StumpSample: Sendable, Hashable {
    /// Regulator by regulator, in the order of the dictionary, how many of its cuts lie below the level.
    public let bins: [UInt8]
    /// Gene by gene the number to be explained.
    public let responses: [Int16]

    /// The bin of a missing level.
    public static let missingBin = UInt8.max
    /// The number of a missing response.
    public static let missing = Int16.min
}
