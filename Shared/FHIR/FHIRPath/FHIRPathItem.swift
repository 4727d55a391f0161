import JSONDocument

/// One item of a FHIRPath collection: an element with its type, or a value of the language itself.
struct FHIRPathItem: Sendable {
    /// The types of the language's own values.
    enum System {
        static let boolean = -1
        static let integer = -2
        static let decimal = -3
        static let string = -4
    }

    /// nil for a primitive that has an extension only.
    let value: JSONValue?
    /// The `_name` sibling of a primitive.
    let shadow: JSONValue?
    /// The number of the FHIR type, or one of ``System``.
    let type: Int

    init(value: JSONValue?, shadow: JSONValue? = nil, type: Int) {
        self.value = value
        self.shadow = shadow
        self.type = type
    }

    static func boolean(_ value: Bool) -> FHIRPathItem { FHIRPathItem(value: .bool(value), type: System.boolean) }
    static func integer(_ value: Int) -> FHIRPathItem {
        FHIRPathItem(value: .number(JSONNumber(Int64(value))), type: System.integer)
    }
    static func string(_ value: String) -> FHIRPathItem { FHIRPathItem(value: .string(value), type: System.string) }

    /// Whether the two are equal as the operator `=` has it: values by value, elements by their content in any order of members.
    static func == (left: FHIRPathItem, right: FHIRPathItem) -> Bool {
        guard let one = left.value, let other = right.value else { return left.shadow == right.shadow }
        return equal(one, other)
    }

    private static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.string(let one), .string(let other)): return one == other
        case (.number(let one), .number(let other)):
            return one.text == other.text || one.canonicalText == other.canonicalText
        case (.bool(let one), .bool(let other)): return one == other
        case (.null, .null): return true
        case (.array(let one), .array(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { equal($0, $1) }
        case (.object(let one), .object(let other)):
            return one.count == other.count
                && one.members.allSatisfy { member in other[member.key].map { equal(member.value, $0) } ?? false }
        default: return false
        }
    }

    /// A text that equal items share, to find duplicates in one pass.
    var identity: String {
        guard let value else { return "_" + (shadow?.text(.canonical) ?? "") }
        if case .string(let text) = value { return "s" + text }
        return value.text(.canonical)
    }
}
