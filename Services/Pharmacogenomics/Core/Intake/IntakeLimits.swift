/// What a genotype must have to be trusted. By default nothing but an unfailed filter is asked for.
public struct IntakeLimits: Sendable, Hashable {
    /// The least genotype quality (FORMAT `GQ`, or `RGQ`); a genotype below it is unknown. Nil: not looked at. A genotype without a value passes.
    public var minimumQuality: Double?
    /// The fewest reads (FORMAT `DP`, in a block `MIN_DP` before it); a genotype below it is unknown. Nil: not looked at. A genotype without a
    /// value passes.
    public var minimumDepth: Int?
    /// Whether records whose FILTER, and genotypes whose FT, is neither `PASS` nor `.` are used all the same.
    public var keepsFiltered: Bool
    /// Filters that say how a record compares with a list of alleles, or that the site is reference, and nothing about its quality.
    public static let informativeFilters: Set<String> = ["PASS", ".", "PCATxREF", "PCATxALT", "PCATxINDEL", "RefCall"]

    /// Limits.
    public init(minimumQuality: Double? = nil, minimumDepth: Int? = nil, keepsFiltered: Bool = false) {
        self.minimumQuality = minimumQuality
        self.minimumDepth = minimumDepth
        self.keepsFiltered = keepsFiltered
    }
}

/// Which assembly a source is read as.
public enum AssemblyChoice: String, Sendable, Hashable, CaseIterable {
    /// The one that the source states; GRCh38 when it states none.
    case auto
    /// GRCh37 (hg19).
    case grch37 = "GRCh37"
    /// GRCh38 (hg38).
    case grch38 = "GRCh38"
}
