import Domain
import JSONDocument

/// The genotypes, haplotypes and variants of a report.
struct GenomicFindings {
    let resources: GenomicsResources
    let genes: GeneCatalog
    let genotypes: SampleGenotypes?

    private(set) var entries: [JSONValue] = []
    private(set) var ids: [EventID] = []
    private(set) var genotypeByGene: [GeneSymbol: EventID] = [:]

    init(resources: GenomicsResources, genes: GeneCatalog, genotypes: SampleGenotypes?) {
        self.resources = resources
        self.genes = genes
        self.genotypes = genotypes
    }

    /// Adds what is known of one gene; nothing for a gene without a result.
    mutating func add(_ phenotype: GenePhenotype) {
        let call = phenotype.call
        guard let text = GenotypeText.text(call) else { return }
        let haplotypes = addHaplotypes(call)
        let variants = addVariants(call)
        let id = resources.id("genotype", call.gene.rawValue)
        var genotype = resources.observation(.genotype, id: id, code: .genotype)
        genotype["valueCodeableConcept"] = ["text": .string(text)]
        genotype.set("derivedFrom", (haplotypes + variants).map { GenomicsResources.reference($0) })
        var components = [Self.geneStudied(call.gene)]
        if let conclusion = Self.conclusion(phenotype) {
            components.append(GenomicsResources.component(.conclusion, string: conclusion))
        }
        genotype.set("component", components)
        genotype.set("note", Self.notes(call).map { ["text": .string($0)] })
        append(genotype, id)
        genotypeByGene[call.gene] = id
    }

    private mutating func append(_ resource: JSONObject, _ id: EventID) {
        entries.append(GenomicsResources.entry(resource, id: id))
        ids.append(id)
    }

    // MARK: - Genotype

    private static func geneStudied(_ gene: GeneSymbol) -> JSONValue {
        GenomicsResources.component(
            .geneStudied, codes: GenomicsCode.gene(gene).map { [$0] } ?? [], text: gene.rawValue)
    }

    private static func conclusion(_ phenotype: GenePhenotype) -> String? {
        if let consensus = phenotype.consensus { return GenotypeText.text(consensus) }
        guard !phenotype.outcomes.isEmpty else { return nil }
        let parts = phenotype.outcomes.prefix(GenotypeText.listedDiplotypes).map {
            "\(GenotypeText.text($0)) \(GenotypeText.percent($0.weight))"
        }
        return "Not settled: " + parts.joined(separator: ", ")
    }

    private static func notes(_ call: GeneCall) -> [String] {
        var notes: [String] = []
        if call.status == .outside { notes.append("Taken from a report of another laboratory.") }
        if !call.missingPositions.isEmpty {
            notes.append(
                "Positions of the gene that were not observed and are unknown: \(call.missingPositions.count). Coverage of function-altering positions: \(GenotypeText.percent(call.coverage))."
            )
        }
        if !call.novel.isEmpty {
            notes.append("Bases that no definition of the gene lists, seen and not interpreted: \(call.novel.count).")
        }
        return notes
    }

    // MARK: - Haplotypes

    /// The haplotypes of a settled call, each once; none while several diplotypes are open.
    private mutating func addHaplotypes(_ call: GeneCall) -> [EventID] {
        guard call.candidates.count == 1, call.diplotypeCount <= 1, let candidate = call.candidates.first else {
            return []
        }
        var ids: [EventID] = []
        for haplotype in [candidate.first] + (candidate.second.map { [$0] } ?? []) {
            let id = resources.id("haplotype", call.gene.rawValue, haplotype.name)
            if ids.contains(id) { continue }
            var observation = resources.observation(.haplotype, id: id, code: .haplotype)
            observation["valueCodeableConcept"] = ["text": .string("\(call.gene) \(haplotype.name)")]
            observation.set("component", [Self.geneStudied(call.gene)])
            append(observation, id)
            ids.append(id)
        }
        return ids
    }

    // MARK: - Variants

    /// What differs from the reference at the gene's positions.
    private mutating func addVariants(_ call: GeneCall) -> [EventID] {
        guard let genotypes, let gene = genes[call.gene], call.status != .outside else { return [] }
        var ids: [EventID] = []
        for position in gene.positions where position.role != .ignored {
            guard genotypes.sites.indices.contains(position.siteIndex) else { continue }
            let site = genotypes.sites[position.siteIndex]
            for allele in Set([site.first, site.second]).sorted() where allele > 0 {
                guard position.alleles.indices.contains(Int(allele)) else { continue }
                let id = resources.id(
                    "variant", call.gene.rawValue, position.identifier, position.alleles[Int(allele)])
                append(variant(id, at: position, allele: allele, of: site), id)
                ids.append(id)
            }
        }
        return ids
    }

    private func variant(
        _ id: EventID, at position: DefinitionPosition, allele: Int8, of site: SiteCall
    ) -> JSONObject {
        var variant = resources.observation(.variant, id: id, code: .variant)
        variant["valueCodeableConcept"] = GenomicsCode.present.concept
        var components = [
            Self.geneStudied(position.gene),
            GenomicsResources.component(.assembly, .grch38),
        ]
        if let chromosome = GenomicsCode.chromosome(position.chromosome) {
            components.append(GenomicsResources.component(.chromosome, chromosome))
        }
        if let accession = ReferenceSequence.accession(chromosome: position.chromosome) {
            components.append(GenomicsResources.component(.referenceSequence, .refSeq(accession)))
        }
        if position.identifier.hasPrefix("rs") {
            components.append(GenomicsResources.component(.variationCode, .dbSNP(position.identifier)))
        }
        var range: JSONObject = ["low": ["value": .number(JSONNumber(position.grch38))]]
        let length = position.reference.utf8.count
        if length > 1 { range["high"] = ["value": .number(JSONNumber(position.grch38 + Int64(length) - 1))] }
        components += [
            GenomicsResources.component(.coordinateSystem, .oneBased),
            ["code": GenomicsCode.exactStartEnd.concept, "valueRange": .object(range)],
            GenomicsResources.component(.referenceAllele, string: position.reference),
            GenomicsResources.component(.alternateAllele, string: position.alleles[Int(allele)]),
            GenomicsResources.component(.sourceClass, .germline),
        ]
        if let state = Self.state(of: allele, site) {
            components.append(GenomicsResources.component(.allelicState, state))
        }
        variant.set("component", components)
        return variant
    }

    /// nil where one copy is unknown.
    private static func state(of allele: Int8, _ site: SiteCall) -> GenomicsCode? {
        if site.first == SiteCall.unknown || site.second == SiteCall.unknown { return nil }
        if site.second == SiteCall.absent || site.first == SiteCall.absent { return .hemizygous }
        return site.first == site.second ? .homozygous : .heterozygous
    }
}
