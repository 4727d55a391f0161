/// Why a text is no unit, or a value cannot be converted.
public struct UCUMError: Error, Hashable, Sendable {
    /// The reason; further ones may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable name, in kebab case.
        public let rawValue: String

        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The text is empty, too long or too deeply nested.
        public static let size = Code(rawValue: "unit-size")
        /// The text breaks the grammar.
        public static let syntax = Code(rawValue: "unit-syntax")
        /// A symbol is neither an atom nor a metric atom with a prefix.
        public static let unknown = Code(rawValue: "unit-unknown")
        /// A unit on a non-ratio scale (Cel, pH, B, ...) in a product, a quotient or a power.
        public static let special = Code(rawValue: "unit-special")
        /// An exponent or a factor beyond what is computed.
        public static let range = Code(rawValue: "unit-range")
        /// The two units measure different things.
        public static let incommensurable = Code(rawValue: "unit-incommensurable")
        /// The text of the value is no decimal number, or the result is outside a double's range.
        public static let value = Code(rawValue: "value-range")
    }

    /// What is wrong.
    public let code: Code
    /// What was done.
    public let operation: String
    /// The byte of the unit's text at which it shows, from 0.
    public let offset: Int

    init(_ code: Code, _ operation: String, at offset: Int = 0) {
        self.code = code
        self.operation = operation
        self.offset = offset
    }

    /// Never: the same text fails again.
    public var isRetriable: Bool { false }
}

extension UCUMError: CustomStringConvertible {
    /// `code while operation, at byte offset`.
    public var description: String { "\(code.rawValue) while \(operation), at byte \(offset)" }
}
