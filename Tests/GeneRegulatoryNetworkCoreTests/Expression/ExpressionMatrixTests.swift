import GeneRegulatoryNetworkCore
import Testing

@Suite("An expression matrix keeps what it was given and says what is unusual")
struct ExpressionMatrixTests {
    @Test("rows and columns make the same matrix")
    func shapes() throws {
        let rows = try ExpressionMatrix(
            genes: ["A", "B"], samples: ["s", "t", "u"], rows: [[1, 4], [2, 5], [3, 6]])
        let columns = try ExpressionMatrix(
            genes: ["A", "B"], samples: ["s", "t", "u"], columns: [[1, 2, 3], [4, 5, 6]])
        #expect(rows == columns)
        #expect(rows.values == [1, 2, 3, 4, 5, 6])
        #expect(Array(rows.levels(of: 1)) == [4, 5, 6])
        #expect(rows.issues.isEmpty)
    }

    @Test("a row or column of the wrong length is refused and named")
    func wrongShape() {
        #expect(throws: InferenceError(.mismatch, "row 2 has 1 levels for 2 genes")) {
            try ExpressionMatrix(genes: ["A", "B"], samples: ["s", "t"], rows: [[1, 2], [3]])
        }
        #expect(throws: InferenceError(.mismatch, "column 1 has 1 levels for 2 samples")) {
            try ExpressionMatrix(genes: ["A"], samples: ["s", "t"], columns: [[1]])
        }
        #expect(throws: InferenceError(.mismatch, "1 genes x 2 samples need 2 levels, not 3")) {
            try ExpressionMatrix(genes: ["A"], samples: ["s", "t"], values: [1, 2, 3])
        }
    }

    @Test("missing, infinite and constant levels are reported, gene by gene")
    func issues() throws {
        let matrix = try ExpressionMatrix(
            genes: ["A", "B", "C", "D"], samples: ["s", "t", "u"],
            columns: [[1, .nan, 3], [2, 2, 2], [1, .infinity, 2], [.nan, .nan, .nan]])
        #expect(
            matrix.issues == [
                ExpressionIssue(.missing, gene: 0, name: "A", count: 1),
                ExpressionIssue(.constant, gene: 1, name: "B", count: 3),
                ExpressionIssue(.infinite, gene: 2, name: "C", count: 1),
                ExpressionIssue(.missing, gene: 2, name: "C", count: 1),
                ExpressionIssue(.missing, gene: 3, name: "D", count: 3),
                ExpressionIssue(.constant, gene: 3, name: "D", count: 0),
            ])
        #expect(matrix.hasMissing)
        #expect(matrix.values[7].isNaN)
    }

    @Test("of columns of one name the one with most levels stands, in any order of columns")
    func duplicates() throws {
        let columns: [(String, [Float])] = [
            ("A", [1, .nan, 3]), ("A", [3, 2, 1]), ("B", [1, 2, 3]), ("A", [3, 2, 0]),
        ]
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]] {
            let matrix = try ExpressionMatrix(
                genes: order.map { columns[$0].0 }, samples: ["s", "t", "u"], columns: order.map { columns[$0].1 })
            #expect(matrix.genes.count == 4)
            #expect(Set(matrix.duplicates.map { order[$0] }) == [0, 3])
            #expect(matrix.issues.filter { $0.kind == .duplicatedName }.count == 2)
            #expect(matrix.withoutDuplicates().genes.sorted() == ["A", "B"])
        }
    }

    @Test("regulators are found by name, once each, and unknown names are told")
    func regulators() throws {
        let matrix = try ExpressionMatrix(
            genes: ["C", "A", "B", "A"], samples: ["s", "t"], columns: [[1, 2], [1, .nan], [3, 4], [2, 1]])
        let list = matrix.regulators(named: ["A", "X", "C", "A", "X", "Y"])
        #expect(list.genes == [0, 3])
        #expect(list.unknown == ["X", "Y"])
        #expect(matrix.regulators().genes == [0, 2, 3])
    }

    @Test("genes and samples can be chosen, and missing levels replaced by the gene's median")
    func selection() throws {
        let matrix = try ExpressionMatrix(
            genes: ["A", "B", "C"], samples: ["s", "t", "u"], columns: [[1, .nan, 3], [4, 5, 6], [.nan, .nan, .nan]])
        #expect(matrix.select(genes: [1, 7]).values == [4, 5, 6])
        #expect(matrix.select(samples: [2, 0, 2]).levels(of: 1).elementsEqual([6, 4, 6]))
        #expect(matrix.medianImputed().values == [1, 2, 3, 4, 5, 6, 0, 0, 0])
    }

    @Test(
        "centring takes each batch's mean away, whatever the order of samples; a level alone in its batch is missing after that"
    )
    func batches() throws {
        let matrix = try ExpressionMatrix(
            genes: ["A"], samples: ["s", "t", "u", "v", "w"], columns: [[1, 3, 10, 14, 7]])
        let centred = try matrix.centred(withinBatches: ["x", "x", "y", "y", "z"])
        let expected: [Float] = [-1, 1, -2, 2]
        // To the sixteen bits of the means: the range is 13.
        for (value, wanted) in zip(centred.values, expected) { #expect(abs(value - wanted) < 13 / 65_534) }
        #expect(centred.values[4].isNaN)
        let turned = try matrix.select(samples: [4, 3, 2, 1, 0]).centred(withinBatches: ["z", "y", "y", "x", "x"])
        #expect(turned.select(samples: [4, 3, 2, 1, 0]) == centred)
        #expect(throws: InferenceError.self) { try matrix.centred(withinBatches: ["x"]) }
    }
}
