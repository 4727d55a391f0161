/// Why bytes are no JSON text that this module accepts, and where.
///
/// It carries no content of the document but the path of member names; a name that is not a plain identifier is shown as `?`.
public struct JSONError: Error, Equatable, Sendable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, CaseIterable {
        /// The text ends inside a value.
        case unexpectedEnd = "json-unexpected-end"
        /// A byte stands where the grammar allows no such byte.
        case unexpectedByte = "json-unexpected-byte"
        /// Something other than white space follows the value.
        case trailingContent = "json-trailing-content"
        /// The text begins with a byte-order mark.
        case byteOrderMark = "json-byte-order-mark"
        /// A number breaks the grammar (leading zero, missing digits, plus sign).
        case invalidNumber = "json-invalid-number"
        /// A number has more characters than the limit.
        case numberTooLong = "json-number-too-long"
        /// A string holds an unescaped control character.
        case controlCharacter = "json-control-character"
        /// A backslash is followed by no known escape.
        case invalidEscape = "json-invalid-escape"
        /// A `\u` escape names half of a surrogate pair.
        case loneSurrogate = "json-lone-surrogate"
        /// A string is not valid UTF-8.
        case invalidUTF8 = "json-invalid-utf8"
        /// An object has the same member twice.
        case duplicateKey = "json-duplicate-key"
        /// Arrays and objects are nested deeper than the limit.
        case depthLimit = "json-depth-limit"
        /// The text is longer than the limit.
        case sizeLimit = "json-size-limit"
    }

    /// The kind of refusal.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// The line of the offending byte, from 1.
    public let line: Int
    /// The column of the offending byte, from 1, counted in bytes.
    public let column: Int
    /// The place of the offending byte, from 0.
    public let offset: Int
    /// The JSON pointer (RFC 6901) of the value in which the error lies; empty for the whole document.
    public let pointer: String
    /// Always false: the same bytes fail again.
    public var isRetriable: Bool { false }
}

extension JSONError: CustomStringConvertible {
    /// One line that names code, line, column and pointer.
    public var description: String {
        "\(code.rawValue) at line \(line), column \(column)" + (pointer.isEmpty ? "" : ", in \(pointer)")
    }
}
