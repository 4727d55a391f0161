import Domain
import PharmacogenomicsAdapter
import PharmacogenomicsCore

/// The rows that persons come to under a release, as the queries of the stage write them.
struct ExpectedResults {
    private(set) var phenotypes: [String] = []
    private(set) var recommendations: [String] = []
    /// Person and drug of each alert that is open.
    private(set) var alerts: Set<EventID> = []
    /// By person and drug: what tells one advice from another.
    private(set) var contents: [String: [UInt64]] = [:]

    init(_ persons: [GenomePerson], under edition: KnowledgeEdition) throws {
        for person in persons {
            let name = person.patient.rawValue
            let evaluated = try person.evaluated(under: edition)
            for result in evaluated.phenotypes where result.call.status != .notCallable {
                phenotypes.append("\(name)|\(Self.row(of: result))")
            }
            for advice in evaluated.recommendations {
                recommendations.append("\(name)|\(Self.row(of: advice))")
                contents["\(name) \(advice.drug)", default: []] += [advice.contentHash, advice.isActive ? 1 : 0]
            }
            for finding in evaluated.findings where finding.severity == .critical {
                alerts.insert(.hashing("pharmacogenomics-alert", name, finding.drug))
            }
        }
        phenotypes.sort()
        recommendations.sort()
    }

    /// Person and drug of the advice that differs between two releases.
    func changes(to other: ExpectedResults) -> Set<String> {
        Set(contents.keys).union(other.contents.keys).filter { contents[$0] != other.contents[$0] }
    }

    private static func row(of result: GenePhenotype) -> String {
        let call = result.call
        let diplotype =
            call.candidates.first?.name ?? call.outside?.diplotype
            ?? call.haplotypes.map(\.name).joined(separator: "; ")
        let phenotype = result.consensus?.phenotype ?? ""
        let inhibitors = (result.converted.map { $0.inhibitors + $0.inducers } ?? []).map(\.drug)
        return [
            call.gene.rawValue, call.status.rawValue, diplotype, "\(max(call.diplotypeCount, call.candidates.count))",
            phenotype, result.converted.map { $0.phenotype ?? "" } ?? phenotype, inhibitors.joined(separator: "+"),
        ].joined(separator: "|")
    }

    private static func row(of advice: DrugRecommendation) -> String {
        [
            advice.drug, advice.source.rawValue, advice.guideline, advice.population, advice.status.rawValue,
            advice.actions.map(\.description).joined(separator: "+"), advice.strength.description, advice.risk,
            advice.isActive ? "t" : "f", advice.isPhenoconverted ? "t" : "f",
            advice.missingGenes.map(\.rawValue).joined(separator: "+"),
        ].joined(separator: "|")
    }
}
