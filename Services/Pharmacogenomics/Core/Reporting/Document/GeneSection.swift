import Domain
import JSONDocument

/// What the report says about one gene.
struct GeneSection {
    let catalog: GeneCatalog

    func json(_ phenotype: GenePhenotype) -> JSONValue {
        let call = phenotype.call
        let gene = catalog[call.gene]
        var section: JSONObject = [
            "gene": .string(call.gene.rawValue), "status": .string(call.status.rawValue),
            "diplotypes": .array(call.candidates.map { Self.diplotype($0, gene: gene) }),
            "diplotype_count": .integer(call.diplotypeCount), "coverage": .number(call.coverage),
            "phased": .bool(call.isPhased),
        ]
        let unlisted = call.unlisted.reduce(0) { $0 + $1.weight }
        if unlisted > 0 { section["unlisted_weight"] = .number(unlisted) }
        section.set("alleles_found", call.haplotypes.map { Self.haplotype($0, gene: gene) })
        section.set(
            "missing_positions", call.missingPositions.map { Self.position($0, of: gene) })
        section.set("novel", call.novel.map { novel($0) })
        section.set("remarks", texts: call.remarks + phenotype.remarks.filter { !call.remarks.contains($0) })
        if let outside = call.outside { section["outside"] = Self.outside(outside) }
        section["phenotypes"] = .array(phenotype.outcomes.map(Self.outcome))
        if let consensus = phenotype.consensus { section["consensus"] = Self.outcome(consensus) }
        if let worst = phenotype.worstCase { section["worst_case"] = Self.outcome(worst) }
        if let contradicted = phenotype.contradicted { section["contradicted"] = Self.outcome(contradicted) }
        if let converted = phenotype.converted { section["phenoconversion"] = Self.converted(converted) }
        return .object(section)
    }

    private static func diplotype(_ candidate: DiplotypeCandidate, gene: GeneDefinition?) -> JSONValue {
        let haplotypes = [candidate.first] + (candidate.second.map { [$0] } ?? [])
        return [
            "diplotype": .string(candidate.name), "weight": .number(candidate.weight),
            "score": .integer(candidate.score),
            "haplotypes": .array(haplotypes.map { haplotype($0, gene: gene) }),
        ]
    }

    private static func haplotype(_ haplotype: HaplotypeCall, gene: GeneDefinition?) -> JSONValue {
        var json: JSONObject = ["name": .string(haplotype.name)]
        let alleles = haplotype.alleles.compactMap { index -> NamedAllele? in
            guard let gene, gene.alleles.indices.contains(index) else { return nil }
            return gene.alleles[index]
        }
        json.set("functions", texts: alleles.map(\.function).filter { !$0.isEmpty })
        if alleles.count == 1 { json.set("activity_value", alleles[0].activityValue) }
        json.set("variants", texts: haplotype.partials)
        if haplotype.copies != 1 { json["copies"] = .integer(haplotype.copies) }
        return .object(json)
    }

    private static func position(_ index: Int, of gene: GeneDefinition?) -> JSONValue {
        guard let gene, gene.positions.indices.contains(index) else { return .string("#\(index)") }
        return .string(gene.positions[index].identifier)
    }

    private func novel(_ allele: NovelAllele) -> JSONValue {
        guard catalog.positions.indices.contains(allele.site) else {
            return ["position": .string("#\(allele.site)"), "bases": .string(allele.bases)]
        }
        let position = catalog.positions[allele.site]
        return [
            "position": .string(position.identifier), "chromosome": .string(position.chromosome),
            "grch38": .number(JSONNumber(position.grch38)), "reference": .string(position.reference),
            "bases": .string(allele.bases),
        ]
    }

    private static func outside(_ call: OutsideCall) -> JSONValue {
        var json = JSONObject()
        json.set("diplotype", call.diplotype)
        json.set("phenotype", call.phenotype)
        json.set("activity_score", call.activityScore)
        json["no_call"] = .bool(call.isNoCall)
        return .object(json)
    }

    /// An outcome with its weight and the diplotypes that lead there.
    private static func outcome(_ outcome: PhenotypeOutcome) -> JSONValue {
        var json = summary(of: outcome)
        json["weight"] = .number(outcome.weight)
        json["diplotypes"] = .array(outcome.diplotypes.map { .string($0) })
        json["diplotype_count"] = .integer(outcome.diplotypeCount)
        if !outcome.otherTerms.isEmpty {
            var terms = JSONObject()
            for term in outcome.otherTerms { terms[term.source.rawValue] = .string(term.phenotype) }
            json["terms"] = .object(terms)
        }
        json.set("alleles", texts: outcome.alleles.compactMap(\.text))
        return .object(json)
    }

    /// Gene, phenotype and activity score.
    static func summary(of outcome: PhenotypeOutcome) -> JSONObject {
        var json: JSONObject = [
            "gene": .string(outcome.gene.rawValue), "phenotype": .string(outcome.phenotype),
        ]
        json.set("activity_score", outcome.activityScore)
        return json
    }

    private static func converted(_ converted: ConvertedPhenotype) -> JSONValue {
        var json: JSONObject = [
            "effect": .string(converted.effect.rawValue), "phenotypes": .array(converted.outcomes.map(outcome)),
        ]
        json.set("inhibitors", converted.inhibitors.map(interacting))
        json.set("inducers", converted.inducers.map(interacting))
        json.set("until", converted.until)
        return .object(json)
    }

    private static func interacting(_ drug: InteractingDrug) -> JSONValue {
        var json: JSONObject = ["drug": .string(drug.drug), "strength": .string(drug.strength.rawValue)]
        json.set("until", drug.until)
        json.set("event_id", drug.eventID?.description)
        return .object(json)
    }
}
