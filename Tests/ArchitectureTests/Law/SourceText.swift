/// A Swift source with its comments and the text of its string literals blanked out, so that a search finds code only.
///
/// Lines keep their numbers. Code inside an interpolation stays.
struct SourceText {
    /// The lines as written.
    let lines: [Substring]
    /// The same lines, code only.
    let code: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var blanker = Blanker(text)
        code = blanker.blanked().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The modules that the source imports, each with its line (from 1).
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first, first.hasPrefix("@") || Self.accessLevels.contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2 else { return nil }
            let path = Self.importKinds.contains(words[1]) && words.count >= 3 ? words[2] : words[1]
            return (String(path.prefix { $0 != "." && $0 != ";" }), index + 1)
        }
    }

    private static let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
    private static let importKinds: Set<String> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "actor",
    ]
}

/// Walks the UTF-8 of a source once and writes a blank for each byte that is not code.
private struct Blanker {
    private let bytes: [UInt8]
    private var index = 0
    private var result: [UInt8] = []

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")
    private static let backslash = UInt8(ascii: "\\")
    private static let open = UInt8(ascii: "(")
    private static let close = UInt8(ascii: ")")

    init(_ text: String) {
        bytes = Array(text.utf8)
        result.reserveCapacity(bytes.count)
    }

    mutating func blanked() -> String {
        code(untilClosingBracket: false)
        return String(decoding: result, as: UTF8.self)
    }

    private func at(_ first: UInt8, _ second: UInt8) -> Bool {
        index + 1 < bytes.count && bytes[index] == first && bytes[index + 1] == second
    }

    private func at(_ text: [UInt8]) -> Bool {
        bytes[index...].starts(with: text)
    }

    private mutating func keep() {
        result.append(bytes[index])
        index += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            result.append(bytes[index] == Self.newline ? Self.newline : UInt8(ascii: " "))
            index += 1
        }
    }

    /// Code, up to the end or up to the bracket that closes an interpolation.
    private mutating func code(untilClosingBracket: Bool) {
        var depth = 0
        while index < bytes.count {
            if at(Self.slash, Self.slash) {
                while index < bytes.count, bytes[index] != Self.newline { blank() }
            } else if at(Self.slash, Self.star) {
                comment()
            } else if bytes[index] == Self.quote || bytes[index] == Self.hash {
                literal()
            } else {
                if bytes[index] == Self.open { depth += 1 }
                if bytes[index] == Self.close {
                    depth -= 1
                    if untilClosingBracket, depth < 0 { return }
                }
                keep()
            }
        }
    }

    /// A block comment; they nest.
    private mutating func comment() {
        var depth = 0
        repeat {
            if at(Self.slash, Self.star) {
                depth += 1
                blank(2)
            } else if at(Self.star, Self.slash) {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < bytes.count
    }

    /// A string literal, raw or not, of one line or several; a `#` that begins none is code.
    private mutating func literal() {
        var hashes = 0
        while index + hashes < bytes.count, bytes[index + hashes] == Self.hash { hashes += 1 }
        guard index + hashes < bytes.count, bytes[index + hashes] == Self.quote else {
            for _ in 0..<hashes { keep() }
            return
        }
        let marks = [UInt8](repeating: Self.hash, count: hashes)
        blank(hashes)
        let quotes = at([Self.quote, Self.quote, Self.quote]) ? 3 : 1
        let close = [UInt8](repeating: Self.quote, count: quotes) + marks
        let escape = [Self.backslash] + marks
        let interpolation = escape + [Self.open]
        blank(quotes)
        while index < bytes.count {
            if bytes[index] == Self.quote, at(close) {
                blank(close.count)
                return
            } else if bytes[index] == Self.backslash, at(interpolation) {
                blank(escape.count)
                keep()
                code(untilClosingBracket: true)
                if index < bytes.count { keep() }
            } else if bytes[index] == Self.backslash, at(escape) {
                blank(escape.count + 1)
            } else if quotes == 1, bytes[index] == Self.newline {
                return  // Not a literal after all (a regular expression with a quote in it, say).
            } else {
                blank()
            }
        }
    }
}
