/// An invariant of the specification.
public struct FHIRConstraint: Sendable {
    /// The key, e.g. `obs-7`.
    public let key: String
    /// Whether a breach is an error; a warning otherwise.
    public let isError: Bool
    /// The type or element that it holds for, e.g. `Observation.referenceRange`.
    public let place: String
    /// The FHIRPath expression.
    public let expression: String
    /// The expression ready to evaluate; nil for a constraint that the validator checks by code of its own.
    let compiled: FHIRPathExpression?

    /// Constraints that hold wherever an element, an extension, a contained resource, a reference or a narrative stands. The validator checks
    /// them by code of its own, since evaluating them everywhere would cost more than all else.
    static let native: Set<String> = [
        "ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "ref-1", "txt-1", "txt-2", "bdl-7",
    ]
}
