/// How a text lists the edges of a network; the files of the published programs are read as they stand.
public enum EdgeListLayout: String, Sendable, CaseIterable {
    /// The first two fields of a line are the ends of an edge; further fields are left aside.
    case pairs
    /// Simple interaction format: a node, a relation, and the nodes at the other end; a node alone has no edge.
    case sif
}

extension Graph {
    /// A graph of the edges that a text lists, each of weight 1 however often it is listed.
    ///
    /// Fields are set apart by what the first line uses: tab, comma, semicolon, or else blanks. Empty lines and lines
    /// that begin with `#` are left out; a line of titles is not known from an edge, so that the caller takes it off.
    /// - Throws: `bad-edge` with the number of the line that has too few fields.
    public init(edgeList text: String, layout: EdgeListLayout = .pairs, isDirected: Bool = false)
        throws(MedicineError)
    {
        var separator: Character?
        var pairs: [(String, String)] = []
        var alone: Set<String> = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard !line.allSatisfy(\.isWhitespace), line.first != "#" else { continue }
            let mark = separator ?? [Character("\t"), ",", ";"].first { line.contains($0) } ?? " "
            separator = mark
            let raw =
                mark == " "
                ? line.split(whereSeparator: \.isWhitespace)
                : line.split(separator: mark, omittingEmptySubsequences: false)
            let fields = raw.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            let isWhole =
                switch layout {
                case .pairs: fields.count >= 2 && !fields[0].isEmpty && !fields[1].isEmpty
                case .sif: fields.count != 2 && fields.allSatisfy { !$0.isEmpty }
                }
            guard isWhole else {
                throw MedicineError(
                    .badEdge, operation: "read edges", detail: "line \(number + 1) has too few fields, or an empty one")
            }
            switch layout {
            case .pairs: pairs.append((fields[0], fields[1]))
            case .sif where fields.count == 1: alone.insert(fields[0])
            case .sif: for other in fields.dropFirst(2) { pairs.append((fields[0], other)) }
            }
        }
        let connected = Graph(pairs: pairs, isDirected: isDirected)
        guard !alone.isSubset(of: connected.names) else {
            self = connected
            return
        }
        try self.init(
            names: connected.names + alone.sorted(), edges: connected.edges, isDirected: isDirected)
    }
}
