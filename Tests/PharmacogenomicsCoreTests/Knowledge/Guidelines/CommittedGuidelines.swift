import Foundation

@testable import PharmacogenomicsCore

/// The guideline tables as they are committed, and a way to ask them about a person.
enum CommittedGuidelines {
    /// The bytes of a committed table.
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = SharedPGx.repository.appending(path: "Services/Pharmacogenomics/Resources/knowledge")
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    /// CPIC's rules alone.
    static func cpic() throws -> GuidelineBook {
        try GuidelineBook(tables: KnowledgeTables(files: ["guidelines-cpic.tsv": try bytes("guidelines-cpic.tsv")]))
    }

    /// A table of one row in which some cells are replaced.
    static func table(_ changes: [String: String] = [:], rows: Int = 1) -> KnowledgeTables {
        let cells = [
            ("source", "CPIC"), ("guideline", "g"), ("version", "2023"), ("drug", "codeine"), ("population", "general"),
            ("condition", "CYP2D6=Poor Metabolizer"), ("actions", "avoid+dose-percent:50"), ("strength", "strong"),
            ("risk", "none"), ("implication", "few words"), ("citation", "PMID:1"),
        ]
        let header = cells.map(\.0).joined(separator: "\t")
        let row = cells.map { changes[$0.0] ?? $0.1 }.joined(separator: "\t")
        let text = ([header] + Array(repeating: row, count: rows)).joined(separator: "\n") + "\n"
        return KnowledgeTables(files: ["guidelines-x.tsv": Array(text.utf8)])
    }
}

/// What is known of a person's gene in these tests.
enum KnownResult: Hashable {
    case phenotype(String)
    case score(Double)
    case alleles([String])
    case unknown

    /// CPIC's phenotype of a score, as in the shared activity_score_ranges.tsv.
    static func phenotype(of score: Double, gene: String) -> String {
        if gene == "CYP2D6" {
            return score < 0.25
                ? "Poor Metabolizer"
                : score < 1.25
                    ? "Intermediate Metabolizer" : score < 2.5 ? "Normal Metabolizer" : "Ultrarapid Metabolizer"
        }
        return score < 1 ? "Poor Metabolizer" : score < 2 ? "Intermediate Metabolizer" : "Normal Metabolizer"
    }
}

extension GuidelineCondition {
    /// Whether the condition holds for what is known; a gene that is not listed is unknown.
    func holds(for known: [String: KnownResult]) -> Bool {
        requirements.allSatisfy { requirement in
            let gene = requirement.gene.rawValue
            let result = known[gene] ?? .unknown
            switch (requirement.test, result) {
            case (.any, _): return true
            case (.unknown, .unknown): return true
            case (.phenotypes(let names), .phenotype(let name)): return names.contains(name)
            case (.phenotypes(let names), .score(let score)):
                return names.contains(KnownResult.phenotype(of: score, gene: gene))
            case (.score(let range), .score(let score)): return range.contains(score)
            case (.allele(let name, let isPresent), .alleles(let carried)):
                return carried.contains(name) == isPresent
            case (.variant(let names), .alleles(let carried)): return !names.allSatisfy { !carried.contains($0) }
            default: return false
            }
        }
    }
}

extension GuidelineBook {
    /// The rules for a drug that hold for what is known.
    func rules(_ drug: String, _ known: [String: KnownResult], population: String? = nil) -> [GuidelineRule] {
        rules(for: drug).filter {
            $0.condition.holds(for: known) && (population == nil || $0.population == population)
        }
    }
}
