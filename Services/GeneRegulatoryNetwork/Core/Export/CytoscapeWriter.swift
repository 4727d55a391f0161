import JSONDocument

/// The JSON of Cytoscape.js (`elements` of `nodes` and `edges`, each with its `data`), which Cytoscape 3 imports and exports as `.cyjs`.
///
/// Nodes have the ids `n0`, `n1`... and a `name`; edges `interaction` (`activates`, `represses`, `regulates`), `weight`, `sign`, `evidence`, `rank`
/// (from 1) and, where it is known, `stability`.
struct CytoscapeWriter: NetworkWriter {
    var opening: String {
        #"{"format_version":"1.0","target_cytoscapejs_version":"~3.0","data":{"name":"gene regulatory network"},"#
            + #""elements":{"nodes":["# + "\n"
    }
    var middle: String { #"],"edges":["# + "\n" }
    var closing: String { "]}}\n" }

    func gene(_ number: Int, _ name: String) -> String {
        // The comma stands first: what follows is not known yet.
        "\(number == 0 ? "" : ",")" + #"{"data":{"id":"n\#(number)","name":\#(JSONValue.string(name).text())}}"# + "\n"
    }

    func edge(_ rank: Int, _ edge: RegulatoryEdge, _ genes: [String]) -> String {
        var line = rank == 0 ? "" : ","
        line += #"{"data":{"id":"e\#(rank)","source":"n\#(edge.regulator)","target":"n\#(edge.target)","#
        line += #""interaction":"\#(edge.interaction)","weight":\#(Self.number(edge.weight)),"sign":\#(edge.sign),"#
        line += #""evidence":"\#(edge.evidence.rawValue)","rank":\#(rank + 1)"#
        if let stability = edge.stability { line += #","stability":\#(Self.number(stability))"# }
        return line + "}}\n"
    }

    /// JSON knows finite numbers only.
    private static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }
}
