/// Where a statement is published, as the tables write it, with the address of the page where it can be read.
struct Citation: Sendable, Hashable {
    /// As it stands in the table.
    let text: String
    /// An absolute address; nil when the text has none.
    let url: String?

    init(_ text: String) {
        self.text = text
        url = Self.url(in: text)
    }

    private static func url(in text: String) -> String? {
        for word in text.split(whereSeparator: { $0 == " " || $0 == ";" || $0 == "," || $0 == "(" || $0 == ")" }) {
            if word.hasPrefix("https://") || word.hasPrefix("http://") { return isPlain(word) ? String(word) : nil }
            let lower = word.lowercased()
            if lower.hasPrefix("fda.gov/"), isPlain(word) { return "https://www.\(word)" }
            if lower.hasPrefix("doi:10."), isPlain(word) { return "https://doi.org/\(word.dropFirst(4))" }
        }
        guard let mark = text.uppercased().firstRange(of: "PMID") else { return nil }
        let digits = text.uppercased()[mark.upperBound...]
            .drop { $0 == ":" || $0 == " " }
            .prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : "https://pubmed.ncbi.nlm.nih.gov/\(digits)/"
    }

    /// Nothing that would have to be escaped in a URL or ends a link in Markdown.
    private static func isPlain(_ word: some StringProtocol) -> Bool {
        word.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}[]".utf8.contains($0) }
    }
}
