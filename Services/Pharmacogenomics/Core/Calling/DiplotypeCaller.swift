/// Calls genes: from what is known of a sample to the set of all diplotypes that are consistent with it.
///
/// The set is exact: every unordered pair of named alleles that the data allow, and none that they exclude. A missing or
/// half-called position constrains nothing that it did not show. A caller is made once (it prepares the definitions) and
/// used for any number of samples, from any thread.
public struct DiplotypeCaller: Sendable {
    /// The genes.
    public let catalog: GeneCatalog
    /// How they are called.
    public let options: CallingOptions

    private let matchers: [GeneMatcher]
    private let strandCallers: [StrandCaller?]

    /// Prepares the definitions of all genes.
    public init(catalog: GeneCatalog, options: CallingOptions = CallingOptions()) {
        self.catalog = catalog
        self.options = options
        matchers = catalog.genes.map { GeneMatcher(gene: $0, options: options) }
        strandCallers = matchers.map { $0.gene.calling == .lowestFunction ? StrandCaller($0) : nil }
    }

    /// All genes in the catalog's order. Several reports on one gene are alternatives.
    public func call(_ sample: SampleGenotypes, outside: [OutsideCall] = []) -> [GeneCall] {
        catalog.genes.map { gene in
            outside.isEmpty
                ? called(sample, gene) : call(sample, gene: gene, reports: outside.filter { $0.gene == gene.symbol })
        }
    }

    /// One gene of the caller's catalog; a gene that is not is not callable.
    public func call(_ sample: SampleGenotypes, gene: GeneDefinition, outside: OutsideCall? = nil) -> GeneCall {
        call(sample, gene: gene, reports: outside.map { [$0] } ?? [])
    }

    private func call(_ sample: SampleGenotypes, gene: GeneDefinition, reports: [OutsideCall]) -> GeneCall {
        guard let report = reports.first else { return called(sample, gene) }
        var call = GeneCall(gene: gene.symbol, status: .outside)
        call.outside = report
        call.coverage = 1
        if gene.positions.contains(where: { isObserved($0, sample) }) {
            let variants = called(sample, gene)
            call.remarks.append(CallRemark.outsideReplacesVariants)
            call.replaced = variants.candidates
            call.novel = variants.novel
            call.extraSites = variants.extraSites
        }
        OutsideReading(gene: gene, reports: reports).fill(&call)
        return call
    }

    private func called(_ sample: SampleGenotypes, _ gene: GeneDefinition) -> GeneCall {
        var call = GeneCall(gene: gene.symbol, status: .notCallable)
        guard matchers.indices.contains(gene.index) else { return call }
        let matcher = matchers[gene.index]
        guard !matcher.slots.isEmpty, gene.calling != .outside || options.callsCYP2D6 else {
            call.remarks.append(CallRemark.needsOutsideCall)
            return call
        }
        if gene.calling == .outside { call.remarks.append(CallRemark.structuralInvisible) }
        call.novel = novel(sample, gene)
        call.extraSites = extraSites(sample, matcher.extras)
        let reading = matcher.read(sample, combinations: options.combinations)
        call.missingPositions = reading.missingPositions
        call.coverage = reading.coverage
        call.isPhased = reading.isPhased
        if reading.treatedAsReference { call.remarks.append(CallRemark.treatedAsReference) }
        if reading.hasUndocumented { call.remarks.append(CallRemark.undocumentedBase) }
        guard reading.observedCount > 0 else { return call }
        if reading.missesRequired {
            call.remarks.append(CallRemark.missingRequiredPosition)
            return call
        }
        if reading.coverage < options.minimumCoverage {
            call.remarks.append(CallRemark.coverageBelowMinimum)
            return call
        }
        if matcher.prior != nil { call.remarks.append(CallRemark.frequencyPrior) }
        if reading.isHeterozygousMale { call.remarks.append(CallRemark.heterozygousMale) }
        if let strands = strandCallers[gene.index] {
            strands.fill(&call, sample: sample, reading: reading)
        } else {
            matcher.fill(&call, sample: sample, reading: reading, combinations: options.combinations)
        }
        return call
    }

    private func isObserved(_ position: DefinitionPosition, _ sample: SampleGenotypes) -> Bool {
        position.siteIndex < sample.sites.count && sample.sites[position.siteIndex].first != SiteCall.unknown
    }

    private func novel(_ sample: SampleGenotypes, _ gene: GeneDefinition) -> [NovelAllele] {
        if sample.novel.isEmpty { return [] }
        return sample.novel.filter {
            $0.site >= 0 && $0.site < catalog.siteCount && catalog.positions[$0.site].gene == gene.symbol
        }
    }

    private func extraSites(_ sample: SampleGenotypes, _ extras: [DefinitionPosition]) -> [ReportedSite] {
        if extras.isEmpty { return [] }
        var sites: [ReportedSite] = []
        for position in extras where position.siteIndex < sample.sites.count {
            let call = sample.sites[position.siteIndex]
            func bases(_ code: Int8) -> String? {
                code >= 0 && Int(code) < position.alleles.count ? position.alleles[Int(code)] : nil
            }
            sites.append(
                ReportedSite(
                    position: position.index, identifier: position.identifier, first: bases(call.first),
                    second: bases(call.second)))
        }
        return sites
    }
}
