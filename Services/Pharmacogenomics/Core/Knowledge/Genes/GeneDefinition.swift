/// What is known of one gene: where its alleles are defined, what they are called, what they do.
public final class GeneDefinition: Sendable {
    /// How a gene's alleles are found.
    public enum Calling: String, Sendable, Hashable, CaseIterable {
        /// Named-allele matching.
        case named
        /// Variants are collected and the lowest function on each strand counts (DPYD, RYR1).
        case lowestFunction = "lowest-function"
        /// From a laboratory's report; CYP2D6 has definitions too, which are matched only on demand.
        case outside
    }

    /// The gene.
    public let symbol: GeneSymbol
    /// The gene's number in `GeneCatalog.genes`.
    public let index: Int
    /// The chromosome without `chr`.
    public let chromosome: String
    /// How alleles are found.
    public let calling: Calling
    /// Whether males carry one copy (G6PD).
    public let isHemizygousInMales: Bool
    /// Whether everybody carries one allele only (MT-RNR1).
    public let isMonoallelic: Bool
    /// Whether an undocumented base at a defining position counts as the reference in matching, as published for the
    /// gene; it is reported as novel all the same.
    public let treatsUndocumentedAsReference: Bool
    /// The positions by their index: defining, extra and ignored ones.
    public let positions: [DefinitionPosition]
    /// The alleles by their index; the reference allele first where there is one.
    public let alleles: [NamedAllele]
    /// The number of the reference allele, nil where the gene has none (HLA).
    public let referenceAllele: Int?
    /// Which diplotype to prefer when unphased data fit several, in their published order; empty for all but NAT2.
    public let unphasedPriorities: [UnphasedPriority]
    /// How a phenotype is found.
    public let phenotypeRules: PhenotypeRules

    private let indexByName: [String: Int]

    /// A gene. `alleles` and `positions` are in the order of their indices.
    public init(
        symbol: GeneSymbol, index: Int, chromosome: String, calling: Calling, isHemizygousInMales: Bool = false,
        isMonoallelic: Bool = false, treatsUndocumentedAsReference: Bool = false, positions: [DefinitionPosition],
        alleles: [NamedAllele], unphasedPriorities: [UnphasedPriority] = [], phenotypeRules: PhenotypeRules
    ) {
        self.symbol = symbol
        self.index = index
        self.chromosome = chromosome
        self.calling = calling
        self.isHemizygousInMales = isHemizygousInMales
        self.isMonoallelic = isMonoallelic
        self.treatsUndocumentedAsReference = treatsUndocumentedAsReference
        self.positions = positions
        self.alleles = alleles
        self.unphasedPriorities = unphasedPriorities
        self.phenotypeRules = phenotypeRules
        referenceAllele = alleles.first { $0.kind == .reference }?.index
        indexByName = Dictionary(alleles.map { ($0.name, $0.index) }, uniquingKeysWith: { first, _ in first })
    }

    /// The allele of that exact name, nil when the gene has none.
    public func allele(named name: String) -> NamedAllele? {
        indexByName[name].map { alleles[$0] }
    }
}
