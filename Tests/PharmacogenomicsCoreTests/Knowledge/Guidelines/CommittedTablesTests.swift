import Foundation
import Testing

@testable import PharmacogenomicsCore

@Suite("The committed guideline tables of all sources fit together")
struct CommittedTablesTests {
    private let book: GuidelineBook

    init() throws {
        var files: [String: [UInt8]] = [:]
        for source in ["cpic", "dpwg", "fda"] {
            let name = "guidelines-\(source).tsv"
            // Each source has its own build script; a table that is not there yet is not this suite's affair.
            if let bytes = try? CommittedGuidelines.bytes(name) { files[name] = bytes }
        }
        book = try GuidelineBook(tables: KnowledgeTables(files: files))
    }

    @Test("Every cell is written back as it was read")
    func roundTrip() throws {
        for rule in book.rules {
            #expect(GuidelineCondition(rule.condition.description) == rule.condition)
            for action in rule.actions {
                #expect(RecommendedAction(action.description) == action)
                #expect(action.text.hasSuffix(".") && action.text.count > 4)
            }
        }
    }

    @Test("A rule says a thing once, and gives advice or none, not both")
    func consistentActions() {
        for rule in book.rules {
            #expect(Set(rule.actions).count == rule.actions.count, "\(rule.drug) \(rule.condition)")
            if rule.actions.contains(where: { $0.code == .noRecommendation }) { #expect(rule.actions.count == 1) }
            if rule.source == .cpic, rule.actions.map(\.code) == [.noRecommendation] {
                #expect(rule.strength.level == .none, "\(rule.drug) \(rule.condition)")
            }
        }
    }

    @Test("Rules are numbered in order and found by their drug and genes")
    func index() {
        #expect(book.rules.map(\.ordinal) == Array(0..<book.rules.count))
        #expect(book.drugs.reduce(0) { $0 + book.rules(for: $1).count } == book.rules.count)
        #expect(book.genes(for: "amitriptyline").map(\.rawValue) == ["CYP2C19", "CYP2D6"])
    }

    @Test("No two of CPIC's rules for one drug and population answer the same person, warfarin's steps apart")
    func disjointRules() {
        var clashes: [String] = []
        for drug in book.drugs where drug != "warfarin" {
            let rules = book.rules(for: drug).filter { $0.source == .cpic && $0.guideline != "provisional" }
            for (one, other) in pairs(of: rules)
            where one.population == other.population && !Self.excludeEachOther(one.condition, other.condition) {
                clashes.append("\(drug): \(one.condition) / \(other.condition)")
            }
        }
        #expect(clashes.isEmpty)
    }

    private func pairs(of rules: [GuidelineRule]) -> [(GuidelineRule, GuidelineRule)] {
        rules.indices.flatMap { first in rules.indices.filter { $0 > first }.map { (rules[first], rules[$0]) } }
    }

    /// Whether some gene cannot meet both conditions.
    private static func excludeEachOther(_ one: GuidelineCondition, _ other: GuidelineCondition) -> Bool {
        for left in one.requirements {
            for right in other.requirements where left.gene == right.gene {
                switch (left.test, right.test) {
                case (.phenotypes(let names), .phenotypes(let others)):
                    if Set(names).isDisjoint(with: others) { return true }
                case (.unknown, .unknown): break
                case (.unknown, _), (_, .unknown): return true
                case (.score(let range), .score(let second)):
                    if range.upper <= second.lower || second.upper <= range.lower { return true }
                case (.score(let range), .phenotypes(let names)), (.phenotypes(let names), .score(let range)):
                    let ends = [range.lower, min(range.upper, 6).nextDown]
                    let inside = ends.map { KnownResult.phenotype(of: $0, gene: left.gene.rawValue) }
                    if inside.allSatisfy({ !names.contains($0) }) { return true }
                case (.allele(let name, let isPresent), .allele(let second, let isSecondPresent)):
                    if name == second, isPresent != isSecondPresent { return true }
                default: break
                }
            }
        }
        return false
    }

    @Test("Every phenotype that CPIC's rules ask for is one that our gene tables can give")
    func knownPhenotypes() throws {
        var given: [String: Set<String>] = [:]
        for (name, column) in [
            ("phenotype-functions.tsv", "phenotype"), ("phenotype-scores.tsv", "phenotype"),
            ("phenotype-exceptions.tsv", "phenotype"),
        ] {
            let table = try KnowledgeTable(name: name, bytes: try CommittedGuidelines.bytes(name))
            let (gene, phenotype) = (try table.column("gene"), try table.column(column))
            for row in 0..<table.rowCount {
                given[table.text(row, gene), default: []].insert(table.text(row, phenotype))
            }
        }
        for rule in book.rules where rule.source == .cpic {
            for requirement in rule.condition.requirements {
                guard case .phenotypes(let names) = requirement.test else { continue }
                let known = given[requirement.gene.rawValue] ?? []
                for name in names where name != "Indeterminate" {
                    #expect(known.contains(name), "\(rule.drug): \(requirement.gene) \(name); known: \(known.sorted())")
                }
            }
        }
    }
}
