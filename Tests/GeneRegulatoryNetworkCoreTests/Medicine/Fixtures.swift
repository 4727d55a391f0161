import GeneRegulatoryNetworkCore

/// Networks that several tests use.
enum Fixtures {
    /// Zachary's karate club (J Anthropol Res 33:452, 1977), 34 members, 78 ties.
    static let karate = Graph(
        pairs: parsed(
            """
            M00-M01 M00-M02 M00-M03 M00-M04 M00-M05 M00-M06 M00-M07 M00-M08 M00-M10 M00-M11 M00-M12 M00-M13 M00-M17
            M00-M19 M00-M21 M00-M31 M01-M02 M01-M03 M01-M07 M01-M13 M01-M17 M01-M19 M01-M21 M01-M30 M02-M03 M02-M07
            M02-M08 M02-M09 M02-M13 M02-M27 M02-M28 M02-M32 M03-M07 M03-M12 M03-M13 M04-M06 M04-M10 M05-M06 M05-M10
            M05-M16 M06-M16 M08-M30 M08-M32 M08-M33 M09-M33 M13-M33 M14-M32 M14-M33 M15-M32 M15-M33 M18-M32 M18-M33
            M19-M33 M20-M32 M20-M33 M22-M32 M22-M33 M23-M25 M23-M27 M23-M29 M23-M32 M23-M33 M24-M25 M24-M27 M24-M31
            M25-M31 M26-M29 M26-M33 M27-M33 M28-M31 M28-M33 M29-M32 M29-M33 M30-M32 M30-M33 M31-M32 M31-M33 M32-M33
            """))

    /// 56 genes, 140 links and a loop: a planted partition of our own making (networkx 3.6.1,
    /// planted_partition_graph(4, 14, .28, .03, seed=11)).
    static let small = Graph(
        pairs: parsed(
            """
            G00-G07 G00-G11 G00-G13 G00-G22 G01-G04 G01-G09 G01-G10 G01-G12 G01-G13 G01-G35 G02-G03 G02-G04 G02-G13
            G03-G09 G03-G11 G03-G17 G04-G09 G04-G10 G04-G40 G04-G47 G04-G51 G05-G07 G05-G10 G05-G11 G05-G29 G05-G44
            G06-G08 G06-G09 G06-G10 G06-G11 G06-G13 G06-G15 G07-G10 G07-G12 G08-G09 G08-G11 G08-G12 G08-G34 G08-G48
            G09-G13 G10-G32 G10-G34 G11-G12 G11-G30 G12-G13 G12-G17 G12-G47 G13-G35 G13-G40 G13-G43 G13-G46 G14-G19
            G14-G20 G14-G22 G14-G24 G14-G30 G14-G55 G15-G16 G15-G18 G15-G19 G15-G25 G15-G26 G15-G27 G16-G18 G16-G19
            G16-G22 G17-G19 G17-G20 G17-G21 G17-G25 G18-G22 G18-G41 G18-G53 G20-G27 G20-G53 G21-G47 G21-G50 G21-G55
            G22-G26 G22-G30 G23-G24 G23-G27 G23-G34 G24-G34 G24-G45 G25-G27 G25-G49 G26-G27 G26-G33 G26-G37 G28-G30
            G28-G32 G28-G33 G28-G34 G29-G32 G29-G34 G29-G35 G29-G37 G29-G51 G30-G35 G32-G33 G32-G39 G32-G40 G32-G48
            G33-G39 G33-G40 G34-G36 G34-G37 G34-G39 G34-G41 G35-G41 G36-G38 G36-G39 G37-G40 G38-G55 G39-G41 G39-G49
            G40-G41 G42-G44 G42-G45 G42-G53 G42-G54 G43-G54 G44-G48 G44-G52 G45-G50 G45-G55 G46-G48 G46-G54 G47-G49
            G47-G51 G47-G52 G47-G53 G48-G51 G48-G53 G48-G55 G49-G50 G50-G51 G50-G52 G51-G55 G00-G00
            """))

    /// A directed, weighted network with a node that nothing leaves, one that nothing enters, and a loop.
    static func directed() throws -> Graph {
        try Graph(
            names: ["a", "b", "c", "d", "e", "f", "g"],
            edges: [
                Graph.Edge(0, 1, weight: 2), Graph.Edge(0, 2, weight: 1), Graph.Edge(1, 2, weight: 0.5),
                Graph.Edge(2, 0, weight: 1.5), Graph.Edge(2, 3, weight: 3), Graph.Edge(4, 2, weight: 1),
                Graph.Edge(3, 5, weight: 0.25), Graph.Edge(6, 6, weight: 1), Graph.Edge(6, 0, weight: 2),
            ], isDirected: true)
    }

    /// A random undirected graph, often in pieces, with loops.
    static func random(nodes: Int, edges: Int, generator: inout SeededGenerator) -> Graph {
        Graph(
            pairs: (0..<edges).map { _ in
                ("N\(generator.index(below: nodes))", "N\(generator.index(below: nodes))")
            })
    }

    /// Whether numbers agree to a relative error.
    static func agree(_ one: [Double], _ other: [Double], within error: Double) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { abs($0 - $1) <= error * max(abs($0), abs($1)) + 1e-300 }
    }

    private static func parsed(_ text: String) -> [(String, String)] {
        text.split(whereSeparator: \.isWhitespace).map { pair in
            let ends = pair.split(separator: "-")
            return (String(ends[0]), String(ends[1]))
        }
    }
}
