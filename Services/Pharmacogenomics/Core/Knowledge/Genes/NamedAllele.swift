/// What a named allele says of one position.
public struct AlleleConstraint: Sendable, Hashable {
    /// The position's number within the gene (`DefinitionPosition.index`).
    public let position: Int
    /// Which alleles of the position fit: bit i stands for `DefinitionPosition.alleles[i]`. Never 0; two bits or more
    /// where the definition has an ambiguity code.
    public let accepted: UInt64

    /// A constraint.
    public init(position: Int, accepted: UInt64) {
        self.position = position
        self.accepted = accepted
    }
}

/// An allele that has a name: a star allele, a haplotype or a single variant, as the gene's nomenclature has it.
public struct NamedAllele: Sendable, Hashable {
    /// How an allele is told.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The allele that the others are described against.
        case reference
        /// Defined by positions.
        case allele
        /// A deletion, duplication, hybrid or tandem: never inferred from single positions.
        case structural
        /// Known by name only, from a laboratory's report.
        case reported
    }

    /// The allele's number within its gene, from 0.
    public let index: Int
    /// The name as CPIC writes it (`*2`, `c.1905+1G>A (*2A)`, `A- 202A_376G`).
    public let name: String
    /// The ClinPGx accession (`PA...`), empty when it has none.
    public let identifier: String
    /// How the allele is told.
    public let kind: Kind
    /// What its own definition says, by position; for the reference allele every defining position. Empty for
    /// structural and reported alleles.
    public let constraints: [AlleleConstraint]
    /// The clinical function in CPIC's words (`No function`), empty when none is assigned.
    public let function: String
    /// The activity value, nil when none is assigned.
    public let activityValue: Double?
    /// The name to report it by: that of its core allele where this is a suballele (SLCO1B1 `*45.001` is reported as
    /// `*45`), otherwise `name`.
    public let reportedName: String
    /// The number of `function` in the gene's `PhenotypeRules.functions`; nil when the rules do not know it.
    public let functionIndex: Int?

    /// An allele.
    public init(
        index: Int, name: String, identifier: String = "", kind: Kind, constraints: [AlleleConstraint] = [],
        function: String = "", activityValue: Double? = nil, functionIndex: Int? = nil, reportedName: String? = nil
    ) {
        self.index = index
        self.name = name
        self.identifier = identifier
        self.kind = kind
        self.constraints = constraints
        self.function = function
        self.activityValue = activityValue
        self.functionIndex = functionIndex
        self.reportedName = reportedName ?? name
    }
}
