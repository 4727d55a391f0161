/// GitHub-flavoured Markdown of the cards' details.
enum Markdown {
    /// A text in which nothing is taken for markup: stars of alleles, pipes of tables, angle brackets.
    static func escaped(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
            case 0..<0x20: result.append(UInt8(ascii: " "))
            default:
                if Self.markup.contains(byte) { result.append(UInt8(ascii: "\\")) }
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let markup = Array("\\`*_[]<>|~#!".utf8)

    /// A table; the cells are texts that are not escaped yet.
    static func table(_ columns: [String], _ rows: [[String]]) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        return ([line(columns), line(columns.map { _ in "---" })] + rows.map { line($0.map { escaped($0) }) })
            .joined(separator: "\n")
    }

    /// A list; the items are not escaped.
    static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }
}
