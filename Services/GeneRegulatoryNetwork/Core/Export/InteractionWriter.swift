/// Cytoscape's simple interaction format, tab-separated: a regulator, `activates`, `represses` or `regulates`, and a target; a gene without
/// edges stands alone on its line. There are no weights.
///
/// The format has no escapes: a tab or line break within a name becomes a blank.
struct InteractionWriter: NetworkWriter {
    let connected: Set<Int32>

    var opening: String { "" }
    var middle: String { "" }
    var closing: String { "" }

    func gene(_ number: Int, _ name: String) -> String {
        connected.contains(Int32(number)) ? "" : Self.plain(name) + "\n"
    }

    func edge(_ rank: Int, _ edge: RegulatoryEdge, _ genes: [String]) -> String {
        "\(Self.plain(genes[Int(edge.regulator)]))\t\(edge.interaction)\t\(Self.plain(genes[Int(edge.target)]))\n"
    }

    private static func plain(_ name: String) -> String {
        let breaks: Set<UInt8> = [0x09, 0x0A, 0x0D]
        guard name.utf8.contains(where: breaks.contains) else { return name }
        return String(decoding: name.utf8.map { breaks.contains($0) ? 0x20 : $0 }, as: UTF8.self)
    }
}
