/// Why a place that a source mentions is unknown nevertheless, or what else is to be said of it.
public struct IntakeRemark: Sendable, Hashable {
    /// The reasons.
    public enum Code: String, Sendable, CaseIterable {
        /// The record failed a filter.
        case filtered
        /// Genotype quality below the limit.
        case lowQuality = "low-quality"
        /// Too few reads.
        case lowDepth = "low-depth"
        /// Heterozygous, but all reads show one allele.
        case depthContradicts = "depth-contradicts"
        /// One copy only on an autosome, or on X of a woman; or more copies than two.
        case wrongPloidy = "wrong-ploidy"
        /// Heterozygous on X of a man.
        case heterozygousHemizygous = "heterozygous-hemizygous"
        /// The called allele is a symbol (`<DEL>`, `<*>`), not a sequence.
        case symbolicAllele = "symbolic-allele"
        /// The record's reference base is not that of the assembly.
        case referenceMismatch = "reference-mismatch"
        /// Several records that cannot all be true.
        case conflictingRecords = "conflicting-records"
        /// The line breaks the format.
        case malformedRecord = "malformed-record"
        /// The export's bases are those of the other strand.
        case strandFlip = "strand-flip"
        /// A/T or C/G in an export that shows the other strand elsewhere.
        case strandAmbiguous = "strand-ambiguous"
        /// Insertion or deletion (`I`, `D`) that more than one definition could mean.
        case indelAmbiguous = "indel-ambiguous"
    }

    /// The reason.
    public let code: Code
    /// The site, by `DefinitionPosition.siteIndex`.
    public let site: Int

    /// A remark.
    public init(code: Code, site: Int) {
        self.code = code
        self.site = site
    }
}
