/// What the diplotypes of one gene mean by the published rules.
final class GeneMeaning: Sendable {
    /// The meaning of one diplotype.
    struct Meaning: Sendable {
        var phenotype: String
        var score: Double?
        var otherTerms: [SourceTerm] = []
        var alleles: [AllelePresence] = []
        var carried: UInt64 = 0

        /// Whether both are shown as one outcome.
        func isSameOutcome(as other: Meaning) -> Bool {
            phenotype == other.phenotype && score == other.score && otherTerms == other.otherTerms
                && alleles == other.alleles
        }
    }

    let gene: GeneDefinition
    let questions: GeneQuestions
    /// The activity scores that diplotypes of the gene can have, ascending; empty for genes without scores.
    let attainableScores: [Double]
    private let rules: PhenotypeRules
    /// By allele: 0 is the gravest function; for lowest-function genes.
    private let gravity: [Int]

    init(gene: GeneDefinition, questions: GeneQuestions) {
        self.gene = gene
        self.questions = questions
        rules = gene.phenotypeRules
        gravity = gene.alleles.map { Self.gravity(of: $0) }
        var scores: Set<Double> = []
        if gene.phenotypeRules.method == .activityScore {
            let values = Set(gene.alleles.compactMap(\.activityValue))
            let copies = gene.calling == .outside ? [1.0, 2.0] : [1.0]
            for one in values { for other in values { for count in copies { scores.insert(one * count + other) } } }
        }
        attainableScores = scores.sorted()
    }

    /// The meaning of a pair of haplotypes, or of the only one.
    ///
    /// - Parameter sites: what was seen at positions that no allele is defined by.
    func meaning(of pair: DiplotypeCandidate, sites: [ReportedSite]) -> Meaning {
        let (first, second) = (pair.first, pair.second)
        var meaning: Meaning
        switch rules.method {
        case .activityScore: meaning = scored(first, second)
        case .functionPair: meaning = paired(first, second)
        case .allelePresence: return presence(pair.haplotypes)
        case .genotype: meaning = genotype(first, second)
        }
        if questions.asksForVariants { meaning.carried = questions.carried(by: pair.haplotypes, sites: sites) }
        if !questions.askedAlleles.isEmpty { meaning.alleles = presence(pair.haplotypes).alleles }
        return meaning
    }

    /// The meaning of an activity score.
    func meaning(ofScore score: Double?, carried: UInt64 = 0) -> Meaning {
        Meaning(
            phenotype: rules.phenotype(activityScore: score) ?? PhenotypeOutcome.indeterminate, score: score,
            otherTerms: otherTerms(score: score), carried: carried)
    }

    /// The attainable scores that have this phenotype by CPIC's ranges.
    func scores(ofPhenotype phenotype: String) -> [Double] {
        attainableScores.filter { rules.phenotype(activityScore: $0) == phenotype }
    }

    // MARK: - Scores

    private func scored(_ first: HaplotypeCall, _ second: HaplotypeCall?) -> Meaning {
        if let published = exception(first, second) {
            return Meaning(
                phenotype: rules.phenotypes[published.phenotype], score: published.activityScore,
                otherTerms: otherTerms(score: published.activityScore))
        }
        guard let second, let one = value(of: first), let other = value(of: second) else {
            return meaning(ofScore: nil)
        }
        return meaning(ofScore: one + other)
    }

    /// The activity value of a haplotype: the lowest of its variants in a lowest-function gene; the sum over the copies in
    /// tandem where a laboratory reported them; nil when a value is not known.
    private func value(of haplotype: HaplotypeCall) -> Double? {
        guard haplotype.partials.isEmpty, !haplotype.alleles.isEmpty else { return nil }
        var values: [Double] = []
        for allele in haplotype.alleles {
            guard gene.alleles.indices.contains(allele), let value = gene.alleles[allele].activityValue else {
                return nil
            }
            values.append(value)
        }
        if gene.calling == .lowestFunction { return values.min() }
        guard gene.calling == .outside else {
            return values.count == 1 && haplotype.copies == 1 ? values.first : nil
        }
        // A name that the tables know as a whole (`*1x2`) has the value of the whole.
        let isWhole = values.count == 1 && gene.alleles[haplotype.alleles[0]].name == haplotype.name
        return values.reduce(0, +) * (isWhole ? 1 : Double(max(haplotype.copies, 0)))
    }

    private func otherTerms(score: Double?) -> [SourceTerm] {
        questions.otherSources.compactMap { source in
            rules.phenotype(activityScore: score, source: source.rawValue).map {
                SourceTerm(source: source, phenotype: $0)
            }
        }
    }

    // MARK: - Functions

    private func paired(_ first: HaplotypeCall, _ second: HaplotypeCall?) -> Meaning {
        var phenotype: Int?
        if let published = exception(first, second) {
            return Meaning(
                phenotype: rules.phenotypes[published.phenotype], score: published.activityScore)
        }
        if let one = function(of: first) {
            if gene.isMonoallelic || second == nil {
                phenotype = rules.phenotype(ofSingleFunction: one)
            } else if let second, let other = function(of: second) {
                phenotype = rules.phenotype(ofFunctions: one, other)
            }
        }
        return Meaning(
            phenotype: phenotype.map { rules.phenotypes[$0] } ?? PhenotypeOutcome.indeterminate, score: nil)
    }

    private func function(of haplotype: HaplotypeCall) -> Int? {
        guard haplotype.partials.isEmpty, haplotype.copies == 1 else { return nil }
        if gene.calling == .lowestFunction {
            return haplotype.alleles.min { gravity[$0] < gravity[$1] }.flatMap { gene.alleles[$0].functionIndex }
        }
        guard haplotype.alleles.count == 1, let allele = haplotype.alleles.first else { return nil }
        return gene.alleles.indices.contains(allele) ? gene.alleles[allele].functionIndex : nil
    }

    /// The order of functions for genes in which the lowest one counts: what harms, then what loses function, then what is
    /// uncertain, then the normal function.
    private static func gravity(of allele: NamedAllele) -> Int {
        switch allele.function.lowercased() {
        case let word where word.hasPrefix("malignant"), let word where word.hasPrefix("no function"): 0
        case let word where word.hasPrefix("decreased"): 1
        case let word where word.hasPrefix("normal"): 3
        default: 2
        }
    }

    // MARK: - Others

    private func genotype(_ first: HaplotypeCall, _ second: HaplotypeCall?) -> Meaning {
        let name = second.map { "\(first.name)/\($0.name)" } ?? first.name
        let published = exception(first, second).map { rules.phenotypes[$0.phenotype] }
        return Meaning(phenotype: published ?? name, score: nil)
    }

    private func exception(_ first: HaplotypeCall, _ second: HaplotypeCall?) -> PhenotypeRules.Exception? {
        guard !rules.exceptions.isEmpty, first.alleles.count == 1, let one = first.alleles.first, first.copies == 1,
            first.partials.isEmpty
        else { return nil }
        guard let second else { return nil }
        guard second.alleles.count == 1, let other = second.alleles.first, second.copies == 1, second.partials.isEmpty
        else { return nil }
        return rules.exception(AllelePair(one, other))
    }
}

extension DiplotypeCandidate {
    /// Its haplotypes, one or two.
    var haplotypes: [HaplotypeCall] { second.map { [first, $0] } ?? [first] }
}
