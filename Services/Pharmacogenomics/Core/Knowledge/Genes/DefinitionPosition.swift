/// A position of the genome that a gene's named alleles are defined by, or that a gene's rules need besides.
///
/// Coordinates are 1-based, alleles are as a VCF record writes them (plus strand, an anchor base before an insertion or
/// deletion).
public struct DefinitionPosition: Sendable, Hashable {
    /// What the position is for.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Named alleles are told apart here.
        case defining
        /// No named allele is defined here, but a recommendation asks for it (rs12777823 near CYP2C9).
        case extra
        /// In the definitions, but left out of matching by a published exemption.
        case ignored
    }

    /// The position's number within its gene, from 0.
    public let index: Int
    /// The position's number among all genes' positions, from 0 and without gaps.
    public let siteIndex: Int
    /// The gene that is defined by it.
    public let gene: GeneSymbol
    /// The chromosome without `chr`: `1`...`22`, `X`, `MT`.
    public let chromosome: String
    /// 1-based position on GRCh38.
    public let grch38: Int64
    /// 1-based position on GRCh37, nil where it could not be established.
    public let grch37: Int64?
    /// The rs number, or the HGVS name on the GRCh38 chromosome where there is none.
    public let identifier: String
    /// The VCF alleles on GRCh38: the reference first, then the alternates that are documented.
    public let alleles: [String]
    /// The reference allele on GRCh37 where it is known to differ from `alleles[0]`, otherwise nil.
    public let grch37Reference: String?
    /// What the position is for.
    public let role: Role
    /// Whether the gene cannot be called without it (NAT2's five).
    public let isRequired: Bool
    /// Whether an allele whose function is not normal is defined here; coverage is counted over these.
    public let altersFunction: Bool

    /// A position.
    public init(
        index: Int, siteIndex: Int, gene: GeneSymbol, chromosome: String, grch38: Int64, grch37: Int64?,
        identifier: String, alleles: [String], grch37Reference: String? = nil, role: Role = .defining,
        isRequired: Bool = false, altersFunction: Bool = false
    ) {
        self.index = index
        self.siteIndex = siteIndex
        self.gene = gene
        self.chromosome = chromosome
        self.grch38 = grch38
        self.grch37 = grch37
        self.identifier = identifier
        self.alleles = alleles
        self.grch37Reference = grch37Reference
        self.role = role
        self.isRequired = isRequired
        self.altersFunction = altersFunction
    }

    /// The reference allele on GRCh38.
    public var reference: String { alleles.first ?? "" }
}
