import GeneRegulatoryNetworkCore
import Testing

@testable import GeneRegulatoryNetworkAdapter

@Suite("A table of levels is read as it lies, and what is wrong is named by its place")
struct ExpressionTableTests {
    private static func table(
        _ text: String, _ orientation: ExpressionTable.Orientation? = nil
    ) throws(OfflineError) -> ExpressionTable {
        try ExpressionTable(Array(text.utf8), file: "f", orientation: orientation)
    }

    /// Genes A and B over three samples, in every layout.
    @Test(
        "every layout gives the same levels",
        arguments: [
            "A\tB\n1\t4\n2\t5\n3\t-6.5e0\n",
            "gene\tx\ty\tz\nA\t1\t2\t3\nB\t4\t5\t-6.5\n",
            "GENE,x,y,z\r\nA,1,2,3\r\nB,4,5,-6.5\r\n",
            "\"sample\"\t\"A\"\t\"B\"\n\"x\"\t1\t4\n\"y\"\t2\t5\n\"z\"\t3\t-6.5\n",
            "A\tB\r1\t4\r2\t5\r3\t-6.50\r",
            "A B\n1   4\n\n2 5\n3 -6.5",
        ])
    func layouts(_ text: String) throws {
        let matrix = try Self.table(text).matrix
        #expect(matrix.genes == ["A", "B"])
        #expect(matrix.values == [1, 2, 3, 4, 5, -6.5])
    }

    @Test("where the header does not say, the orientation is asked for, and then it is taken")
    func ambiguous() throws {
        for text in ["\tx\ty\nA\t1\t2\nB\t3\t4\n", "x\ty\nA\t1\t2\nB\t3\t4\n", "name\tx\ty\nA\t1\t2\nB\t3\t4\n"] {
            let error = #expect(throws: OfflineError.self) { try Self.table(text) }
            #expect(error?.description.contains("--orientation") == true)
            #expect(error?.line == 1)
            let rows = try Self.table(text, .genesInRows).matrix
            #expect(rows.genes == ["A", "B"])
            #expect(rows.samples == ["x", "y"])
            #expect(rows.values == [1, 2, 3, 4])
            let columns = try Self.table(text, .samplesInRows).matrix
            #expect(columns.genes == ["x", "y"])
            #expect(columns.samples == ["A", "B"])
            #expect(columns.values == [1, 3, 2, 4])
        }
    }

    @Test("empty cells, NA and NaN are missing, and that is told")
    func missing() throws {
        let table = try Self.table("gene\tx\ty\tz\tw\nA\t\tNA\tnan\t1\nB\t1\t2\t3\t4\n")
        #expect(table.matrix.levels(of: 0).map(\.isNaN) == [true, true, true, false])
        #expect(table.remarks.contains { $0.contains("gene A: 3 levels are missing") })
        #expect(!table.remarks.contains { $0.contains("gene B") })
    }

    @Test("names that occur twice are told, of genes and of samples")
    func duplicates() throws {
        let table = try Self.table("gene\tx\tx\nA\t1\t2\nA\t3\t4\nB\t1\t2\n")
        #expect(table.remarks.contains { $0.contains("sample x") })
        #expect(table.remarks.contains { $0.contains("gene A") && $0.contains("repeats") })
        #expect(table.matrix.duplicates.count == 1)
    }

    @Test(
        "an error names the line and the column",
        arguments: [
            ("gene\tx\ty\nA\t1\t2\n\nB\t3\tlow\n", 4, 3), ("gene\tx\ty\nA\t1\n", 2, 3),
            ("gene\tx\ty\nA\t1\t2\t3\n", 2, 4), ("A\tB\n1\t2\n3\t0x10\n", 3, 2), ("gene\tx\t\nA\t1\t2\n", 1, 3),
            ("gene\tx\n\t1\n", 2, 1), ("series\tTime\tG1\n1\t0\t1\n", 1, 1), ("A\tB\n1\t1.2.3\n", 2, 2),
            ("A\tB\n1\t-\n", 2, 2),
        ])
    func places(_ text: String, _ line: Int, _ column: Int) {
        let error = #expect(throws: OfflineError.self) { try Self.table(text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.file == "f")
        #expect(error?.code == .malformed)
    }

    @Test("a table without a level is refused", arguments: ["", "\n\n", "gene\tx\n", "gene\nA\n"])
    func empty(_ text: String) {
        #expect(throws: OfflineError.self) { try Self.table(text) }
    }

    @Test("numbers are those that Swift reads, whichever way they are written")
    func numbers() throws {
        let texts = [
            "0", "-0", "0.1", "123456789.123456", "-0.000001", "999999999999999", "1e-30", "2.5E+3", ".5", "5.",
            "0.30000000000000004", "340282350000000000000000000000000000000", "12345678901234567890",
        ]
        let table = TextTable(file: "f", bytes: Array(texts.joined(separator: "\t").utf8))
        var read: [Double?] = []
        try table.rows { (row) throws(OfflineError) in read = row.fields.map { table.number($0) } }
        #expect(read == texts.map { Double($0.hasSuffix(".") ? $0 + "0" : $0) })
    }

    @Test("the real files lie as they are said to", .enabled(if: SharedNetworks.arePresent))
    func realFiles() throws {
        for (name, genes, samples, orientation) in [
            ("dream4/multifactorial100_1/multifactorial.tsv", 100, 100, ExpressionTable.Orientation.samplesInRows),
            ("bsubtilis/expression.tsv.gz", 4218, 266, .genesInRows),
            ("beeline_gsd/expression.tsv.gz", 19, 2000, .genesInRows),
            ("grndata/syntren300_expression.tsv.gz", 300, 800, .samplesInRows),
        ] {
            let path = SharedNetworks.path(name)
            let table = try ExpressionTable(try OfflineInput(path: path).contents(), file: path)
            #expect(table.matrix.geneCount == genes, "\(name)")
            #expect(table.matrix.sampleCount == samples, "\(name)")
            #expect(table.orientation == orientation, "\(name)")
        }
    }
}
