/// What one source says of one site of one sample; what a stream keeps of genotype events.
public struct ObservedSite: Sendable, Hashable {
    /// The site, by `DefinitionPosition.siteIndex`.
    public let site: Int32
    /// The call.
    public let call: SiteCall
    /// The bases that no definition lists, distinct, in the order of the copies; empty as a rule.
    public let novel: [String]

    /// An observation.
    public init(site: Int32, call: SiteCall, novel: [String] = []) {
        self.site = site
        self.call = call
        self.novel = novel
    }
}

extension SampleGenotypes {
    /// Puts observations in; a later one of the same site takes the place of an earlier one.
    public mutating func apply(_ observed: some Sequence<ObservedSite>) {
        for item in observed where sites.indices.contains(Int(item.site)) {
            let site = Int(item.site)
            sites[site] = item.call
            if !novel.isEmpty { novel.removeAll { $0.site == site } }
            for bases in item.novel { novel.append(NovelAllele(site: site, bases: bases)) }
        }
        if novel.count > 1 { novel.sort { ($0.site, $0.bases) < ($1.site, $1.bases) } }
    }
}

/// The genotypes of one sample of a source, with what is to be said of them.
public struct IntakeSample: Sendable, Equatable {
    /// What is known at every position.
    public var genotypes: SampleGenotypes
    /// Why places that the source mentions are unknown; in the order of the sites.
    public var remarks: [IntakeRemark]

    /// A sample.
    public init(genotypes: SampleGenotypes, remarks: [IntakeRemark] = []) {
        self.genotypes = genotypes
        self.remarks = remarks
    }
}
