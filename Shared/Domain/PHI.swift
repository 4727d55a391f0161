/// Protected health information: a value that no log line, error, metric label or header can print.
///
/// It has no useful description on purpose: interpolating it yields `<redacted>`. Take the value with ``reveal()`` only where it is stored
/// encrypted, hashed or answered to the person who sent it.
public struct PHI<Value> {
    private let value: Value

    /// Protects `value`.
    public init(_ value: Value) {
        self.value = value
    }

    /// The protected value.
    public func reveal() -> Value { value }
}

extension PHI: Sendable where Value: Sendable {}
extension PHI: Equatable where Value: Equatable {}
extension PHI: Hashable where Value: Hashable {}

extension PHI: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }
    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }
    /// Shows no child, so that `dump` and string reflection reveal nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
