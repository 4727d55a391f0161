/// What a release changes against the one before it, as far as it can change somebody's results.
public struct KnowledgeDiff: Sendable, Equatable {
    /// Who has to be looked at again.
    public enum Touch: Sendable, Hashable, Comparable {
        /// Everybody of whom anything is known.
        case everybody
        /// Who has a result for the gene.
        case gene(GeneSymbol)
        /// Who may carry the allele: one of their candidate diplotypes has it.
        case allele(GeneSymbol, String)
        /// Who may have the phenotype in the gene.
        case phenotype(GeneSymbol, String)
        /// Who takes the drug.
        case medication(String)

        private var order: [String] {
            switch self {
            case .everybody: ["0"]
            case .gene(let gene): ["1", gene.rawValue]
            case .allele(let gene, let name): ["2", gene.rawValue, name]
            case .phenotype(let gene, let name): ["3", gene.rawValue, name]
            case .medication(let drug): ["4", drug]
            }
        }

        /// The widest first, then by name.
        public static func < (one: Touch, other: Touch) -> Bool { one.order.lexicographicallyPrecedes(other.order) }
    }

    /// Genes whose positions, definitions or phenotype rules changed.
    public private(set) var changedGenes: Set<GeneSymbol> = []
    /// Drugs of which a rule came, went or changed.
    public private(set) var changedDrugs: Set<String> = []
    /// Drugs that act on an enzyme otherwise than before.
    public private(set) var changedInteractions: Set<String> = []
    /// Who has to be looked at again; empty when nobody's results can change. Sorted, and nothing that another entry includes.
    public private(set) var touches: [Touch] = []

    /// Compares two releases.
    public init(from old: KnowledgeBase, to new: KnowledgeBase) {
        var found: Set<Touch> = []
        compareGenes(old.genes, new.genes, &found)
        compareGuidelines(old.guidelines, new.guidelines, &found)
        compareInteractions(old.interactions, new.interactions, &found)
        if old.phenoconversion.rules != new.phenoconversion.rules { found.insert(.everybody) }
        if old.drugs.drugs != new.drugs.drugs { found.insert(.everybody) }
        touches = Self.reduced(found)
    }

    /// True when no result can change.
    public var isEmpty: Bool { touches.isEmpty }

    private mutating func compareGenes(_ old: GeneCatalog, _ new: GeneCatalog, _ found: inout Set<Touch>) {
        let before = Dictionary(uniqueKeysWithValues: old.genes.map { ($0.symbol, $0) })
        let after = Dictionary(uniqueKeysWithValues: new.genes.map { ($0.symbol, $0) })
        for symbol in Set(before.keys).union(after.keys) {
            guard let one = before[symbol], let other = after[symbol] else {
                // A gene that is new may be callable from what is stored of its positions for another gene's sake.
                changedGenes.insert(symbol)
                found.insert(before[symbol] == nil ? .everybody : .gene(symbol))
                continue
            }
            guard one.isDefined(as: other) else {
                changedGenes.insert(symbol)
                found.insert(.gene(symbol))
                continue
            }
            // Same definitions: only carriers of the alleles whose function changed can differ.
            for (was, now) in zip(one.alleles, other.alleles)
            where was.function != now.function || was.activityValue != now.activityValue {
                changedGenes.insert(symbol)
                found.insert(.allele(symbol, now.name))
            }
        }
    }

    private mutating func compareGuidelines(_ old: GuidelineBook, _ new: GuidelineBook, _ found: inout Set<Touch>) {
        for drug in Set(old.drugs).union(new.drugs) {
            let before = Set(old.rules(for: drug).map(RuleContent.init))
            let after = Set(new.rules(for: drug).map(RuleContent.init))
            for content in before.symmetricDifference(after) {
                changedDrugs.insert(drug)
                found.formUnion(Self.touches(of: content.rule))
            }
        }
    }

    private mutating func compareInteractions(
        _ old: InteractionTable, _ new: InteractionTable, _ found: inout Set<Touch>
    ) {
        let changed = Set(old.interactions).symmetricDifference(Set(new.interactions))
        changedInteractions = Set(changed.map(\.drug))
        found.formUnion(changedInteractions.map(Touch.medication))
    }

