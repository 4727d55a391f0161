import Foundation
import Testing

@testable import PharmacogenomicsCore

/// The phenotypes of a published case, through the service's own caller.
enum CaseEvaluation {
    private static let callers = Result {
        let catalog = try EvaluationFixture.knowledge().genes
        var combining = CallingOptions()
        combining.combinations = true
        var withCYP2D6 = CallingOptions()
        withCYP2D6.callsCYP2D6 = true
        return [
            DiplotypeCaller(catalog: catalog), DiplotypeCaller(catalog: catalog, options: combining),
            DiplotypeCaller(catalog: catalog, options: withCYP2D6),
        ]
    }
    private static let assigner = Result { PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()) }

    /// The phenotypes of all genes of a case.
    static func phenotypes(_ row: PGxCaseRow) throws -> [GenePhenotype] {
        let catalog = try EvaluationFixture.knowledge().genes
        let callers = try callers.get()
        let caller =
            row.hasOption("find_combinations") ? callers[1] : row.hasOption("call_cyp2d6") ? callers[2] : callers[0]
        let sample = CaseGenotypes.read(try #require(row.vcf), catalog: catalog)
        return try assigner.get().phenotypes(of: caller.call(sample, outside: outside(row)))
    }

    /// The laboratory's lines: gene, diplotype, phenotype and activity score, parted by single blanks.
    static func outside(_ row: PGxCaseRow) -> [OutsideCall] {
        row["outside_calls"].components(separatedBy: " ; ").compactMap { line in
            guard let gap = line.firstIndex(of: " ") else { return nil }
            var call = OutsideCall(gene: GeneSymbol(rawValue: String(line[..<gap])))
            var rest = String(line[line.index(after: gap)...])
            if rest.hasPrefix(" ") {
                call.phenotype = rest.trimmingCharacters(in: .whitespaces)
                return call
            }
            if let score = rest.split(separator: " ").last.flatMap({ Double($0) }) {
                call.activityScore = score
                rest = String(rest[..<(rest.lastIndex(of: " ") ?? rest.endIndex)])
            }
            for term in ["Poor", "Intermediate", "Normal", "Ultrarapid"] where rest.hasSuffix(" \(term) Metabolizer") {
                call.phenotype = "\(term) Metabolizer"
                rest = String(rest.dropLast(call.phenotype.count + 1))
            }
            call.diplotype = rest
            call.isNoCall = rest == "." || rest == "./."
            return call
        }
    }

    /// What a program that shows the top candidate, or the published worst case, would give.
    static func shown(_ phenotype: GenePhenotype) -> [PhenotypeOutcome] {
        phenotype.worstCase.map { [$0] } ?? phenotype.leadingOutcomes
    }
}
