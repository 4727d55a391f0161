/// Why an expression is none, or why its evaluation was given up.
public struct FHIRPathError: Error, Equatable, Sendable {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The text breaks the grammar.
        case syntax = "fhirpath-syntax"
        /// A function, operator, literal or variable that this module does not know.
        case unsupported = "fhirpath-unsupported"
        /// Parentheses are nested deeper than the limit.
        case depthLimit = "fhirpath-depth-limit"
        /// A collection of several items stands where one is needed, or operands do not fit.
        case operand = "fhirpath-operand"
        /// The evaluation takes more steps than the limit.
        case stepLimit = "fhirpath-step-limit"
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done: `parse` or `evaluate`.
    public let operation: String
    /// Where in the expression, in bytes from 0; 0 for an evaluation.
    public let offset: Int
    /// Always false: the same expression fails again.
    public var isRetriable: Bool { false }

    static func evaluation(_ code: Code) -> FHIRPathError {
        FHIRPathError(code: code, operation: "evaluate", offset: 0)
    }
}
