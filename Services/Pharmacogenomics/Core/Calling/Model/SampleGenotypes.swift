/// What is known of one sample at every position of the knowledge base.
public struct SampleGenotypes: Sendable, Equatable {
    /// The sample's name in its file; opaque.
    public var sampleID: String
    /// The sex, where it is known; a male has one copy of X.
    public var sex: Sex?
    /// One call a site, by ``DefinitionPosition/siteIndex``; as many as ``GeneCatalog/siteCount``.
    public var sites: [SiteCall]
    /// The bases that no definition lists, in the order of the sites.
    public var novel: [NovelAllele]

    /// A sample of which nothing is known yet.
    public init(sampleID: String, sex: Sex? = nil, siteCount: Int) {
        self.sampleID = sampleID
        self.sex = sex
        sites = Array(repeating: SiteCall(), count: siteCount)
        novel = []
    }
}

/// The sex as far as it decides the copies of X.
public enum Sex: String, Sendable, Hashable {
    /// Two copies of X.
    case female
    /// One copy of X.
    case male
}

/// A base at a defined position that no definition lists ("novel here").
public struct NovelAllele: Sendable, Hashable {
    /// The site, by ``DefinitionPosition/siteIndex``.
    public let site: Int
    /// The bases as the file gave them, on the plus strand.
    public let bases: String

    /// A novel allele.
    public init(site: Int, bases: String) {
        self.site = site
        self.bases = bases
    }
}
