import Foundation
import GenomicFormats
import TestSupport
import Testing

@Suite("An expression matrix is read cell by cell, and what is missing stays missing")
struct ExpressionMatrixTests {
    struct Reading {
        var columns: [String] = []
        var rows: [(name: String, values: [Double?])] = []
        var refused: [GenomicFormatError] = []
        var failure: GenomicFormatError?

        init(_ bytes: [UInt8], _ form: ExpressionMatrixForm, pieces: Int = 1 << 16) {
            let reader = ExpressionMatrixReader(form: form)
            do {
                for start in stride(from: 0, to: bytes.count, by: pieces) {
                    try reader.push(Array(bytes[start..<min(start + pieces, bytes.count)])) { take($0) }
                }
                try reader.finish { take($0) }
            } catch let error as GenomicFormatError {
                failure = error
            } catch {
                failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
            }
        }

        init(_ text: String, unit: String = "") {
            self.init(Array(text.utf8), ExpressionMatrixForm(orientation: .genesBySamples, unit: unit))
        }

        private mutating func take(_ event: ExpressionMatrixEvent) {
            switch event {
            case .columns(let names): columns = names
            case .row(let name, let values, _): rows.append((name, values))
            case .refused(let error): refused.append(error)
            }
        }
    }

    /// Sizes as the data's README states them.
    @Test(
        "The shared matrices have the genes and samples that their README counts",
        .enabled(if: SharedData.isAvailable("grn"), Comment(rawValue: SharedData.skipNote)))
    func sharedFiles() throws {
        let genes = ExpressionMatrixForm(orientation: .genesBySamples)
        var bare = ExpressionMatrixForm(orientation: .samplesByGenes, hasRowNames: false)
        for (path, form, rows, columns) in [
            ("bsubtilis/expression.tsv.gz", genes, 4_218, 266), ("beeline_gsd/expression.tsv.gz", genes, 19, 2_000),
            ("grndata/syntren300_expression.tsv.gz", bare, 800, 300),
            ("grndata/rogers1000_expression.tsv.gz", bare, 1_000, 1_000), ("dream4/size10_1/wildtype.tsv", bare, 1, 10),
            ("dream4/size100_1/knockouts.tsv", bare, 100, 100),
        ] {
            let reading = Reading(try Files.text("grn/\(path)"), form)
            #expect(reading.failure == nil && reading.refused.isEmpty, "\(path): \(reading.refused.prefix(3))")
            #expect(reading.rows.count == rows && reading.columns.count == columns, "\(path)")
            #expect(reading.rows.allSatisfy { $0.values.count == columns })
        }
        bare.ignoredColumns = ["series", "Time"]
        let series = Reading(try Files.text("grn/dream4/size10_1/timeseries.tsv"), bare)
        #expect(series.columns == (1...10).map { "G\($0)" } && series.rows.count == 105)
    }

    @Test(
        "The head may have a cell above the row names or none; CSV may have quotes",
        arguments: [
            "gene\ta\tb\nX\t1\t2\n", "a\tb\nX\t1\t2\n", "gene,a,b\nX,1,2\n",
            "\"gene\",\"a\",\"b\"\r\n\"X\",\"1\",2\r\n",
            "# made by hand\ngene\ta\tb\nX\t1\t2",
        ])
    func heads(_ text: String) {
        let reading = Reading(text)
        #expect(reading.columns == ["a", "b"])
        #expect(reading.rows.map(\.name) == ["X"])
        #expect(reading.rows.first?.values == [1, 2])
    }

    @Test("Missing values are nil, never zero")
    func missing() {
        let reading = Reading("gene\ta\tb\tc\td\te\tf\nX\t\tNA\tNaN\t.\t0\t-1.5e-3\n")
        #expect(reading.rows.first?.values == [nil, nil, nil, nil, 0, -0.0015])
    }

    @Test("A bad row is refused with its line and spoils no other")
    func refusals() {
        let text = "gene\ta\tb\nX\t1\nY\t1\tx\nX2\t1\t2\nX2\t3\t4\nZ\t1\tInf\nN\t-1\t2\n\t1\t2\n"
        // The first row tells the form of the head: when the two do not fit, nothing can be read.
        #expect(Reading(text, unit: "counts").failure?.code == "expression-head")
        let good = Reading(
            "gene\ta\tb\nW\t1\t2\n" + text.split(separator: "\n").dropFirst().joined(separator: "\n"), unit: "counts")
        #expect(good.rows.map(\.name) == ["W", "X2"])
        #expect(
            good.refused.map { "\($0.line) \($0.code) \($0.column)" } == [
                "3 expression-ragged ", "4 expression-value cell 3", "6 expression-duplicate ",
                "7 expression-value cell 3",
                "8 expression-negative cell 2", "9 expression-name ",
            ])
    }

    @Test("Two columns of one name, and a file of nothing, are refused as a whole")
    func fatal() {
        #expect(Reading("gene\ta\ta\nX\t1\t2\n").failure?.code == "expression-duplicate")
        #expect(Reading("gene\ta\n").failure?.code == "expression-empty")
        #expect(Reading("").failure?.code == "expression-empty")
    }
}
