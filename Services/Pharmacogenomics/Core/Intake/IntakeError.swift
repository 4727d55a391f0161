/// Why a batch of genotypes, or a laboratory's file, was refused as a whole. Nothing of a refused batch is used.
///
/// It names places of the genome, lines and columns; no genotype and no sample.
public struct IntakeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Sendable {
        /// The reference bases are those of another assembly than the stated or assumed one.
        case wrongAssembly = "wrong-assembly"
        /// The assembly that was asked for is not the one that the head states, or the head states two.
        case assemblyContradicted = "assembly-contradicted"
        /// An assembly that the knowledge has no positions for, or a source that states none and does not show it.
        case assemblyUnknown = "assembly-unknown"
        /// The reference bases disagree at several known places and fit no other assembly either.
        case referenceMismatch = "reference-mismatch"
        /// Reference and alternate allele are exchanged.
        case swappedAlleles = "swapped-alleles"
        /// Alleles are those of the other strand.
        case strandFlip = "strand-flip"
        /// No record names a chromosome that is known.
        case unknownChromosomes = "unknown-chromosomes"
        /// There is no sample to call.
        case noSamples = "no-samples"
        /// The file, or a line without which the rest means nothing, cannot be read.
        case unreadable
        /// A line of a laboratory's file does not say what it must.
        case malformed
        /// A laboratory's file names a gene that the knowledge does not have.
        case unknownGene = "unknown-gene"
    }

    /// The kind of refusal.
    public let code: Code
    /// What was being read: `vcf`, `consumer-export`, `genotype-calls` or `outside-calls`.
    public let operation: String
    /// The line, from 1; 0 when no single line is meant.
    public let line: Int
    /// The column or place, e.g. `REF` or `10:94781859`; empty when none is meant.
    public let place: String
    /// What is wrong and what to do.
    public let detail: String
    /// Always false: the same bytes are refused again.
    public var isRetriable: Bool { false }

    /// A refusal.
    public init(code: Code, operation: String, line: Int = 0, place: String = "", detail: String) {
        self.code = code
        self.operation = operation
        self.line = line
        self.place = place
        self.detail = detail
    }

    /// `code: line 12: 10:94781859: detail`.
    public var description: String {
        var text = code.rawValue
        if line > 0 { text += ": line \(line)" }
        if !place.isEmpty { text += ": \(place)" }
        return text + ": " + detail
    }
}
