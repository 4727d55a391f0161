import Compression
import Foundation
import GeneRegulatoryNetworkCore
import Testing

@testable import GeneRegulatoryNetworkAdapter

@Suite("The offline inference ranks all pairs, and only the data decide")
struct InferRunTests {
    /// Sixty samples of six genes: B follows A, C goes against A, the others are noise.
    private static func columns() -> (genes: [String], rows: [[Double]]) {
        var generator = SeededGenerator(seed: 7)
        let rows = (0..<60).map { _ in
            let a = generator.uniform()
            return [
                a, 2 * a + 0.1 * generator.uniform(), 1 - a + 0.1 * generator.uniform(), generator.uniform(),
                generator.uniform(), generator.uniform(),
            ]
        }
        return (["A", "B", "C", "D", "E", "F"], rows)
    }

    private static func text(genes order: [Int], samples: [Int]) -> String {
        let (genes, rows) = columns()
        let header = order.map { genes[$0] }.joined(separator: "\t")
        return ([header] + samples.map { sample in order.map { "\(rows[sample][$0])" }.joined(separator: "\t") })
            .joined(separator: "\n") + "\n"
    }

    private static func infer(_ options: InferOptions) throws -> (rows: [[String]], errors: [String], bytes: [UInt8]) {
        let (output, errors) = (Gathered(), Gathered())
        try InferRun(options, errors: errors.output).run(output: output.output)
        return (output.rows, errors.lines, output.bytes)
    }

    private static let modes = InferenceMode.allCases.filter {
        // A thousand trees each: what they promise is tested in Core.
        ![.accurate, .consensus, .genie3RandomForest, .genie3ExtraTrees].contains($0)
    }

    @Test("all pairs are there, the best first, with weight, sign and evidence", arguments: modes)
    func pairs(_ mode: InferenceMode) throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        options.mode = mode
        let rows = try Self.infer(options).rows
        #expect(rows.count == 31)
        #expect(Set(rows.dropFirst().map { $0[0] + " " + $0[1] }).count == 30)
        #expect(rows.dropFirst().allSatisfy { $0[0] != $0[1] && $0[4] == "association" })
        let weights = rows.dropFirst().compactMap { Double($0[2]) }
        #expect(weights == weights.sorted(by: >))
        // CLR weighs a pair against the others of its genes, of which two in five are as strong here.
        if mode != .clr {
            #expect(Set(rows[1...2].map { Set($0[0...1]) }).isSubset(of: [["A", "B"], ["A", "C"], ["B", "C"]]))
        }
        #expect(rows.first { $0[0] == "A" && $0[1] == "B" }?[3] == "+")
        #expect(rows.first { $0[0] == "A" && $0[1] == "C" }?[3] == "-")
    }

    @Test("threads, packing and the order of rows and columns change no byte", arguments: modes)
    func invariant(_ mode: InferenceMode) throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        options.mode = mode
        let plain = try Self.infer(options).bytes
        for threads in [2, 4, 8] {
            options.threads = threads
            #expect(try Self.infer(options).bytes == plain, "\(threads) threads")
        }
        let turned = Self.text(genes: [3, 5, 0, 2, 1, 4], samples: Array((0..<60).reversed()))
        options.expression = try files.file("t.tsv.gz", try StreamEncoder.encode(Array(turned.utf8), .gzip))
        #expect(try Self.infer(options).bytes == plain, "turned and packed")
    }

    @Test("only regulators of the list regulate; a title is no name, and unknown names are told")
    func regulators() throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        options.regulators = try files.file("tf.tsv", "tf\nB\nA\nZ\n")
        let (rows, errors, _) = try Self.infer(options)
        #expect(Set(rows.dropFirst().map { $0[0] }) == ["A", "B"])
        #expect(rows.count == 11)
        #expect(errors.contains { $0.contains("1 names are no genes of the table: Z") })
        options.regulators = try files.file("none.tsv", "X\nY\n")
        #expect(throws: OfflineError.self) { try Self.infer(options) }
    }

    @Test("the best edges are the first of all, and stability is told when asked for")
    func best() throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        options.mode = .pearson
        let all = try Self.infer(options).rows
        options.best = 4
        #expect(try Self.infer(options).rows == Array(all.prefix(5)))
        options.stabilityRounds = 5
        let rows = try Self.infer(options).rows
        #expect(rows.first?.last == "stability")
        #expect(rows[1].last == "1.0")
    }

    @Test("a repeated gene stands once, and its repetition is told")
    func duplicated() throws {
        let files = try Files()
        let text = Self.text(genes: [0, 1, 2, 3, 4, 0], samples: Array(0..<60))
        var options = InferOptions(expression: try files.file("e.tsv", text))
        options.mode = .pearson
        let (rows, errors, _) = try Self.infer(options)
        #expect(rows.count == 21)
        #expect(errors.contains { $0.contains("gene A") && $0.contains("repeats the name") })
    }

    @Test("a file appears whole and packed under its name, and not at all when nothing could be inferred")
    func wholeFile() throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        options.mode = .pearson
        let plain = try Self.infer(options).bytes
        options.out = files.path("edges.tsv.gz")
        try InferRun(options, errors: Gathered().output).run()
        #expect(try files.names == ["e.tsv", "edges.tsv.gz"])
        #expect(try OfflineInput(path: files.path("edges.tsv.gz")).contents() == plain)
        options.expression = try files.file("short.tsv", "A\tB\n1\t2\n")
        options.out = files.path("none.tsv")
        let error = #expect(throws: OfflineError.self) { try InferRun(options, errors: Gathered().output).run() }
        #expect(error?.code == .unusable)
        #expect(try files.names == ["e.tsv", "edges.tsv.gz", "short.tsv"])
        options.expression = files.path("e.tsv")
        options.out = files.path("no/such/folder.tsv")
        let unwritable = #expect(throws: OfflineError.self) { try InferRun(options, errors: Gathered().output).run() }
        #expect(unwritable?.code == .unwritable)
    }

    @Test("a packed file that is cut off, and a file that is not there, are refused")
    func unreadable() throws {
        let files = try Files()
        let packed = try StreamEncoder.encode(
            Array(Self.text(genes: Array(0..<6), samples: Array(0..<60)).utf8), .gzip)
        for path in [try files.file("cut.gz", Array(packed.dropLast(20))), files.path("nothing")] {
            let error = #expect(throws: OfflineError.self) { try Self.infer(InferOptions(expression: path)) }
            #expect(error?.code == .unreadable)
            #expect(error?.file == path)
        }
    }

    @Test("a prior is taken only by the methods that have one, and changes their result")
    func hubPrior() throws {
        let files = try Files()
        var options = InferOptions(
            expression: try files.file("e.tsv", Self.text(genes: Array(0..<6), samples: Array(0..<60))))
        let plain = try Self.infer(options).bytes
        options.hubPrior = true
        #expect(try Self.infer(options).bytes != plain)
        options.mode = .clr
        #expect(throws: OfflineError.self) { try Self.infer(options) }
    }

    @Test("every mode has its name, and genie3 is the random forest")
    func names() {
        #expect(InferenceMode(named: "genie3") == .genie3RandomForest)
        #expect(InferenceMode(named: "genie4") == nil)
        for mode in InferenceMode.allCases { #expect(InferenceMode(named: mode.rawValue) == mode) }
    }
}
