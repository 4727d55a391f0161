/// Why a file gave nothing, for a person to read: the file, the line and column in it, what is wrong and what to do. It holds names of genes and
/// samples' places, never a level.
public struct OfflineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// It cannot be opened, read or inflated.
        case unreadable
        /// It cannot be written.
        case unwritable
        /// What it holds is not of the form that is read.
        case malformed
        /// It was read, and nothing can be computed from it.
        case unusable
    }

    /// The kind of failure.
    public let code: Code
    /// The file, or the option when no file is at fault.
    public let file: String
    /// The line, from 1.
    public let line: Int?
    /// The column, from 1: the field, not the letter.
    public let column: Int?
    /// What is wrong.
    public let detail: String
    /// What was being done.
    public var operation: String { code == .unwritable ? "write" : code == .unusable ? "compute" : "read" }
    /// Always false: the same files fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    init(_ code: Code, _ file: String, line: Int? = nil, column: Int? = nil, _ detail: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.detail = detail
    }

    /// `file: line 3, column 2: detail`.
    public var description: String {
        let place = [line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap { $0 }
        return ([file] + (place.isEmpty ? [] : [place.joined(separator: ", ")]) + [detail]).joined(separator: ": ")
    }
}
