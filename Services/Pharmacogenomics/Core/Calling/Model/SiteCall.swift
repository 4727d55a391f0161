/// What one sample shows at one defined position: an allele for each chromosome copy.
///
/// Alleles are indices into ``DefinitionPosition/alleles`` (0 is the reference of GRCh38), or one of the marks below.
public struct SiteCall: Sendable, Hashable {
    /// Nothing is known of this copy: no line, no call, filtered, too little coverage. Never the reference.
    public static let unknown: Int8 = -1
    /// A base that no definition of the position lists; ``SampleGenotypes/novel`` names it.
    public static let novel: Int8 = -2
    /// There is no second copy (X of a male, haploid call).
    public static let absent: Int8 = -3

    /// The allele of the first copy; with ``isPhased``, of the haplotype that is named first.
    public var first: Int8
    /// The allele of the second copy.
    public var second: Int8
    /// True when the order of the two is that of the haplotypes.
    public var isPhased: Bool
    /// Which phased calls belong together; calls of different sets may be exchanged against each other. 0: the whole chromosome.
    public var phaseSet: Int32

    /// A call; by default nothing is known.
    public init(
        first: Int8 = unknown, second: Int8 = unknown, isPhased: Bool = false, phaseSet: Int32 = 0
    ) {
        self.first = first
        self.second = second
        self.isPhased = isPhased
        self.phaseSet = phaseSet
    }

    /// True when neither copy is known.
    public var isMissing: Bool { first == Self.unknown && (second == Self.unknown || second == Self.absent) }
    /// True when one copy is known and the other is not.
    public var isPartial: Bool { !isMissing && (first == Self.unknown || second == Self.unknown) }
    /// True when the copies agree, or there is one copy: the phase does not matter.
    public var isHomozygous: Bool { first == second || second == Self.absent }
}
