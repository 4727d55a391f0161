/// The codes that a call can carry beside its result.
public enum CallRemark {
    /// An undocumented base was matched as the reference, as published for the gene; it is listed under `novel`.
    public static let treatedAsReference = "treated-as-reference"
    /// An undocumented base keeps the gene from matching; it is listed under `novel`.
    public static let undocumentedBase = "undocumented-base"
    /// A position without which the gene cannot be called was not observed.
    public static let missingRequiredPosition = "missing-required-position"
    /// Fewer of the function-altering positions were observed than the options demand.
    public static let coverageBelowMinimum = "coverage-below-minimum"
    /// A sample declared male is heterozygous on X.
    public static let heterozygousMale = "heterozygous-x-in-male"
    /// The published priority for unphased data chose the first candidate among several.
    public static let unphasedPriority = "nat2-unphased-priority"
    /// No pair fitted; the phenotype is looked up by rs4149056 alone.
    public static let rs4149056Fallback = "rs4149056-fallback"
    /// The definitions do not fit as they stand; alleles were combined or variants named one by one.
    public static let combination = "combination"
    /// More unphased variants than combinations are sought for.
    public static let tooManyUnphased = "too-many-unphased-variants"
    /// HapB3 was called by its exonic proxy since the intronic variant that matters was not observed.
    public static let hapB3ExonicOnly = "hapb3-exonic-only"
    /// The exonic proxy of HapB3 was seen without the intronic variant, which decides.
    public static let hapB3Mismatch = "hapb3-intronic-mismatch-exonic"
    /// Deletions, duplications and hybrids cannot be seen in single positions.
    public static let structuralInvisible = "structural-variants-not-visible"
    /// The gene is called from a laboratory's report only, and there is none.
    public static let needsOutsideCall = "outside-call-needed"
    /// Variants of the gene were observed too; the laboratory's report stands above them.
    public static let outsideReplacesVariants = "outside-call-replaces-variants"
    /// The laboratory could not call the gene.
    public static let outsideNoCall = "outside-no-call"
    /// The laboratory's report names an allele that the tables do not know.
    public static let outsideUnknownAllele = "outside-allele-unknown"
    /// The weights stand on the allele frequencies of the stated population.
    public static let frequencyPrior = "frequency-prior"
}
