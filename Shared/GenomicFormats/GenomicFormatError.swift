/// Why a genomic file, or one line of it, was refused, and where.
///
/// It names structure only (a code, a line, a column, the key of a field): no genotype, no sample name and no other content.
public struct GenomicFormatError: Error, Hashable, Sendable {
    /// A stable reason in kebab case, e.g. `vcf-alt-invalid`.
    public let code: String
    /// What was being read: `vcf`, `consumer-export`, `fasta`, `expression` or `scoring`.
    public let operation: String
    /// The line, from 1; 0 when the whole file is meant.
    public let line: Int
    /// The column or field, e.g. `ALT`, `INFO/AF`, `sample 3 GT`; empty when the whole line is meant.
    public let column: String
    /// What is wrong and what would be right.
    public let detail: String

    /// An error; none of the texts may hold content of the file.
    public init(code: String, operation: String, line: Int, column: String = "", detail: String) {
        self.code = code
        self.operation = operation
        self.line = line
        self.column = column
        self.detail = detail
    }

    /// Never: the same bytes are refused again.
    public var isRetriable: Bool { false }

    /// `line 12, ALT`, `line 12`, or `file`.
    public var place: String {
        line == 0 ? (column.isEmpty ? "file" : column) : column.isEmpty ? "line \(line)" : "line \(line), \(column)"
    }
}

extension GenomicFormatError: CustomStringConvertible {
    /// `code at place: detail`.
    public var description: String { "\(code) at \(place): \(detail)" }
}