    /// A rule concerns whoever may meet the requirement that the fewest people meet: one with a phenotype or an allele, else its gene.
    private static func touches(of rule: GuidelineRule) -> [Touch] {
        for requirement in rule.condition.requirements {
            if case .phenotypes(let names) = requirement.test {
                // Inhibitors make phenotypes that genes do not: whoever takes one may meet the rule too.
                return names.map { .phenotype(requirement.gene, $0) }
            }
        }
        // Whoever lacks a result has no row to be found by: of such a rule the other gene tells.
        let told = rule.condition.requirements.first { $0.test != .unknown }
        guard let gene = told?.gene else { return [.everybody] }
        return [.gene(gene)]
    }

    private static func reduced(_ found: Set<Touch>) -> [Touch] {
        guard !found.contains(.everybody) else { return [.everybody] }
        return found.filter { touch in
            switch touch {
            case .allele(let gene, _), .phenotype(let gene, _): !found.contains(.gene(gene))
            case .everybody, .gene, .medication: true
            }
        }.sorted()
    }
}

/// A rule without its place in the tables: rows that only moved say nothing new.
private struct RuleContent: Hashable {
    let rule: GuidelineRule

    static func == (one: Self, other: Self) -> Bool {
        let (a, b) = (one.rule, other.rule)
        return a.source == b.source && a.guideline == b.guideline && a.version == b.version && a.drug == b.drug
            && a.population == b.population && a.condition == b.condition && a.actions == b.actions
            && a.strength == b.strength && a.risk == b.risk && a.implication == b.implication
            && a.citation == b.citation
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(rule.source)
        hasher.combine(rule.drug)
        hasher.combine(rule.condition)
        hasher.combine(rule.actions)
    }
}

extension GeneDefinition {
    /// True when calls come out the same under both definitions, allele by allele and phenotype by phenotype of their functions.
    fileprivate func isDefined(as other: GeneDefinition) -> Bool {
        guard calling == other.calling, isHemizygousInMales == other.isHemizygousInMales,
            isMonoallelic == other.isMonoallelic,
            treatsUndocumentedAsReference == other.treatsUndocumentedAsReference,
            unphasedPriorities == other.unphasedPriorities, alleles.count == other.alleles.count,
            positions.count == other.positions.count, phenotypeRules.agrees(with: other.phenotypeRules)
        else { return false }
        return zip(positions, other.positions).allSatisfy { $0.sameSite(as: $1) }
            && zip(alleles, other.alleles).allSatisfy {
                $0.name == $1.name && $0.kind == $1.kind && $0.constraints == $1.constraints
            }
    }
}

extension PhenotypeRules {
    /// True when every pair of functions and every score has the same phenotype; the numbers of functions and phenotypes may differ.
    fileprivate func agrees(with other: PhenotypeRules) -> Bool {
        guard method == other.method, source == other.source, namedRanges == other.namedRanges,
            namedExceptions == other.namedExceptions,
            phenotypeWithoutScore.map({ phenotypes[$0] }) == other.phenotypeWithoutScore.map({ other.phenotypes[$0] })
        else { return false }
        let words = Set(functions).union(other.functions)
        return words.allSatisfy { one in
            phenotype(ofSingle: one) == other.phenotype(ofSingle: one)
                && words.allSatisfy { phenotype(of: one, $0) == other.phenotype(of: one, $0) }
        }
    }

    private var namedRanges: [String] {
        scoreRanges.map {
            "\($0.source) \($0.includesLower)\($0.lower)..\($0.upper)\($0.includesUpper) \(phenotypes[$0.phenotype])"
        }
    }

    private var namedExceptions: [AllelePair: String] {
        exceptions.mapValues { "\(phenotypes[$0.phenotype]) \($0.activityScore.map { "\($0)" } ?? "")" }
    }
}

extension DefinitionPosition {
    /// The same position with the same part in its gene; its number among all genes may differ.
    fileprivate func sameSite(as other: DefinitionPosition) -> Bool {
        chromosome == other.chromosome && grch38 == other.grch38 && grch37 == other.grch37 && alleles == other.alleles
            && role == other.role && isRequired == other.isRequired && altersFunction == other.altersFunction
    }
}
