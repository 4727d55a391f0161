import Foundation
import FoundationXML
import GeneRegulatoryNetworkCore
import Testing

@Suite("An exported network is read back by other readers as it was")
struct NetworkExportTests {
    /// Names that need escapes in one form or another.
    private static let names = [
        "G1", "a<b>&\"c\"'", "tab\tin", "line\nbreak", "back\\slash", "beta-\u{03B2} \u{1F9EC}", "", "alone",
    ]

    private static let network = RegulatoryNetwork(
        genes: names,
        edges: [
            RegulatoryEdge(regulator: 0, target: 1, weight: 0.1 + 0.2, sign: 1, stability: 0.75),
            RegulatoryEdge(regulator: 2, target: 3, weight: 1e-300, sign: -1, evidence: .interventional),
            RegulatoryEdge(regulator: 4, target: 5, weight: 12_345_678, sign: 0, evidence: .temporal),
            RegulatoryEdge(regulator: 5, target: 6, weight: 0, sign: 0),
        ])

    private static func bytes(_ format: NetworkFormat, best: Int? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        network.export(as: format, best: best) { bytes += $0 }
        return bytes
    }

    private static func lines(_ format: NetworkFormat, best: Int? = nil) -> [String] {
        String(decoding: bytes(format, best: best), as: UTF8.self).components(separatedBy: "\n").dropLast().map { $0 }
    }

    @Test("the table has a line for each edge, ranked, and escapes what would break it")
    func table() throws {
        let rows = Self.lines(.tsv).map { $0.components(separatedBy: "\t") }
        #expect(rows[0] == ["regulator", "target", "weight", "sign", "evidence", "stability"])
        #expect(rows[1] == ["back\\\\slash", Self.names[5], "12345678.0", "?", "temporal", ""])
        #expect(rows[2] == ["G1", Self.names[1], "0.30000000000000004", "+", "association", "0.75"])
        #expect(rows[3] == ["tab\\tin", "line\\nbreak", "1e-300", "-", "interventional", ""])
        #expect(rows.count == 5)
        #expect(rows.allSatisfy { $0.count == 6 })
    }

    @Test("a table of edges without stability has no column for it")
    func tableWithoutStability() {
        #expect(Self.lines(.tsv, best: 1).map { $0.components(separatedBy: "\t").count } == [5, 5])
    }

    @Test("the interaction format names the relation, and every gene once at least")
    func interactions() {
        let lines = Self.lines(.sif)
        #expect(lines.first == "alone")
        #expect(lines.contains("G1\tactivates\t\(Self.names[1])"))
        #expect(lines.contains("tab in\trepresses\tline break"))
        #expect(lines.contains("back\\slash\tregulates\t\(Self.names[5])"))
        #expect(lines.count == 5)
        // With fewer edges more genes stand alone: an empty name is an empty line.
        #expect(Self.lines(.sif, best: 1).count == 7)
    }

    @Test("GraphML is read by Foundation's parser: names, numbers and places are those of the network")
    func graphML() throws {
        let reader = GraphMLReader()
        let parser = XMLParser(data: Data(Self.bytes(.graphml)))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.names == Self.names)
        #expect(reader.edges.count == Self.network.edges.count)
        for (rank, (read, edge)) in zip(reader.edges, Self.network.edges).enumerated() {
            #expect(read["source"] == "n\(edge.regulator)")
            #expect(read["target"] == "n\(edge.target)")
            #expect(read["weight"].flatMap(Double.init) == edge.weight)
            #expect(read["sign"] == "\(edge.sign)")
            #expect(read["evidence"] == edge.evidence.rawValue)
            #expect(read["rank"] == "\(rank + 1)")
            #expect(read["stability"].flatMap(Double.init) == edge.stability)
        }
    }

    @Test("a character that XML cannot hold does not break the document")
    func unspeakable() {
        var bytes: [UInt8] = []
        RegulatoryNetwork(genes: ["a\u{1}b\u{FFFF}\r"], edges: []).export(as: .graphml) { bytes += $0 }
        let reader = GraphMLReader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.names == ["a\u{FFFD}b\u{FFFD}\r"])
    }

    @Test("Cytoscape's JSON is read by Foundation's parser: names, numbers and places are those of the network")
    func cytoscape() throws {
        let elements = try JSONDecoder().decode(CytoscapeDocument.self, from: Data(Self.bytes(.cytoscape))).elements
        let (nodes, edges) = (elements.nodes.map(\.data), elements.edges.map(\.data))
        #expect(nodes.map(\.name) == Self.names)
        #expect(Set(nodes.map(\.id) + edges.map(\.id)).count == 12)
        #expect(edges.count == Self.network.edges.count)
        for (read, edge) in zip(edges, Self.network.edges) {
            #expect(read.source == "n\(edge.regulator)")
            #expect(read.target == "n\(edge.target)")
            #expect(read.weight == edge.weight)
            #expect(read.sign == Int(edge.sign))
            #expect(read.evidence == edge.evidence.rawValue)
            #expect(read.stability == edge.stability)
        }
        #expect(edges.map(\.interaction) == ["regulates", "activates", "represses", "regulates"])
        #expect(edges.map(\.rank) == [1, 2, 3, 4])
    }

    @Test("a network without edges or genes is a whole document", arguments: NetworkFormat.allCases)
    func empty(_ format: NetworkFormat) throws {
        var bytes: [UInt8] = []
        RegulatoryNetwork(genes: [], edges: []).export(as: format) { bytes += $0 }
        switch format {
        case .tsv: #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("regulator\t"))
        case .sif: #expect(bytes.isEmpty)
        case .graphml: #expect(XMLParser(data: Data(bytes)).parse())
        case .cytoscape: #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
        }
    }

    @Test("a large network leaves in pieces, and what the sink throws ends it", arguments: NetworkFormat.allCases)
    func pieces(_ format: NetworkFormat) {
        struct Full: Error {}
        let large = RegulatoryNetwork(
            genes: ["A", "B"],
            edges: (0..<20_000).map { RegulatoryEdge(regulator: 0, target: 1, weight: Double($0)) })
        var largest = 0
        var count = 0
        large.export(as: format) { piece in
            largest = max(largest, piece.count)
            count += 1
        }
        #expect(count > 2)
        #expect(largest < 1 << 17)
        var taken = 0
        #expect(throws: Full.self) {
            try large.export(as: format) { (_) throws(Full) in
                taken += 1
                if taken == 2 { throw Full() }
            }
        }
        #expect(taken == 2)
    }
}

/// Gathers names, and attributes and data of edges.
private final class GraphMLReader: NSObject, XMLParserDelegate {
    var names: [String] = []
    var edges: [[String: String]] = []
    private var key = ""
    private var isInEdge = false
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes: [String: String]
    ) {
        text = ""
        switch elementName {
        case "edge":
            isInEdge = true
            edges.append(attributes)
        case "node": isInEdge = false
        case "data": key = attributes["key"] ?? ""
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard elementName == "data" else { return }
        if isInEdge { edges[edges.count - 1][key] = text } else { names.append(text) }
    }
}

/// Cytoscape.js's document, as its manual describes it.
private struct CytoscapeDocument: Decodable {
    struct Element<Content: Decodable>: Decodable { let data: Content }
    struct Node: Decodable {
        let id: String
        let name: String
    }
    struct Edge: Decodable {
        let id: String
        let source: String
        let target: String
        let interaction: String
        let weight: Double
        let sign: Int
        let evidence: String
        let rank: Int
        let stability: Double?
    }
    struct Elements: Decodable {
        let nodes: [Element<Node>]
        let edges: [Element<Edge>]
    }
    let elements: Elements
}
