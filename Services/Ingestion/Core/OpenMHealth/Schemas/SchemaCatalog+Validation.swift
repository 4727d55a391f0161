import Domain
import JSONDocument

extension SchemaCatalog {
    /// Why a value does not conform, and where, seen from the value that was judged.
    struct Violation: Error, Equatable {
        let code: String
        var path: [String] = []
        let detail: String

        /// The place below `root`, e.g. `body.heart_rate.unit`.
        func place(root: String) -> String {
            ([root] + path.reversed()).filter { !$0.isEmpty }.joined(separator: ".").replacing(".[", with: "[")
        }
    }

    /// Throws the first violation of the schema `root` by `value`.
    func validate(_ value: JSONValue, against root: Int) throws(Violation) {
        let node = nodes[root]
        if let reference = node.reference { return try validate(value, against: reference) }
        if !node.types.isEmpty, !node.types.contains(where: { Self.is(value, $0) }) {
            throw Violation(code: "wrong-type", detail: "must be of type \(node.types.joined(separator: " or "))")
        }
        if let allowed = node.enumeration, !allowed.contains(where: { Self.equal($0, value) }) {
            throw Violation(code: "value-not-allowed", detail: "must be one of the schema's values")
        }
        if case .string(let text) = value, let form = node.form, !form.matches(text) {
            throw Violation(code: "invalid-format", detail: "must be a \(form)")
        }
        if case .object(let object) = value { try validate(object, against: node) }
        if case .array(let elements) = value {
            guard elements.count >= node.minimalItems else {
                throw Violation(code: "too-few-items", detail: "must have \(node.minimalItems) or more elements")
            }
            if let items = node.items {
                for (index, element) in elements.enumerated() {
                    try validate(element, against: items, at: "[\(index)]")
                }
            }
        }
        for schema in node.allOf { try validate(value, against: schema) }
        if !node.anyOf.isEmpty { try validateAlternatives(value, node.anyOf, exactlyOne: false) }
        if !node.oneOf.isEmpty { try validateAlternatives(value, node.oneOf, exactlyOne: true) }
    }

    private func validate(_ object: JSONObject, against node: Node) throws(Violation) {
        for name in node.required where object[name] == nil {
            throw Violation(code: "missing-member", path: [name], detail: "is required")
        }
        guard !node.properties.isEmpty else { return }
        for member in object.members {
            if let schema = node.properties[member.key] { try validate(member.value, against: schema, at: member.key) }
        }
    }

    private func validate(_ value: JSONValue, against schema: Int, at step: String) throws(Violation) {
        do {
            try validate(value, against: schema)
        } catch {
            var violation = error
            violation.path.append(step)
            throw violation
        }
    }

    /// Checks `anyOf` or `oneOf`. When none matches, the violation that lies deepest is the most telling.
    private func validateAlternatives(_ value: JSONValue, _ schemas: [Int], exactlyOne: Bool) throws(Violation) {
        var matches = 0
        var deepest: Violation?
        for schema in schemas {
            do {
                try validate(value, against: schema)
                matches += 1
                if !exactlyOne { return }
            } catch {
                if error.path.count >= (deepest?.path.count ?? 0), error.code != "missing-member" || deepest == nil {
                    deepest = error
                }
            }
        }
        if matches == 1 { return }
        if matches > 1 {
            throw Violation(code: "ambiguous", detail: "must match only one of the schema's alternatives")
        }
        if let deepest, deepest.code != "missing-member" { throw deepest }
        throw Violation(code: "no-alternative", detail: "must match one of the schema's alternatives")
    }

    private static func `is`(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.object, "object"), (.array, "array"), (.string, "string"), (.bool, "boolean"), (.null, "null"): true
        case (.number(let number), "number"): number.double != nil
        case (.number(let number), "integer"): number.int64 != nil
        default: false
        }
    }

    private static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if case .number(let a) = left, case .number(let b) = right { return a.canonicalText == b.canonicalText }
        return left == right
    }
}

extension SchemaStringForm: CustomStringConvertible {
    var description: String {
        switch self {
        case .dateTime: "date-time of RFC 3339 with a zone"
        case .fullDate: "date YYYY-MM-DD"
        case .localTime: "time hh:mm:ss"
        case .uri: "URI with a scheme"
        }
    }

    func matches(_ text: String) -> Bool {
        switch self {
        case .dateTime: Self.isDateTime(text)
        case .fullDate: Self.has(text, form: "dddd-dd-dd")
        case .localTime: Self.isLocalTime(text)
        case .uri: Self.isURI(text)
        }
    }

    /// RFC 3339 section 5.6; seconds and a zone with a colon are required.
    private static func isDateTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, Timestamp(iso8601: text) != nil, bytes[16] == UInt8(ascii: ":"),
            bytes[10] | 0x20 == UInt8(ascii: "t")
        else { return false }
        return bytes[bytes.count - 1] | 0x20 == UInt8(ascii: "z") || bytes[bytes.count - 3] == UInt8(ascii: ":")
    }

    private static func isLocalTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (8...12).contains(bytes.count), has(String(decoding: bytes.prefix(8), as: UTF8.self), form: "dd:dd:dd")
        else {
            return false
        }
        let hour = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        let minute = Int(bytes[3] - 48) * 10 + Int(bytes[4] - 48)
        let second = Int(bytes[6] - 48) * 10 + Int(bytes[7] - 48)
        guard hour < 24, minute < 60, second <= 60 else { return false }
        // The schema's pattern lets any character stand for the decimal point.
        return bytes.count == 8 || (bytes.count > 9 && bytes[9...].allSatisfy { (48...57).contains($0) })
    }

    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), let first = text.utf8.first else { return false }
        guard (65...90).contains(first) || (97...122).contains(first) else { return false }
        return text[..<colon].utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [43, 45, 46].contains(byte)
        } && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether `text` has the form in which `d` stands for a digit.
    private static func has(_ text: String, form: String) -> Bool {
        text.utf8.count == form.utf8.count
            && zip(text.utf8, form.utf8).allSatisfy { $1 == UInt8(ascii: "d") ? (48...57).contains($0) : $0 == $1 }
    }
}
