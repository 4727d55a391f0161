/// The fast mode: every gene is explained by L2-boosted stumps of the regulators, on sufficient statistics.
///
/// A stump is 1[x > cut] at a quantile of a regulator's levels; all targets share one matrix of co-counts (whole numbers, exact),
/// a target is one vector of whole-number sums, and boosting goes on in the space of coefficients, whatever the number of samples (Buhlmann and
/// Yu 2003, L2Boost with componentwise least squares). Each round takes the stump of the largest variance reduction; a regulator's score is the
/// share of variance its stumps took away, plus a part of what its best stump would explain alone. See ``StumpSettings`` for what follows.
///
/// Nothing is drawn at random. Whole-number sums and ties by name make the result the same for any number of threads and any order of columns.
/// Missing levels take part as the mean of a stump, exactly (``StumpBooster``); a target is explained over the samples where it was measured.
/// Constant genes and repeated columns of a name score 0.
public struct StumpBoosting: InferenceMethod {
    /// The settings.
    public let settings: StumpSettings

    /// The fast mode.
    public init(_ settings: StumpSettings = StumpSettings()) {
        self.settings = settings
    }

    /// `fast`.
    public var name: String { "fast" }

    /// How many targets are summed side by side.
    private static let block = 32

    /// The scores of all pairs.
    /// - Throws: ``InferenceError`` as ``StumpDictionary/init(_:regulators:settings:runner:)`` does.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        let (dictionary, responses) = try StumpDictionary.fitted(
            expression, regulators: regulators, settings: settings, runner: runner)
        let samples = EncodedSamples(expression, dictionary: dictionary, responses: responses, runner: runner)
        // The narrowest whole numbers that hold every count and sum.
        let explanations =
            switch samples.sampleCount {
            case ...Int(UInt8.max): Self.explain(samples, counts: UInt8.self, sums: Int32.self, runner: runner)
            case ...Int(UInt16.max): Self.explain(samples, counts: UInt16.self, sums: Int32.self, runner: runner)
            default: Self.explain(samples, counts: UInt32.self, sums: Int64.self, runner: runner)
            }
        return StumpScores(dictionary, explanations).matrix(regulators: regulators)
    }

    /// The scores of all pairs from statistics: the same, bit for bit, as from the samples the statistics hold, with the same dictionary.
    ///
    /// The matrix has a row for each regulator of the dictionary.
    /// - Throws: ``InferenceError`` `too-few-samples` when there are fewer than ``StumpDictionary/fewestSamples``.
    public static func infer(
        from statistics: StumpStatistics, runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        guard statistics.sampleCount >= StumpDictionary.fewestSamples else {
            throw InferenceError(
                .tooFewSamples,
                "stumps need at least \(StumpDictionary.fewestSamples) samples, not \(statistics.sampleCount)")
        }
        let explanations =
            switch statistics.sampleCount {
            case ...Int(UInt8.max): explain(statistics, counts: UInt8.self, runner: runner)
            case ...Int(UInt16.max): explain(statistics, counts: UInt16.self, runner: runner)
            default: explain(statistics, counts: UInt32.self, runner: runner)
            }
        return StumpScores(statistics.dictionary, explanations).matrix(
            regulators: statistics.dictionary.regulators)
    }

    private static func explain<
        Count: FixedWidthInteger & UnsignedInteger & Sendable, Sum: FixedWidthInteger & SignedInteger & Sendable
    >(
        _ samples: EncodedSamples, counts: Count.Type, sums: Sum.Type, runner: any ParallelRunner
    ) -> [StumpExplanation?] {
        let dictionary = samples.dictionary
        let booster = StumpBooster(
            dictionary, CoCounts<Count>(samples, runner: runner), sampleCount: samples.sampleCount)
        let own = dictionary.ownRows
        let genes = dictionary.genes.count
        let blocks = runner.gather((genes + block - 1) / block, startingWith: [StumpExplanation?]()) { number in
            let targets = number * block..<min((number + 1) * block, genes)
            let sums = samples.responseSums(of: targets, as: Sum.self)
            return zip(targets, sums).map { target, sums in
                dictionary.excluded.contains(target) ? nil : booster.explain(sums, own: own[target])
            }
        }
        return Array(blocks.joined())
    }

    private static func explain<Count: FixedWidthInteger & UnsignedInteger & Sendable>(
        _ statistics: StumpStatistics, counts: Count.Type, runner: any ParallelRunner
    ) -> [StumpExplanation?] {
        let dictionary = statistics.dictionary
        let booster = StumpBooster(
            dictionary, statistics.coCounts(as: Count.self, runner: runner), sampleCount: statistics.sampleCount)
        let own = dictionary.ownRows
        return runner.gather(dictionary.genes.count, startingWith: StumpExplanation?.none) { target in
            guard !dictionary.excluded.contains(target) else { return nil }
            return booster.explain(statistics.responseSums(of: target), own: own[target])
        }
    }
}

extension StumpDictionary {
    /// Gene by gene its place among the regulators, if it is one.
    var ownRows: [Int?] {
        var rows = [Int?](repeating: nil, count: genes.count)
        for (row, gene) in regulators.enumerated() { rows[gene] = row }
        return rows
    }
}
