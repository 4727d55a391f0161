import Contracts
import Domain
import PharmacogenomicsCore

/// What an event says about a gene, without identities, versions and times: by this two results are told apart.
struct GeneContent {
    let gene: String
    let status: PhenotypeDetermined.CallStatus
    let diplotype: String
    let diplotypeCount: Int64
    let topWeight: Double?
    let phenotype: String
    let phenotypes: [String]
    let activityScore: Double?
    let convertedPhenotype: String
    let convertedActivityScore: Double?
    let inhibitors: [String]
    let missingPositions: [String]
    let novel: [String]
    /// `GENE=allele`; `GENE=` when there are candidates that are not listed.
    let searchAlleles: [String]
    /// `GENE=phenotype`, genetic and converted.
    let searchPhenotypes: [String]

    init(_ result: GenePhenotype, definition: GeneDefinition) {
        let call = result.call
        gene = call.gene.rawValue
        status = PhenotypeDetermined.CallStatus(rawValue: call.status.rawValue) ?? .notCallable
        let haplotypes = call.haplotypes.map(\.name).joined(separator: "; ")
        diplotype = Self.fitting(call.candidates.first?.name ?? call.outside?.diplotype ?? haplotypes)
        diplotypeCount = Int64(max(call.diplotypeCount, call.candidates.count))
        topWeight = call.candidates.first?.weight
        phenotype = Self.fitting(result.consensus?.phenotype ?? "")
        phenotypes = Self.distinct(result.outcomes.map(\.phenotype))
        activityScore = result.consensus?.activityScore
        if let converted = result.converted {
            convertedPhenotype = Self.fitting(converted.phenotype ?? "")
            convertedActivityScore = converted.activityScore
            inhibitors = Self.distinct((converted.inhibitors + converted.inducers).map(\.drug))
        } else {
            convertedPhenotype = phenotype
            convertedActivityScore = activityScore
            inhibitors = []
        }
        let positions = definition.positions
        missingPositions = Self.distinct(
            call.missingPositions.filter(positions.indices.contains).map { positions[$0].identifier })
        novel = Self.distinct(
            call.novel.map { allele in
                "\(positions.first { $0.siteIndex == allele.site }?.identifier ?? "")>\(allele.bases)"
            })
        searchAlleles = Self.alleles(of: call, definition)
        searchPhenotypes = Set(
            (result.outcomes + (result.converted?.outcomes ?? [])).map { "\(call.gene.rawValue)=\($0.phenotype)" }
        ).sorted()
    }

    private static func alleles(of call: GeneCall, _ definition: GeneDefinition) -> [String] {
        var names: Set<String> = []
        for haplotype in call.candidates.flatMap({ [$0.first] + [$0.second].compactMap { $0 } }) + call.haplotypes {
            for allele in haplotype.alleles where definition.alleles.indices.contains(allele) {
                names.insert(definition.alleles[allele].name)
            }
        }
        for part in (call.outside?.diplotype ?? "").split(separator: "/") { names.insert(String(part)) }
        if call.diplotypeCount > call.candidates.count || !call.unlisted.isEmpty { names.insert("") }
        return names.sorted().map { "\(call.gene.rawValue)=\($0)" }
    }

    private static func distinct(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return Array(texts.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(ContractLimits.listEntries))
            .map(fitting)
    }

    /// The text, cut where an event's field ends.
    static func fitting(_ text: String) -> String {
        guard text.utf8.count > ContractLimits.textBytes else { return text }
        var cut = text.prefix(ContractLimits.textBytes / 4)
        while cut.utf8.count > ContractLimits.textBytes { cut = cut.dropLast() }
        return String(cut)
    }

    /// Equal for equal content, on every machine.
    var hash: UInt64 {
        var hash = ContentHash()
        for text in [gene, status.rawValue, diplotype, phenotype, convertedPhenotype] { hash.add(text) }
        hash.add(diplotypeCount)
        for number in [topWeight, activityScore, convertedActivityScore] { hash.add(number) }
        for list in [phenotypes, inhibitors, missingPositions, novel, searchAlleles, searchPhenotypes] {
            hash.add(list)
        }
        return hash.value
    }

    func event(
        id: EventID, patient: PatientPseudonym, version: Int64, knowledgeVersion: String, inputEventIDs: [EventID],
        effectiveAt: Timestamp, modelVersion: String, producedAt: Timestamp
    ) -> PhenotypeDetermined {
        PhenotypeDetermined(
            eventID: id, patient: patient, gene: gene, version: version, callStatus: status, diplotype: diplotype,
            diplotypeCount: diplotypeCount, topWeight: topWeight, phenotype: phenotype, phenotypes: phenotypes,
            activityScore: activityScore, convertedPhenotype: convertedPhenotype,
            convertedActivityScore: convertedActivityScore, inhibitors: inhibitors,
            missingPositions: missingPositions, novel: novel, knowledgeVersion: knowledgeVersion,
            inputEventIDs: inputEventIDs, effectiveAt: effectiveAt, modelVersion: modelVersion, producedAt: producedAt)
    }
}
