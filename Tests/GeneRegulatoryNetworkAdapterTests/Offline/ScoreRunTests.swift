import GeneRegulatoryNetworkCore
import Testing

@testable import GeneRegulatoryNetworkAdapter

@Suite("The offline score is the area under both curves")
struct ScoreRunTests {
    private static func score(_ run: (OfflineOutput) -> ScoreRun) throws -> (rows: [[String]], errors: [String]) {
        let (output, errors) = (Gathered(), Gathered())
        try run(errors.output).run(output: output.output)
        return (output.rows, errors.lines)
    }

    /// By hand: 6 pairs of 3 genes; true pairs at ranks 1 and 3, so that AUPR = (1/1 + 2/3) / 2, and of 8 comparisons 7 are won.
    @Test("a ranking by hand", arguments: ["regulator\ttarget\tweight\n", ""])
    func byHand(_ header: String) throws {
        let files = try Files()
        let edges = try files.file("e", header + "A\tB\t6\nB\tA\t5\nA\tC\t4\nC\tA\t3\nB\tC\t2\nC\tB\t1\n")
        let gold = try files.file("g", "regulator\ttarget\nA\tB\nA\tC\nA\tA\nA\tB\nA\tZ\n")
        let (rows, errors) = try Self.score { ScoreRun(edges: edges, gold: gold, errors: $0) }
        #expect(rows[0] == ["aupr", "auroc", "pairs", "positives"])
        #expect(rows[1] == ["\((1 + 2.0 / 3) / 2)", "0.875", "6", "2"])
        #expect(errors.count == 3)
    }

    @Test("the universe of the gold standard leaves pairs out that nobody studied; genes may be told")
    func universe() throws {
        let files = try Files()
        let edges = try files.file("e", "A\tB\t6\nB\tA\t5\nA\tC\t4\nC\tA\t3\nB\tC\t2\nC\tB\t1\n")
        let gold = try files.file("g", "A\tB\nC\tA\n")
        let studied = try Self.score { ScoreRun(edges: edges, gold: gold, universe: .gold, errors: $0) }
        #expect(studied.rows[1][2...3] == ["4", "2"])
        let genes = try files.file("l", "gene\nA\nB\nC\nD\n")
        let wide = try Self.score { ScoreRun(edges: edges, gold: gold, genes: genes, errors: $0) }
        #expect(wide.rows[1][2...3] == ["12", "2"])
    }

    @Test("edges without weights and weights that are no numbers are refused, with their place")
    func refused() throws {
        let files = try Files()
        let gold = try files.file("g", "A\tB\n")
        for (text, line) in [("A\tB\nB\tA\n", 1), ("A\tB\t1\nB\tA\thigh\n", 2), ("A\tB\t1\nB\n", 2)] {
            let edges = try files.file("e", text)
            let error = #expect(throws: OfflineError.self) {
                try Self.score { ScoreRun(edges: edges, gold: gold, errors: $0) }
            }
            #expect(error?.line == line)
            #expect(error?.file == edges)
        }
    }

    /// The reference of the data's own README: published and measured figures lie between .16 and .21 for the mean of networks.
    @Test("the fast mode finds the real network far above chance", .enabled(if: SharedNetworks.arePresent))
    func real() throws {
        let files = try Files()
        let folder = "dream4/multifactorial100_1"
        var options = InferOptions(expression: SharedNetworks.path("\(folder)/multifactorial.tsv"))
        options.out = files.path("edges.tsv")
        options.threads = 2
        try InferRun(options, errors: Gathered().output).run()
        let gold = SharedNetworks.path("\(folder)/gold_edges.tsv")
        let (rows, _) = try Self.score { ScoreRun(edges: files.path("edges.tsv"), gold: gold, errors: $0) }
        #expect(rows[1][2...3] == ["9900", "176"])
        #expect((Double(rows[1][0]) ?? 0) > 0.15)
        #expect((Double(rows[1][1]) ?? 0) > 0.7)
    }
}
