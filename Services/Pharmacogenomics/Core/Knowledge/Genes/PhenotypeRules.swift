/// The published rules that turn a gene's two alleles into a phenotype, as facts; which rule applies when is the
/// caller's affair.
///
/// Phenotypes are CPIC's standard terms. `functions` and `phenotypes` number the terms, so that a hot path can work on
/// numbers.
public struct PhenotypeRules: Sendable, Hashable {
    /// How a gene's phenotype is found.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// By the pair of the alleles' functions.
        case functionPair = "function-pair"
        /// By the sum of the alleles' activity values.
        case activityScore = "activity-score"
        /// By whether an allele is carried (HLA).
        case allelePresence = "allele-presence"
        /// No phenotype is published; the diplotype itself is what recommendations ask for.
        case genotype
    }

    /// A range of activity scores with one phenotype.
    public struct ScoreRange: Sendable, Hashable {
        /// Whose rule it is (`CPIC`).
        public let source: String
        /// The lower bound.
        public let lower: Double
        /// Whether the lower bound belongs to the range.
        public let includesLower: Bool
        /// The upper bound, infinite when open-ended.
        public let upper: Double
        /// Whether the upper bound belongs to the range.
        public let includesUpper: Bool
        /// The phenotype's number in `PhenotypeRules.phenotypes`.
        public let phenotype: Int

        /// Whether the score lies in the range.
        public func contains(_ score: Double) -> Bool {
            (includesLower ? score >= lower : score > lower) && (includesUpper ? score <= upper : score < upper)
        }
    }

    /// A diplotype whose published phenotype is not what the rules give.
    public struct Exception: Sendable, Hashable {
        /// The phenotype's number in `PhenotypeRules.phenotypes`.
        public let phenotype: Int
        /// The published activity score, nil when there is none.
        public let activityScore: Double?
    }

    /// How this gene's phenotype is found.
    public let method: Method
    /// Whose rules they are (`CPIC`, `DPWG`), empty when there are none.
    public let source: String
    /// The clinical functions that the rules and the gene's alleles know, in CPIC's words.
    public let functions: [String]
    /// The phenotypes that the rules can give, in CPIC's words.
    public let phenotypes: [String]
    /// The ranges of activity scores, all sources.
    public let scoreRanges: [ScoreRange]
    /// The phenotype of a diplotype whose activity score cannot be summed (an allele without a value), nil when the
    /// gene has no such rule.
    public let phenotypeWithoutScore: Int?
    /// Diplotypes that the rules do not give.
    public let exceptions: [AllelePair: Exception]
    /// `functions.count` squared, row by row: the phenotype's number plus 1, or 0. Symmetric.
    let pairs: [UInt8]
    /// By function: the phenotype's number plus 1 of a single allele (one X chromosome, mitochondria), or 0.
    let singles: [UInt8]

    /// The phenotype of two functions in either order; nil when no rule is published for them.
    public func phenotype(of function1: String, _ function2: String) -> String? {
        guard let one = functions.firstIndex(of: function1), let other = functions.firstIndex(of: function2) else {
            return nil
        }
        return phenotype(ofFunctions: one, other).map { phenotypes[$0] }
    }

    /// The phenotype of the only allele of a male's X chromosome or of mitochondria; nil when no rule is published.
    public func phenotype(ofSingle function: String) -> String? {
        functions.firstIndex(of: function).flatMap { phenotype(ofSingleFunction: $0) }.map { phenotypes[$0] }
    }

    /// The number of the phenotype of two functions, given and answered by number.
    public func phenotype(ofFunctions one: Int, _ other: Int) -> Int? {
        let count = functions.count
        guard one >= 0, one < count, other >= 0, other < count else { return nil }
        let code = pairs[one * count + other]
        return code == 0 ? nil : Int(code) - 1
    }

    /// The number of the phenotype of a single function, given by number.
    public func phenotype(ofSingleFunction function: Int) -> Int? {
        guard singles.indices.contains(function), singles[function] != 0 else { return nil }
        return Int(singles[function]) - 1
    }

    /// The phenotype of an activity score by one source's ranges; nil when no range holds it. A nil score is that of a
    /// diplotype with an allele without a value.
    public func phenotype(activityScore score: Double?, source: String = "CPIC") -> String? {
        phenotypeIndex(activityScore: score, source: source).map { phenotypes[$0] }
    }

    /// The number of the phenotype of an activity score.
    public func phenotypeIndex(activityScore score: Double?, source: String = "CPIC") -> Int? {
        guard let score else { return phenotypeWithoutScore }
        return scoreRanges.first { $0.source == source && $0.contains(score) }?.phenotype
    }

    /// What is published for this very diplotype against the rules; nil for nearly all.
    public func exception(_ pair: AllelePair) -> Exception? {
        exceptions.isEmpty ? nil : exceptions[pair]
    }
}
