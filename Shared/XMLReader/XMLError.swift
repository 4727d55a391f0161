/// Why bytes are no XML that this module accepts, and where. Carries no content of the document.
public struct XMLError: Error, Equatable, Sendable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, CaseIterable {
        /// The document has no element.
        case noElement = "xml-no-element"
        /// Markup breaks the grammar.
        case syntax = "xml-syntax"
        /// A byte stands where the grammar allows no such byte, or the bytes are not in the declared encoding.
        case invalidToken = "xml-invalid-token"
        /// The document ends inside a token or an element.
        case unexpectedEnd = "xml-unexpected-end"
        /// An end tag is not that of the open element.
        case tagMismatch = "xml-tag-mismatch"
        /// An element has the same attribute twice.
        case duplicateAttribute = "xml-duplicate-attribute"
        /// Something other than comments and white space follows the root element.
        case trailingContent = "xml-trailing-content"
        /// A reference names an entity that is not one of XML's five.
        case undefinedEntity = "xml-undefined-entity"
        /// The document declares an entity; entities are refused, since they can grow without bound or read files.
        case entityDeclared = "xml-entity-declared"
        /// The document type declares a default for an attribute; what an element says has to stand in the element.
        case attributeDefault = "xml-attribute-default"
        /// The document type refers to something outside of the document.
        case externalReference = "xml-external-reference"
        /// The encoding is none of UTF-8, UTF-16, ISO-8859-1 and US-ASCII, or the declaration contradicts the bytes.
        case encoding = "xml-encoding"
        /// A prefix is bound to no namespace, or a reserved one is misused.
        case namespacePrefix = "xml-namespace-prefix"
        /// Elements are nested deeper than the limit.
        case depthLimit = "xml-depth-limit"
        /// An element has more attributes than the limit.
        case attributeLimit = "xml-attribute-limit"
        /// A tag, comment or processing instruction is longer than the limit.
        case tokenLimit = "xml-token-limit"
        /// The text between two tags is longer than the limit.
        case textLimit = "xml-text-limit"
        /// The document is longer than the limit.
        case sizeLimit = "xml-size-limit"
        /// The parser would need more memory than the limit.
        case memoryLimit = "xml-memory-limit"
        /// The handler asked to stop.
        case stopped = "xml-stopped"
        /// The reader was used after its end, or from within its own handler.
        case misuse = "xml-misuse"
    }

    /// The kind of refusal.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// The line of the offending token, from 1.
    public let line: Int
    /// The column of the offending token, from 1, counted in bytes.
    public let column: Int
    /// Always false: the same bytes fail again.
    public var isRetriable: Bool { false }
}

extension XMLError: CustomStringConvertible {
    /// One line that names code, line and column.
    public var description: String { "\(code.rawValue) at line \(line), column \(column)" }
}
