/// Why a question of network medicine has no answer. It names genes and settings, never a patient.
public struct MedicineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// An edge names a node that is not there, or has a weight that is no weight.
        case badEdge = "bad-edge"
        /// A gene set is empty, or nothing of it is in the network.
        case emptySet = "empty-set"
        /// A setting is outside what the method can do.
        case badSetting = "bad-setting"
        /// Two arguments do not fit together.
        case mismatch
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// What was wrong and what is needed.
    public let detail: String
    /// Always false: the same data fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// `code: operation: detail`.
    public var description: String { "\(code.rawValue): \(operation): \(detail)" }
}
