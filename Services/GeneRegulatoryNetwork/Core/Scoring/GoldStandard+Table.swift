extension GoldStandard {
    /// A gold standard from a table: regulator, target and perhaps a third column, parted by tabs, or by commas where a line has no tab.
    ///
    /// The third column is a sign (`+`, `-`, `activation`, `repression`...) or a weight; a weight of 0 says that there is no edge, as in the
    /// gold files of DREAM. A first line that names its columns (`regulator`, `tf`, `gene1`, `source`, `from`) is a header. Empty lines and
    /// lines that begin with `#` are passed over.
    /// - Throws: ``ScoringError`` `malformed`, with the line, for fewer than two or empty columns or an unknown third one.
    public init(table text: String) throws(ScoringError) {
        var edges: [GoldEdge] = []
        var isFirst = true
        var line = 0
        for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line += 1
            if raw.allSatisfy(\.isWhitespace) || raw.first == "#" { continue }
            let separator: Character = raw.contains("\t") ? "\t" : ","
            let fields = raw.split(separator: separator, omittingEmptySubsequences: false).map(Self.trimmed)
            defer { isFirst = false }
            guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
                throw ScoringError(.malformed, "line \(line): needs a regulator and a target, parted by a tab")
            }
            if isFirst, Self.headers.contains(fields[0].lowercased()) { continue }
            let third = fields.count > 2 ? fields[2] : ""
            guard let meaning = Self.meaning(of: third) else {
                throw ScoringError(.malformed, "line \(line): the third column is neither a sign nor a weight")
            }
            if meaning.isEdge {
                edges.append(GoldEdge(regulator: fields[0], target: fields[1], sign: meaning.sign))
            }
        }
        self.init(edges)
    }

    /// What the first cell of a header may be.
    private static let headers: Set<String> = [
        "regulator", "tf", "gene1", "source", "from", "transcription_factor", "regulator_name",
    ]

    /// The third column; nil when it cannot be read.
    private static func meaning(of field: String) -> (isEdge: Bool, sign: Int8)? {
        switch field.lowercased() {
        case "", "?", "na", "unknown": return (true, 0)
        case "+", "activation", "activator", "up": return (true, 1)
        case "-", "\u{2212}", "repression", "repressor", "inhibition", "down": return (true, -1)
        default:
            guard let weight = Double(field), !weight.isNaN else { return nil }
            return (weight != 0, weight < 0 ? -1 : 0)
        }
    }

    /// A field without quotes and outer blanks.
    private static func trimmed(_ field: Substring) -> String {
        var inner = field
        while let first = inner.first, first.isWhitespace || first == "\"" { inner.removeFirst() }
        while let last = inner.last, last.isWhitespace || last == "\"" { inner.removeLast() }
        return String(inner)
    }
}
