/// What is wrong with a knowledge table, and where.
public struct KnowledgeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// A table that must be there is absent.
        case missingTable = "missing-table"
        /// The first line that is no comment does not name the columns, or a needed column is absent.
        case missingColumn = "missing-column"
        /// A row has more or fewer fields than there are columns.
        case wrongFieldCount = "wrong-field-count"
        /// A field does not hold what its column promises.
        case malformedField = "malformed-field"
        /// A field names something (gene, allele, position) that no table defines.
        case unknownReference = "unknown-reference"
        /// Two rows say the same or contradict each other.
        case duplicate
    }

    /// The kind of failure.
    public let code: Code
    /// The table's file name.
    public let file: String
    /// The line of the file, from 1; 0 when the failure concerns the file as a whole.
    public let line: Int
    /// What was wrong, with the column, and what is expected.
    public let detail: String
    /// What was being done.
    public var operation: String { "read the knowledge tables" }
    /// Always false: the same bytes fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(code: Code, file: String, line: Int = 0, detail: String) {
        self.code = code
        self.file = file
        self.line = line
        self.detail = detail
    }

    /// `code: file:line: detail`.
    public var description: String {
        line > 0 ? "\(code.rawValue): \(file):\(line): \(detail)" : "\(code.rawValue): \(file): \(detail)"
    }
}
