/// The text of a one-dimensional PostgreSQL array, as the server's `array_in` reads it.
enum ArrayLiteral {
    /// The array of `texts`, each in quotes.
    static func of(_ texts: [String]) -> String {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        for (index, text) in texts.enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            literal.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
                literal.append(byte)
            }
            literal.append(UInt8(ascii: "\""))
        }
        literal.append(UInt8(ascii: "}"))
        return String(decoding: literal, as: UTF8.self)
    }

    /// The array of `integers`.
    static func of(_ integers: [Int32]) -> String {
        "{" + integers.map(String.init).joined(separator: ",") + "}"
    }

    /// The array of `numbers`, each in the shortest form that reads back as the same number.
    static func of(_ numbers: [Double]) -> String {
        "{" + numbers.map(\.description).joined(separator: ",") + "}"
    }
}
