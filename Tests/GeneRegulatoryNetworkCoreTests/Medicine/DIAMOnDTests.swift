import GeneRegulatoryNetworkCore
import Testing

/// The orders come from DIAMOnD.py of 2020-09-22 (github.com/dinaghiassian/DIAMOnD), run with Python 3.11 and SciPy
/// 1.17 on the edges of `Fixtures.small`, with `for node in sorted(not_in_cluster)` so that its order does not change
/// from run to run.
@Suite("DIAMOnD gives the order of the published program")
struct DIAMOnDTests {
    static let seeds = ["G01", "G03", "G05", "G08", "G20", "G99"]
    static let orders: [Int: [(String, Double)]] = [
        1: [
            ("G09", 0.006974034720981979), ("G11", 0.022278794087893145), ("G06", 0.022278794087893055),
            ("G12", 0.055119870880135646), ("G13", 0.04674395589690525), ("G17", 0.06630809072540399),
            ("G02", 0.09853249475890688), ("G10", 0.16761975230343312), ("G07", 0.03731656184486306),
            ("G04", 0.061296971618833525), ("G00", 0.19611206403658543), ("G35", 0.4561934550835538),
            ("G30", 0.49499347612553163), ("G43", 0.5515151515151352), ("G40", 0.6857281083695757),
            ("G41", 0.6056550018813792), ("G29", 0.752039993549377), ("G37", 0.5280761167553665),
            ("G34", 0.40660420175851686), ("G28", 0.5914295348257553),
        ],
        3: [
            ("G09", 2.138239884728007e-06), ("G11", 0.0), ("G06", 0.0),
            ("G12", 0.0), ("G13", 0.0), ("G17", 5.1534553128283515e-09),
            ("G10", 8.662726369915966e-08), ("G07", 5.15345531282837e-09), ("G00", 3.297120321695166e-07),
            ("G04", 2.7116097703454354e-06), ("G02", 1.2155967579645642e-08), ("G35", 0.0010864079969151506),
            ("G30", 0.0016180808445267034), ("G40", 0.005066375684024674), ("G41", 0.0032903043686530456),
            ("G34", 0.0016988460874977672), ("G29", 9.865875278746462e-05), ("G37", 1.0221298585623736e-05),
            ("G32", 0.0006791769072228243), ("G28", 2.6115292987040706e-05),
        ],
    ]

    @Test("Order and p-values for the weights 1 and 3 of seeds", arguments: [1, 3])
    func publishedOrder(alpha: Int) throws {
        let expected = try #require(Self.orders[alpha])
        let module = try DIAMOnD(graph: Fixtures.small).module(seeds: Self.seeds, count: 20, seedWeight: alpha)
        #expect(module.steps.map(\.gene) == expected.map(\.0))
        #expect(Fixtures.agree(module.steps.map(\.pValue), expected.map(\.1), within: 1e-11))
        #expect(module.seeds == ["G01", "G03", "G05", "G08", "G20"])
        #expect(module.ignoredSeeds == ["G99"])
    }

    @Test(
        "An order is admissible whichever of equal genes comes first, and no longer when a better one was passed over")
    func admissible() throws {
        let detector = DIAMOnD(graph: Fixtures.small)
        let module = try detector.module(seeds: Self.seeds, count: 20)
        var order = module.steps.map(\.gene)
        #expect(try detector.admissiblePValues(seeds: Self.seeds, order: order) == module.steps.map(\.pValue))
        order.swapAt(0, 4)
        #expect(try detector.admissiblePValues(seeds: Self.seeds, order: order).count < 5)
    }

    @Test("It ends when no gene is linked to the module")
    func exhausted() throws {
        let graph = Graph(pairs: [("a", "b"), ("b", "c"), ("x", "y")])
        let module = try DIAMOnD(graph: graph).module(seeds: ["a"], count: 10)
        #expect(module.steps.map(\.gene) == ["b", "c"])
    }

    @Test("Ties are told: of two equal genes the later name joins first")
    func ties() throws {
        let graph = Graph(pairs: [("s", "a"), ("s", "b"), ("s", "c"), ("c", "d")])
        let step = try #require(try DIAMOnD(graph: graph).module(seeds: ["s"], count: 1).steps.first)
        #expect(step.gene == "b")
        #expect(step.tied == 2)
        // One link of one, one seed, five genes: 1/5.
        #expect(abs(step.pValue - 0.2) < 1e-14)
    }

    @Test("Seeds that are not in the network, and weights below 1, are refused")
    func refused() {
        let detector = DIAMOnD(graph: Fixtures.small)
        #expect(throws: MedicineError.self) { try detector.module(seeds: ["nobody"], count: 1) }
        #expect(throws: MedicineError.self) { try detector.module(seeds: ["G01"], count: 1, seedWeight: 0) }
        #expect(throws: MedicineError.self) { try detector.module(seeds: ["G01"], count: -1) }
    }
}
