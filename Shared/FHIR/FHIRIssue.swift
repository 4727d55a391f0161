/// One thing that is wrong with a resource, in the terms of FHIR's OperationOutcome. Carries no value of the resource.
public struct FHIRIssue: Equatable, Sendable {
    /// FHIR's issue-severity.
    public enum Severity: String, Sendable, CaseIterable {
        /// The resource is refused.
        case error
        /// The resource is accepted.
        case warning
    }

    /// The codes of FHIR's issue-type that this module uses.
    public enum Code: String, Sendable, CaseIterable {
        /// Content that is no content of the type, or too often there.
        case structure
        /// An element that has to be there is not.
        case required
        /// A value breaks a rule of its element.
        case value
        /// A value breaks the form of its type, or the text is no JSON or XML.
        case invalid
        /// A constraint of the specification does not hold.
        case invariant
        /// A resource type that R4 does not have.
        case notSupported = "not-supported"
        /// A value or a nesting is longer than allowed.
        case tooLong = "too-long"
        /// Something stands twice.
        case duplicate
        /// An extension that is not known, or not as its definition has it.
        case `extension`
        /// A code is not in the value set that binds its element. Not a fault of structure.
        case codeInvalid = "code-invalid"
        /// A reference leads nowhere.
        case notFound = "not-found"
        /// Checking was given up, or the list of issues is cut.
        case tooCostly = "too-costly"
    }

    /// How bad it is.
    public let severity: Severity
    /// What kind it is.
    public let code: Code
    /// The FHIRPath place, e.g. `Observation.component[1].valueQuantity`; empty when the text could not be read that far.
    public let expression: String
    /// A sentence for people.
    public let detail: String
    /// The key of the constraint that does not hold, e.g. `obs-7`.
    public let constraint: String?

    /// An issue.
    public init(severity: Severity, code: Code, expression: String, detail: String, constraint: String? = nil) {
        self.severity = severity
        self.code = code
        self.expression = expression
        self.detail = detail
        self.constraint = constraint
    }

    /// Whether it is an error of structure: not one of terminology alone.
    public var isStructural: Bool { severity == .error && code != .codeInvalid && code != .notFound }
}

extension FHIRIssue: CustomStringConvertible {
    /// One line with severity, code, place and sentence.
    public var description: String {
        "\(severity.rawValue) \(code.rawValue)" + (expression.isEmpty ? "" : " at \(expression)") + ": \(detail)"
            + (constraint.map { " (\($0))" } ?? "")
    }
}
