/// Why bytes are no valid event, or an event has no valid bytes. Names the message and the field, never the value.
public struct ContractError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with the field. The raw value is the stable reason code of a dead letter.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are no protobuf message, or a known field has another wire type.
        case malformed
        /// The message or the field is larger than the contract allows.
        case oversize
        /// A required field is absent, empty or unspecified.
        case missing
        /// The enum number has no name in this version of the contract.
        case unknownEnumValue = "unknown-enum-value"
        /// The bytes of a text are not UTF-8.
        case notUTF8 = "not-utf8"
        /// A text has a NUL character, which neither PostgreSQL nor C strings carry.
        case containsNUL = "contains-nul"
        /// A number is NaN or infinite.
        case notFinite = "not-finite"
        /// A number or a time lies outside what the field allows.
        case outOfRange = "out-of-range"
        /// A text has not the form that the field demands (UUID, pseudonym, hash).
        case invalidForm = "invalid-form"
        /// Two fields exclude each other.
        case contradiction
        /// Encoding would change the event: a text has a NUL character, or its unknown fields name a known one.
        case notPreserved = "not-preserved"
    }

    /// What is wrong.
    public let code: Code
    /// The message type, e.g. `ObservationRecorded`.
    public let message: String
    /// The field's name in the .proto file; empty when the whole message is meant.
    public let field: String

    /// Always false: the same bytes fail in the same way.
    public var isRetriable: Bool { false }

    /// An error about `field` of `message`.
    public init(code: Code, message: String, field: String) {
        self.code = code
        self.message = message
        self.field = field
    }

    /// For example `ObservationRecorded.quantity: not-finite`.
    public var description: String {
        field.isEmpty ? "\(message): \(code.rawValue)" : "\(message).\(field): \(code.rawValue)"
    }
}
