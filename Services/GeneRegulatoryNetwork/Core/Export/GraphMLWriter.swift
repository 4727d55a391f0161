/// GraphML 1.0 (graphml.graphdrawing.org): a directed graph; nodes have a `name`, edges `weight`, `sign` (1, -1, or 0 where it is not known),
/// `evidence`, `rank` (from 1) and, where it is known, `stability`.
///
/// Nodes are called `n0`, `n1`...: names need not be unique, nor identifiers of XML. A character that XML 1.0 cannot hold, even escaped, becomes
/// U+FFFD.
struct GraphMLWriter: NetworkWriter {
    var opening: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key id="name" for="node" attr.name="name" attr.type="string"/>
        <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
        <key id="sign" for="edge" attr.name="sign" attr.type="int"/>
        <key id="evidence" for="edge" attr.name="evidence" attr.type="string"/>
        <key id="rank" for="edge" attr.name="rank" attr.type="long"/>
        <key id="stability" for="edge" attr.name="stability" attr.type="double"/>
        <graph edgedefault="directed">

        """
    }
    var middle: String { "" }
    var closing: String { "</graph>\n</graphml>\n" }

    func gene(_ number: Int, _ name: String) -> String {
        "<node id=\"n\(number)\"><data key=\"name\">\(Self.escaped(name))</data></node>\n"
    }

    func edge(_ rank: Int, _ edge: RegulatoryEdge, _ genes: [String]) -> String {
        var line = "<edge source=\"n\(edge.regulator)\" target=\"n\(edge.target)\">"
        line += "<data key=\"weight\">\(edge.weight)</data><data key=\"sign\">\(edge.sign)</data>"
        line += "<data key=\"evidence\">\(edge.evidence.rawValue)</data><data key=\"rank\">\(rank + 1)</data>"
        if let stability = edge.stability { line += "<data key=\"stability\">\(stability)</data>" }
        return line + "</edge>\n"
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            // Unescaped, a reader would turn a carriage return into a line feed.
            case "\t", "\n", "\r": text += "&#\(scalar.value);"
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
