/// A coded value of the types CE, CWE, CNE, CF or a plain ID/IS: up to three codings and a text.
public struct HL7CodedElement: Hashable, Sendable {
    /// One code with its name and the table's name of its system (table 0396).
    public struct Coding: Hashable, Sendable {
        /// The code; may be empty when only a text was sent.
        public let code: String
        /// Its name for people; may be empty.
        public let text: String
        /// The coding system, e.g. `LN`, `SCT`, `HL70001`, `99LAB`; may be empty.
        public let system: String
    }

    /// The codings that have a code: the primary, the alternate (components 4 to 6), the second alternate (CWE, components 10 to 12).
    public let codings: [Coding]
    /// The original text (CWE.9), else the first text of a coding; may be empty.
    public let text: String

    /// The coded value that `element` holds.
    public init(_ element: HL7Element) {
        let parts = element.components
        func part(_ number: Int) -> String { number <= parts.count ? parts[number - 1].value : "" }
        let all = [1, 4, 10].map { Coding(code: part($0), text: part($0 + 1), system: part($0 + 2)) }
        codings = all.filter { !$0.code.isEmpty }
        let original = part(9)
        text = original.isEmpty ? all.first { !$0.text.isEmpty }?.text ?? "" : original
    }
}

/// An identifier of the type CX: the id, who assigned it, and of which kind it is.
public struct HL7Identifier: Hashable, Sendable {
    /// The id.
    public let id: String
    /// The assigning authority.
    public let authority: HL7Authority
    /// The kind (table 0203), e.g. `MR`; may be empty.
    public let type: String

    /// The identifier in `element`, or nil when it has no id.
    public init?(_ element: HL7Element) {
        guard let id = element.component(1).nonEmptyValue else { return nil }
        self.id = id
        authority = HL7Authority(element.component(4))
        type = element.component(5).value
    }
}

/// An assigning authority of the type HD: a local name, a universal id, or both.
public struct HL7Authority: Hashable, Sendable {
    /// The local name; may be empty.
    public let namespace: String
    /// The universal id; may be empty.
    public let universalID: String
    /// The kind of the universal id: `ISO`, `UUID`, `DNS`, `URI`, ...; may be empty.
    public let universalIDType: String

    /// The authority in a component (its sub-components) or a field (its components).
    public init(_ element: HL7Element) {
        let parts = element.components.count > 1 ? element.components : element.subcomponents
        func part(_ number: Int) -> String { number <= parts.count ? parts[number - 1].value : "" }
        namespace = part(1)
        universalID = part(2)
        universalIDType = part(3).uppercased()
    }

    /// The universal id as a URI, or nil when there is none that could be one.
    public var uri: String? {
        switch universalIDType {
        case _ where universalID.isEmpty: nil
        case "ISO": "urn:oid:\(universalID)"
        case "UUID", "GUID": "urn:uuid:\(universalID.lowercased())"
        case "URI": universalID
        case "DNS": "urn:dns:\(universalID.lowercased())"
        default: nil
        }
    }
}

/// A number of the type NM.
public enum HL7Number {
    /// The decimal text of `text`, without spaces and plus sign, or nil when it is no NM: an optional sign, digits and an optional point.
    public static func decimal(_ text: String) -> String? {
        var digits = text.utf8.drop { $0 == 0x20 }
        while digits.last == 0x20 { digits = digits.dropLast() }
        if digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        let unsigned = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits
        let parts = unsigned.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard unsigned.count <= 64, parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }),
            parts.contains(where: { !$0.isEmpty })
        else { return nil }
        // `.5` and `5.` are numbers to HL7, and are spelt out.
        let sign = unsigned.count < digits.count ? "-" : ""
        let whole = parts[0].isEmpty ? "0" : String(decoding: parts[0], as: UTF8.self)
        guard parts.count == 2, !parts[1].isEmpty else { return sign + whole }
        return "\(sign)\(whole).\(String(decoding: parts[1], as: UTF8.self))"
    }
}

/// A structured number of the type SN: `<^5`, `^10^-^20`, `^1^:^128`, `^2^+`.
public struct HL7StructuredNumber: Hashable, Sendable {
    /// `>`, `<`, `>=`, `<=`, `=`, `<>` or empty.
    public let comparator: String
    /// The first number; empty when none was sent.
    public let first: String
    /// `-`, `+`, `/`, `.`, `:` or empty.
    public let separator: String
    /// The second number; empty when none was sent.
    public let second: String

    /// The structured number in `element`, or nil when it has none or a part is no number.
    public init?(_ element: HL7Element) {
        comparator = element.component(1).value
        separator = element.component(3).value
        let numbers = [element.component(2).value, element.component(4).value]
        let decimals = numbers.map { $0.isEmpty ? "" : HL7Number.decimal($0) ?? "?" }
        guard !decimals.contains("?"), !decimals[0].isEmpty,
            ["", ">", "<", ">=", "<=", "=", "<>"].contains(comparator),
            ["", "-", "+", "/", ".", ":"].contains(separator)
        else { return nil }
        first = decimals[0]
        second = decimals[1]
    }

    /// The number when it is one plain number, else nil.
    public var plain: String? {
        (comparator.isEmpty || comparator == "=") && separator.isEmpty && second.isEmpty ? first : nil
    }

    /// As people write it: `<5`, `10-20`, `1:128`, `2+`.
    public var text: String { comparator + first + separator + second }
}
