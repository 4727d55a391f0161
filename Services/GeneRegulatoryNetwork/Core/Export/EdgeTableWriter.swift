/// Tab-separated columns under a line of their names: `regulator`, `target`, `weight`, `sign` (`+`, `-`, or `?` where it is not known),
/// `evidence`, and `stability` when an edge has one.
///
/// A tab, line feed, carriage return or backslash in a name is written `\t`, `\n`, `\r` and `\\`, as in PostgreSQL's text format.
struct EdgeTableWriter: NetworkWriter {
    let hasStability: Bool

    var opening: String { "regulator\ttarget\tweight\tsign\tevidence\(hasStability ? "\tstability" : "")\n" }
    var middle: String { "" }
    var closing: String { "" }

    func gene(_ number: Int, _ name: String) -> String { "" }

    func edge(_ rank: Int, _ edge: RegulatoryEdge, _ genes: [String]) -> String {
        let sign = edge.sign > 0 ? "+" : edge.sign < 0 ? "-" : "?"
        var line = Self.escaped(genes[Int(edge.regulator)])
        line += "\t"
        line += Self.escaped(genes[Int(edge.target)])
        line += "\t\(edge.weight)\t\(sign)\t\(edge.evidence.rawValue)"
        if hasStability { line += "\t\(edge.stability.map { "\($0)" } ?? "")" }
        return line + "\n"
    }

    private static func escaped(_ name: String) -> String {
        let special: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x5C]
        guard name.utf8.contains(where: special.contains) else { return name }
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\\": text += "\\\\"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
