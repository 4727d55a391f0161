import Foundation

/// Exact arithmetic on decimal texts: a number is not rounded before its unit is converted.
enum DecimalText {
    /// A hundred times the number, as text. What is no number stays none.
    static func hundredfold(_ text: String) -> String { scaled(text, power: 2) }

    /// The number times ten to the `power`, as text, by its exponent.
    static func scaled(_ text: String, power: Int) -> String {
        guard power != 0 else { return text }
        guard let mark = text.lastIndex(where: { $0 == "e" || $0 == "E" }) else { return "\(text)e\(power)" }
        guard let exponent = Int(text[text.index(after: mark)...]), abs(exponent) < 1_000 else { return text }
        return "\(text[..<mark])e\(exponent + power)"
    }

    /// The text of a number as people write it (`+5`, `007`, `.5`, `5.`, `1e3`, spaces around), in JSON's grammar; nil when it is none.
    static func number(_ text: String, decimalMark: Character = ".") -> String? {
        var rest = text.drop { $0 == " " }
        while rest.last == " " { rest = rest.dropLast() }
        guard rest.utf8.count <= 64 else { return nil }
        var sign = ""
        if rest.first == "-" || rest.first == "+" {
            if rest.first == "-" { sign = "-" }
            rest = rest.dropFirst()
        }
        var exponent = ""
        if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let power = Int(rest[rest.index(after: mark)...]), abs(power) < 1_000 else { return nil }
            exponent = "e\(power)"
            rest = rest[..<mark]
        }
        let parts = rest.split(separator: decimalMark, omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let whole = parts[0].drop { $0 == "0" }
        let fraction = parts.count == 2 && !parts[1].isEmpty ? ".\(parts[1])" : ""
        return "\(sign)\(whole.isEmpty ? "0" : whole)\(fraction)\(exponent)"
    }

    /// The product of two decimal texts, exact to 38 digits; `text` itself when the factor is 1. Nil when one is no number.
    static func product(_ text: String, _ factor: String) -> String? {
        guard let left = number(text), let right = number(factor) else { return nil }
        if right == "1" { return text }
        guard let left = Decimal(string: left), let right = Decimal(string: right) else { return nil }
        let product = left * right
        return product.isNaN ? nil : "\(product)"
    }
}
