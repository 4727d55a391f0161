/// A list of edges: regulator, target, and a weight where there is one.
///
/// A first line that begins with `regulator`, `tf`, `source`, `from`, `gene1` or the like is a header; its column `weight`, `importance` or `score`
/// is the weight. Lines that begin with `#` are passed over.
struct EdgeTable {
    /// The ends' names, each once, in the order in which they occur.
    private(set) var names: [String] = []
    /// The edges: ends as numbers of ``names``, and the weight; 1 where there is none.
    private(set) var edges: [(regulator: Int32, target: Int32, weight: Double)] = []
    /// Whether weights were told.
    private(set) var hasWeights = false

    private static let ends: Set<String> = [
        "regulator", "tf", "source", "from", "gene1", "node1", "protein1", "gene_a", "transcription_factor",
    ]
    private static let weights: Set<String> = ["weight", "importance", "score"]

    private var numbers: [String: Int32] = [:]

    /// Reads a list.
    /// - Parameter takesThirdColumn: whether the third column of a file without a header is the weight.
    init(_ bytes: [UInt8], file: String, takesThirdColumn: Bool) throws(OfflineError) {
        let text = TextTable(file: file, bytes: bytes)
        var weightColumn: Int?
        var isEscaped = false
        var isFirst = true
        var read = self
        try text.rows { (row) throws(OfflineError) in
            if bytes[row.fields.first?.lowerBound ?? 0] == UInt8(ascii: "#") { return }
            guard row.fields.count >= 2 else {
                throw OfflineError(
                    .malformed, file, line: row.line, column: 2, "an edge needs a regulator and a target")
            }
            if isFirst {
                isFirst = false
                let titles = try text.texts(row).map { $0.lowercased() }
                if Self.ends.contains(titles[0]) {
                    weightColumn = titles.firstIndex(where: Self.weights.contains)
                    isEscaped = titles.starts(with: ["regulator", "target", "weight", "sign", "evidence"])
                    return
                }
                if takesThirdColumn, row.fields.count > 2 { weightColumn = 2 }
            }
            var weight = 1.0
            if let weightColumn {
                guard weightColumn < row.fields.count, let number = text.number(row.fields[weightColumn]),
                    number.isFinite
                else {
                    throw OfflineError(
                        .malformed, file, line: row.line, column: weightColumn + 1, "the weight is not a number")
                }
                weight = number
            }
            var ends: [Int32] = []
            for column in 0..<2 {
                let name = try text.text(row.fields[column], row, column: column + 1)
                guard !name.isEmpty else {
                    throw OfflineError(.malformed, file, line: row.line, column: column + 1, "the name is empty")
                }
                ends.append(read.number(of: isEscaped ? Self.unescaped(name) : name))
            }
            read.edges.append((ends[0], ends[1], weight))
        }
        self = read
        hasWeights = weightColumn != nil
        guard !edges.isEmpty else { throw OfflineError(.malformed, file, "there is no edge in it") }
    }

    private mutating func number(of name: String) -> Int32 {
        if let known = numbers[name] { return known }
        let number = Int32(names.count)
        numbers[name] = number
        names.append(name)
        return number
    }

    /// A name as `infer` writes it.
    private static func unescaped(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
        var text = ""
        var isOpen = false
        for scalar in name.unicodeScalars {
            if isOpen {
                text.unicodeScalars.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
                isOpen = false
            } else if scalar == "\\" {
                isOpen = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
