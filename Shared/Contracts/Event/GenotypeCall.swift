/// One genotype call of a ``GenotypesRecorded``.
public struct GenotypeCall: Equatable, Sendable {
    /// The chromosome or contig, without a prefix `chr`, e.g. `1`, `X`, `MT`; not empty.
    public var chromosome: String
    /// The first base of the reference allele, from 1; 0 stands for the telomere before it.
    public var position: Int64
    /// The last base that the call covers; not before ``position``.
    public var end: Int64
    /// Identifiers of the variant, separated by semicolons, e.g. `rs1801133`; may be empty.
    public var identifier: String
    /// The reference allele; empty when the source does not know it.
    public var reference: String
    /// The other alleles, none empty; without a reference, every allele that was observed.
    public var alternates: [String]
    /// The called alleles: 0 for the reference, from 1 for the alternates, -1 for no call. Empty when the source calls no genotype.
    public var alleles: [Int32]
    /// Whether the alleles are in the order of the haplotypes.
    public var isPhased: Bool
    /// Which phased calls belong together (VCF `PS`).
    public var phaseSet: Int64?
    /// Reads at the site (VCF FORMAT `DP`); not negative.
    public var depth: Int32?
    /// Phred-scaled quality of the genotype (VCF FORMAT `GQ`); finite.
    public var quality: Double?
    /// The filters that the site has failed, separated by semicolons, or `PASS`; empty when none were applied.
    public var filter: String
    /// Phred-scaled quality of the site (VCF `QUAL`); finite.
    public var siteQuality: Double?
    /// Fields unknown to this version of the contract, as raw protobuf; written again with the event.
    public var unknownFields: [UInt8]

    /// A call with these fields; ``HealthEvent/validate()`` of its event checks them.
    public init(
        chromosome: String, position: Int64, end: Int64, identifier: String = "", reference: String = "",
        alternates: [String] = [], alleles: [Int32] = [], isPhased: Bool = false, phaseSet: Int64? = nil,
        depth: Int32? = nil, quality: Double? = nil, filter: String = "", siteQuality: Double? = nil,
        unknownFields: [UInt8] = []
    ) {
        self.chromosome = chromosome
        self.position = position
        self.end = end
        self.identifier = identifier
        self.reference = reference
        self.alternates = alternates
        self.alleles = alleles
        self.isPhased = isPhased
        self.phaseSet = phaseSet
        self.depth = depth
        self.quality = quality
        self.filter = filter
        self.siteQuality = siteQuality
        self.unknownFields = unknownFields
    }
}
