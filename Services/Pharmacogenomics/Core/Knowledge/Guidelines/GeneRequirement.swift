/// What a guideline asks of one gene.
public struct GeneRequirement: Sendable, Hashable, CustomStringConvertible {
    /// The question.
    public enum Test: Sendable, Hashable {
        /// The phenotype is one of these, in CPIC's standard terms (`Poor Metabolizer`, `Indeterminate`).
        case phenotypes([String])
        /// The activity score lies in the range.
        case score(ActivityScoreRange)
        /// The person carries this allele (at least one copy), or does not.
        case allele(name: String, isPresent: Bool)
        /// The person carries at least one of these variants or named alleles.
        case variant([String])
        /// There is no result for the gene.
        case unknown
        /// There is a result for the gene, whichever it is.
        case any
    }

    /// The gene.
    public let gene: GeneSymbol
    /// What is asked of it.
    public let test: Test

    /// A requirement.
    public init(gene: GeneSymbol, test: Test) {
        self.gene = gene
        self.test = test
    }

    /// Reads one part of a condition:
    ///
    /// - `CYP2D6=Poor Metabolizer|Intermediate Metabolizer`, `CYP2D6=unknown`, `CYP2D6=any`
    /// - `DPYD:score=1..2` (2 not included), `..=2` (included), `0.5` (exactly), `2.5..` (no upper end)
    /// - `HLA-B:*57:01=positive` or `=negative`
    /// - `CYP4F2:variant=*3|rs2108622 T`
    ///
    /// nil when it is none of these.
    public init?(_ text: some StringProtocol) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let left = text[..<equals]
        let right = text[text.index(after: equals)...]
        let colon = left.firstIndex(of: ":")
        let name = colon.map { left[..<$0] } ?? left
        guard !name.isEmpty, !name.contains(" "), !right.isEmpty else { return nil }
        let gene = GeneSymbol(rawValue: String(name))
        guard let colon else {
            self.init(gene: gene, plain: right)
            return
        }
        let subject = left[left.index(after: colon)...]
        switch subject {
        case "score":
            guard let range = ActivityScoreRange(right) else { return nil }
            self.init(gene: gene, test: .score(range))
        case "variant":
            guard let names = Self.alternatives(right) else { return nil }
            self.init(gene: gene, test: .variant(names))
        case "": return nil
        default:
            guard right == "positive" || right == "negative" else { return nil }
            self.init(gene: gene, test: .allele(name: String(subject), isPresent: right == "positive"))
        }
    }

    private init?(gene: GeneSymbol, plain: some StringProtocol) {
        switch plain {
        case "unknown": self.init(gene: gene, test: .unknown)
        case "any": self.init(gene: gene, test: .any)
        default:
            guard let phenotypes = Self.alternatives(plain) else { return nil }
            self.init(gene: gene, test: .phenotypes(phenotypes))
        }
    }

    private static func alternatives(_ text: some StringProtocol) -> [String]? {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        return parts.contains(where: \.isEmpty) ? nil : parts.map { String($0) }
    }

    /// The text form that the initialiser reads.
    public var description: String {
        switch test {
        case .phenotypes(let phenotypes): "\(gene)=\(phenotypes.joined(separator: "|"))"
        case .score(let range): "\(gene):score=\(range)"
        case .allele(let name, let isPresent): "\(gene):\(name)=\(isPresent ? "positive" : "negative")"
        case .variant(let names): "\(gene):variant=\(names.joined(separator: "|"))"
        case .unknown: "\(gene)=unknown"
        case .any: "\(gene)=any"
        }
    }
}
