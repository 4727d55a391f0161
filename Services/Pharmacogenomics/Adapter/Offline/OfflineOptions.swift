public import PharmacogenomicsCore

/// What the offline commands are told about their files.
public struct OfflineOptions: Sendable {
    /// How results are printed.
    public enum Format: String, Sendable, CaseIterable {
        /// One JSON object a line.
        case jsonl
        /// Tab-separated columns under a line of names.
        case tsv
    }

    /// VCF, gVCF and BCF files, plain or packed; `-` is standard input.
    public var variantFiles: [String]
    /// Exports of consumer tests.
    public var exportFiles: [String]
    /// Statements of laboratories and other callers; see ``PharmacogenomicsCore/OutsideCallFile``.
    public var outsideFiles: [String]
    /// The genes to print; empty: all.
    public var genes: [String]
    /// The sex of the samples, where it is known.
    public var sex: Sex?
    /// Which assembly the files are read as.
    public var assembly: AssemblyChoice
    /// The population whose allele frequencies weigh the candidates.
    public var population: String?
    /// A table of frequencies in place of the release's own.
    public var frequencyFile: String?
    /// Whether combinations of alleles and variants of no named allele are sought.
    public var combinations: Bool
    /// Whether CYP2D6 is matched from variants.
    public var callsCYP2D6: Bool
    /// The fraction of function-altering positions that a gene must show.
    public var minimumCoverage: Double
    /// What a genotype must have to be trusted.
    public var limits: IntakeLimits
    /// The directory of the tables; nil: those that the program was built with.
    public var knowledgeDirectory: String?
    /// How results are printed.
    public var format: Format

    /// Options for these files; everything else is at its default.
    public init(variantFiles: [String] = [], exportFiles: [String] = [], outsideFiles: [String] = []) {
        self.variantFiles = variantFiles
        self.exportFiles = exportFiles
        self.outsideFiles = outsideFiles
        genes = []
        sex = nil
        assembly = .auto
        population = nil
        frequencyFile = nil
        combinations = false
        callsCYP2D6 = false
        minimumCoverage = 0
        limits = IntakeLimits()
        knowledgeDirectory = nil
        format = .jsonl
    }
}
