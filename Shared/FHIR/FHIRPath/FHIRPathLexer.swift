/// Cuts an expression into tokens.
struct FHIRPathLexer {
    enum Token: Equatable {
        case identifier(String)
        /// An identifier in backticks, which is never a keyword.
        case quoted(String)
        case string(String)
        case number(String)
        case variable(String)
        case symbol(String)
        case end
    }

    private let text: [UInt8]
    private(set) var position = 0
    /// Where the last token began.
    private(set) var start = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    mutating func next() throws(FHIRPathError) -> Token {
        while position < text.count, text[position].isSpace { position += 1 }
        start = position
        guard position < text.count else { return .end }
        let byte = text[position]
        if Self.isWord(byte), !byte.isDigit { return .identifier(word()) }
        if byte.isDigit { return .number(number()) }
        position += 1
        switch byte {
        case UInt8(ascii: "'"): return .string(try quoted(until: byte))
        case UInt8(ascii: "`"): return .quoted(try quoted(until: byte))
        case UInt8(ascii: "%"), UInt8(ascii: "$"):
            guard position < text.count, text[position].isLetter else { throw fault() }
            let name = word()
            return .variable((byte == UInt8(ascii: "%") ? "%" : "$") + name)
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
            if position < text.count, text[position] == UInt8(ascii: "=") {
                position += 1
                return .symbol(String(UnicodeScalar(byte)) + "=")
            }
            guard byte != UInt8(ascii: "!") else { throw fault() }
            return .symbol(String(UnicodeScalar(byte)))
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "|"),
            UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "}"):
            return .symbol(String(UnicodeScalar(byte)))
        default: throw fault()
        }
    }

    private func fault() -> FHIRPathError { FHIRPathError(code: .syntax, operation: "parse", offset: start) }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") }

    private mutating func word() -> String {
        let first = position
        while position < text.count, Self.isWord(text[position]) { position += 1 }
        return String(decoding: text[first..<position], as: UTF8.self)
    }

    private mutating func number() -> String {
        let first = position
        while position < text.count, text[position].isDigit { position += 1 }
        if position + 1 < text.count, text[position] == UInt8(ascii: "."), text[position + 1].isDigit {
            position += 1
            while position < text.count, text[position].isDigit { position += 1 }
        }
        return String(decoding: text[first..<position], as: UTF8.self)
    }

    private mutating func quoted(until quote: UInt8) throws(FHIRPathError) -> String {
        var content: [UInt8] = []
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == quote { return String(decoding: content, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                content.append(byte)
                continue
            }
            guard position < text.count else { break }
            switch text[position] {
            case UInt8(ascii: "n"): content.append(0x0A)
            case UInt8(ascii: "r"): content.append(0x0D)
            case UInt8(ascii: "t"): content.append(0x09)
            case UInt8(ascii: "f"): content.append(0x0C)
            case let escaped where "'\"`\\/".utf8.contains(escaped): content.append(escaped)
            default: throw FHIRPathError(code: .unsupported, operation: "parse", offset: position)
            }
            position += 1
        }
        throw fault()
    }
}
