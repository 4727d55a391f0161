import Foundation
import JSONDocument
import PharmacogenomicsCore
import Testing

@testable import PharmacogenomicsAdapter

@Suite("The offline commands read many files, and one bad file spoils no other")
struct OfflineRunTests {
    private final class Gathered {
        var bytes: [UInt8] = []
        var lines: [String] {
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    private static func output() -> (OfflineOutput, Gathered) {
        let gathered = Gathered()
        return (OfflineOutput { gathered.bytes += $0 }, gathered)
    }

    /// A file of the test's own, removed by the system with the directory.
    private static func file(_ text: String, _ name: String = "a.vcf") throws -> String {
        let directory = FileManager.default.temporaryDirectory.appending(path: "offline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let url = directory.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    private static func vcf(_ records: [String], samples: [String] = ["S"]) -> String {
        let head = [
            "##fileformat=VCFv4.3", "##reference=GRCh38",
            (["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples).joined(
                separator: "\t"),
        ]
        return (head + records.map { $0.split(separator: " ").joined(separator: "\t") }).joined(separator: "\n") + "\n"
    }

    private static func call(_ options: OfflineOptions) throws -> (lines: [String], errors: [String], isGood: Bool) {
        let (output, lines) = Self.output()
        let (errors, faults) = Self.output()
        let isGood = CallRun(try OfflineRun(options, errors: errors)).run(output: output)
        return (lines.lines, faults.lines, isGood)
    }

    @Test("every sample of every file, a line a gene; genes can be chosen")
    func files() throws {
        let one = try Self.file(Self.vcf(["10 94781859 . G A . . . GT 0/1 1/1"], samples: ["A", "B"]))
        let two = try Self.file(Self.vcf(["10 94781859 . G A . . . GT 0/0"], samples: ["C"]))
        var options = OfflineOptions(variantFiles: [one, two])
        options.genes = ["CYP2C19", "DPYD"]
        let (lines, errors, isGood) = try Self.call(options)
        #expect(isGood && errors.isEmpty)
        let names = try lines.map { line -> String in
            let value = try JSONValue(parsing: line)
            return "\(value["sample"]?.string ?? "") \(value["gene"]?.string ?? "")"
        }
        #expect(names == ["A", "B", "C"].flatMap { ["\($0) CYP2C19", "\($0) DPYD"] })
        options.genes = []
        #expect(try Self.call(options).lines.count >= 3 * 20)
    }

    @Test("a file that cannot be used is named with its place; the others are done, and the run says so")
    func badFile() throws {
        let swapped = try Self.file(Self.vcf(["10 94781859 . A G . . . GT 0/1"]), "swapped.vcf")
        let good = try Self.file(Self.vcf(["10 94781859 . G A . . . GT 0/1"]), "good.vcf")
        var options = OfflineOptions(variantFiles: [swapped, "/nonexistent/x.vcf", good])
        options.genes = ["CYP2C19"]
        let (lines, errors, isGood) = try Self.call(options)
        #expect(!isGood)
        #expect(lines.count == 1)
        #expect(errors.count == 2)
        #expect(errors.first?.contains("swapped.vcf: swapped-alleles: line 4: 10:94781859") == true)
        #expect(errors.last?.contains("cannot be opened") == true)
    }

    @Test("a line that cannot be read is named, and the rest of its file is used")
    func badLine() throws {
        let file = try Self.file(Self.vcf(["10 94781859 . G A . . . GT 0/1 1", "10 94842866 . A G . . . GT 1/1"]))
        var options = OfflineOptions(variantFiles: [file])
        options.genes = ["CYP2C19"]
        let (lines, errors, isGood) = try Self.call(options)
        #expect(!isGood && lines.count == 1)
        #expect(errors.first?.contains("vcf-columns at line 4") == true)
    }

    @Test("statements of a laboratory go to their sample; without names they go to the only one")
    func outside() throws {
        let many = try Self.file(Self.vcf([], samples: ["A", "B"]))
        let named = try Self.file("sample\tgene\tdiplotype\nB\tCYP2D6\t*4/*4\n", "named.tsv")
        let plain = try Self.file("CYP2D6\t*4/*4\n", "plain.tsv")
        var options = OfflineOptions(variantFiles: [many], outsideFiles: [named])
        options.genes = ["CYP2D6"]
        let statuses = try Self.call(options).lines.map { try JSONValue(parsing: $0)["status"]?.string }
        #expect(statuses == ["not-callable", "outside"])
        options.outsideFiles = [plain]
        let refused = try Self.call(options)
        #expect(!refused.isGood && refused.lines.isEmpty)
        options.variantFiles = []
        #expect(try Self.call(options).lines.count == 1)
        options.outsideFiles = [try Self.file("CYP2D6\n", "broken.tsv")]
        let error = #expect(throws: OfflineError.self) { try OfflineRun(options, errors: Self.output().0) }
        #expect(error?.detail.contains("line 1: diplotype") == true)
    }

    @Test("options that name nothing known are refused before any result")
    func options() throws {
        let file = try Self.file(Self.vcf([]))
        func refusal(_ change: (inout OfflineOptions) -> Void) -> String {
            var options = OfflineOptions(variantFiles: [file])
            change(&options)
            do throws(OfflineError) {
                _ = try OfflineRun(options, errors: Self.output().0)
                return ""
            } catch {
                return error.description
            }
        }
        #expect(refusal { $0.genes = ["ABCD1"] }.contains("no gene ABCD1"))
        #expect(refusal { $0.population = "Martian" }.contains("no frequencies of Martian"))
        #expect(refusal { $0.frequencyFile = file }.contains("--population"))
        #expect(refusal { $0.knowledgeDirectory = "/nonexistent" }.contains("/nonexistent"))
        #expect(refusal { $0.variantFiles = [] }.contains("no file"))
        let run = try OfflineRun(OfflineOptions(variantFiles: [file]), errors: Self.output().0)
        #expect(throws: OfflineError.self) { try RecommendRun(run, drugs: ["moonshine"]) }
        #expect(throws: OfflineError.self) { try RecommendRun(run, indications: ["boredom"]) }
        #expect(throws: OfflineError.self) { try ExplainRun(run, subject: .gene("ABCD1")) }
    }

    @Test("recommendations and explanations name what decided them")
    func recommend() throws {
        let outside = try Self.file("CYP2D6\t*4/*4\n", "person.tsv")
        let options = OfflineOptions(outsideFiles: [outside])
        let (output, lines) = Self.output()
        let run = try OfflineRun(options, errors: Self.output().0)
        #expect(try RecommendRun(run, drugs: ["codeine", "clopidogrel"]).run(output: output))
        let values = try lines.lines.map { try JSONValue(parsing: $0) }
        #expect(values.map { $0["drug"]?.string } == ["codeine", "clopidogrel"])
        #expect(values.map { $0["status"]?.string } == ["determinate", "not-callable"])
        let (text, sentences) = Self.output()
        let again = try OfflineRun(options, errors: Self.output().0)
        #expect(try ExplainRun(again, subject: .drug("codeine")).run(output: text))
        #expect(sentences.lines.first == "sample person, knowledge \(run.knowledge.version)")
        #expect(sentences.lines.contains { $0.contains("*4/*4") })
        #expect(sentences.lines.contains { $0.contains("CPIC") })
        let (nothing, _) = Self.output()
        #expect(
            try !ExplainRun(try OfflineRun(options, errors: Self.output().0), sample: "other", subject: .gene("CYP2D6"))
                .run(output: nothing))
    }

    @Test("the tab-separated form has a line of names")
    func table() throws {
        var options = OfflineOptions(variantFiles: [try Self.file(Self.vcf(["10 94781859 . G A . . . GT 0/1"]))])
        options.genes = ["CYP2C19"]
        options.format = .tsv
        let lines = try Self.call(options).lines
        #expect(lines.first == CallLine.columns)
        #expect(lines.count > 1)
    }
}
