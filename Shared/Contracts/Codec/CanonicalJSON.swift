import Domain

/// Builds the JSON mirror of an event: ProtoJSON with .proto field names, sorted by name; what is absent is left out.
struct CanonicalJSON {
    private var members: [(name: String, value: String)] = []

    /// Adds a text unless it is empty.
    mutating func text(_ name: String, _ value: String) {
        guard !value.isEmpty else { return }
        members.append((name, Self.quoted(value)))
    }

    /// Adds a text even when it is empty.
    mutating func presentText(_ name: String, _ value: String) {
        members.append((name, Self.quoted(value)))
    }

    /// Adds an id as text.
    mutating func id(_ name: String, _ value: EventID) {
        members.append((name, "\"\(value)\""))
    }

    /// Adds a time as whole microseconds.
    mutating func time(_ name: String, _ value: Timestamp?) {
        guard let value else { return }
        members.append((name, String(value.microseconds)))
    }

    /// Adds an integer.
    mutating func integer(_ name: String, _ value: some BinaryInteger) {
        members.append((name, String(value)))
    }

    /// Adds a number: the shortest decimal form that reads back as the same number. ProtoJSON names for what JSON has no number for.
    mutating func number(_ name: String, _ value: Double) {
        members.append((name, Self.form(of: value)))
    }

    /// Adds true or false.
    mutating func boolean(_ name: String, _ value: Bool) {
        members.append((name, value ? "true" : "false"))
    }

    /// Adds an enumeration value by its .proto name.
    mutating func value(_ name: String, _ value: some WireEnumeration) {
        members.append((name, "\"\(value.protoName)\""))
    }

    /// Adds bytes in Base64 unless they are empty.
    mutating func binary(_ name: String, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        members.append((name, "\"\(Self.base64(value))\""))
    }

    /// Adds a list of texts unless it is empty.
    mutating func texts(_ name: String, _ values: [String]) { list(name, values.map(Self.quoted)) }

    /// Adds a list of numbers unless it is empty.
    mutating func numbers(_ name: String, _ values: [Double]) { list(name, values.map(Self.form(of:))) }

    /// Adds a list of integers unless it is empty.
    mutating func integers(_ name: String, _ values: [Int32]) { list(name, values.map(String.init)) }

    /// Adds a list of objects unless it is empty.
    mutating func objects(_ name: String, _ values: [String]) { list(name, values) }

    private mutating func list(_ name: String, _ forms: [String]) {
        guard !forms.isEmpty else { return }
        members.append((name, "[" + forms.joined(separator: ",") + "]"))
    }

    private static func form(of value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }

    /// The object.
    var object: String {
        let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return "{" + sorted.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// `value` as a JSON string (RFC 8785 section 3.2.2.2).
    static func quoted(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for byte in group { word = word << 8 | UInt32(byte) }
            word <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let digit = alphabet[Int(word >> UInt32(18 - 6 * place)) & 63]
                result.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
