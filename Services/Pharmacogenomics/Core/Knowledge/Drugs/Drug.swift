/// A drug as the knowledge tables know it: a single ingredient, a fixed combination or a class of drugs.
public struct Drug: Sendable, Hashable {
    /// What the entry stands for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One active substance.
        case ingredient
        /// A fixed combination of ingredients that stand in the dictionary themselves.
        case combination
        /// A class or a placeholder of a source; no display text is ever taken for it.
        case `class`
    }

    /// Where a statement about the drug is published.
    public enum Coverage: String, Sendable, Hashable, CaseIterable {
        /// A guideline of the Clinical Pharmacogenetics Implementation Consortium.
        case cpic
        /// A guideline of the Dutch Pharmacogenetics Working Group.
        case dpwg
        /// The label approved by the United States Food and Drug Administration names a gene.
        case fdaLabel = "fda-label"
        /// The FDA's table of pharmacogenetic associations.
        case fdaAssociation = "fda-association"
    }

    /// The name that all tables use: lower case, CPIC's spelling.
    public let name: String
    /// What the entry stands for.
    public let kind: Kind
    /// RxNorm concept identifiers of the ingredient (or of the combination).
    public let rxnorm: [String]
    /// ATC codes of level 5 (of level 4 or less for a class).
    public let atc: [String]
    /// Other names in lower case: INN and USAN variants, salts that are written alone. No brands.
    public let synonyms: [String]
    /// Our word for its pharmacological class (`ssri`, `tricyclic`, `opioid`...); empty when none is given.
    public let drugClass: String
    /// Properties that contraindications ask for, such as `qt-known-risk`.
    public let flags: [String]
    /// The names of a combination's ingredients; empty for every other kind.
    public let ingredients: [String]
    /// CPIC's level of the pair with each gene: `A` (act on it) to `D`.
    public let cpicLevels: [GeneSymbol: String]
    /// ClinPGx's level of evidence per gene: `1A` to `4`.
    public let clinPGxLevels: [GeneSymbol: String]
    /// What the FDA label says about testing, per gene: `Testing required`, `Testing recommended`, `Actionable PGx`,
    /// `Informative PGx`.
    public let fdaLabels: [GeneSymbol: String]
    /// Who has published something about it.
    public let coverage: Set<Coverage>
    /// The place in `DrugDictionary.drugs`.
    public let index: Int

    /// The genes that any source pairs with the drug, in order.
    public var genes: [GeneSymbol] {
        Set(cpicLevels.keys).union(clinPGxLevels.keys).union(fdaLabels.keys).sorted()
    }

    /// Whether one of its ATC codes lies in the ATC class (`N06AB`, or a full code).
    public func belongs(toATC prefix: String) -> Bool {
        atc.contains { $0.hasPrefix(prefix) }
    }
}
