import Foundation
import GenomicFormats
import TestSupport
import Testing

@Suite("A VCF is judged as the specification's own suite judges it")
struct VCFVerdictTests {
    /// Files that the suite accepts and that break a rule which the specification's text states; each with the code that we give.
    static let disagreements = [
        // An INFO value with `=`, which is not permitted (1.4.1 up to 4.2, 1.6.1 in 4.3); the same record in each version.
        "test/vcf/4.1/passed/passed_body_info.vcf": "vcf-info-value",
        "test/vcf/4.2/passed/passed_body_info.vcf": "vcf-info-value",
        "test/vcf/4.3/passed/passed_body_info.vcf": "vcf-info-value",
        // POS 300 after 400 ("sorted numerically, in increasing order", 1.6.1), and no line separator at the end (1.6).
        "test/vcf/4.5/passed/zero_length_LAA.vcf": "vcf-unsorted",
        // <DUP> without SVCLAIM, which "must be specified" for DEL and DUP (section 3 of 4.4).
        "examples/vcf/sv44.vcf": "vcf-info-required",
    ]

    @Test(
        "All 685 files of hts-specs get its verdict, but for five that break the specification's text",
        .enabled(
            if: SharedData.isAvailable("genomics/vcf/hts_specs_vcf_tests.tar.gz"),
            Comment(rawValue: SharedData.skipNote)))
    func verdicts() throws {
        try Files.withFolder { folder in
            let archive = SharedData.url("genomics/vcf/hts_specs_vcf_tests.tar.gz").path
            try #require(Files.output(of: ["tar", "xzf", archive, "-C", folder.path]) != nil)
            let table = try String(
                decoding: Files.bytes("genomics/vcf/hts_specs_vcf_tests.tsv"), as: UTF8.self
            ).split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
            #expect(table.count == 685)
            var accepted = 0
            var refused = 0
            for row in table {
                let file = folder.appending(path: "hts-specs").appending(path: row[0])
                let reading = VariantReading([UInt8](try Data(contentsOf: file)))
                if let code = Self.disagreements[row[0]] {
                    #expect(reading.errors.first?.code == code, "\(row[0])")
                } else {
                    #expect(
                        reading.isAccepted == (row[1] == "pass"),
                        "\(row[0]): \(reading.errors.first.map { "\($0)" } ?? "accepted")")
                }
                if reading.isAccepted { accepted += 1 } else { refused += 1 }
            }
            print("hts-specs: \(accepted) accepted, \(refused) refused")
            #expect(accepted == 73)
            #expect(refused == 612)
        }
    }

    @Test(
        "Our reader and htslib's tell the same records",
        .enabled(if: SharedData.isAvailable("genomics/vcf"), Comment(rawValue: SharedData.skipNote)))
    func agreementWithHTSLib() throws {
        var compared = 0
        var paths = Files.names(in: "genomics/vcf").filter { $0.hasSuffix(".vcf") || $0.hasSuffix(".vcf.gz") }
            .map { "genomics/vcf/\($0)" }
        paths += Files.names(in: "pgx/vcf_reader").filter { $0.hasSuffix(".vcf") }.map { "pgx/vcf_reader/\($0)" }
        for path in paths {
            let ours = VariantReading(try Files.text(path))
            let file = HTSVariantFile(path: SharedData.url(path).path)
            let lines = VariantReading(file: file, decoding: .strict)
            #expect(lines.records == ours.records, "\(path): opened through htslib")
            // htslib's parser mends and refuses other things than the specification does: compare where we find no fault.
            guard ours.isAccepted, ours.header?.version ?? .v45 < .v44 else { continue }
            let theirs = VariantReading(file: file, decoding: .htslib)
            #expect(
                theirs.records.map(Canonical.init) == ours.records.map(Canonical.init), "\(path): decoded by htslib")
            compared += ours.records.count
        }
        print("records compared with htslib: \(compared)")
        #expect(compared > 1_000)
    }

    @Test(
        "A BCF and a BGZF file tell the records of the text that they were made from; a cut one is refused",
        .enabled(if: SharedData.isAvailable("genomics/vcf"), Comment(rawValue: SharedData.skipNote)))
    func binaryForms() throws {
        let source = SharedData.url("genomics/vcf/htslib-index.vcf").path
        try Files.withFolder { folder in
            let ours = VariantReading(try Files.text("genomics/vcf/htslib-index.vcf"))
            for (form, name) in [("b", "x.bcf"), ("z", "x.vcf.gz")] {
                let path = folder.appending(path: name).path
                guard
                    Files.output(of: ["bcftools", "view", "--no-version", "-O\(form)", "-o", path, source]) != nil
                else { return print("skipped: bcftools is not installed") }
                let reading = VariantReading(file: HTSVariantFile(path: path), decoding: .strict)
                #expect(reading.failure == nil)
                #expect(reading.records.map(Canonical.init) == ours.records.map(Canonical.init), "\(name)")
                let bytes = try Data(contentsOf: URL(filePath: path))
                try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
                #expect(
                    VariantReading(file: HTSVariantFile(path: path), decoding: .strict).failure?.code
                        == "file-unreadable",
                    "\(name)")
            }
            let missing = VariantReading(file: HTSVariantFile(path: folder.path + "/none.vcf"), decoding: .strict)
            #expect(missing.failure?.code == "file-unreadable")
        }
    }

    /// A record with its numbers in one spelling: htslib keeps floats in 32 bits and prints them its own way.
    private struct Canonical: Equatable {
        let record: VariantRecord

        init(_ record: VariantRecord) {
            var record = record
            record.quality = record.quality.map(Self.number)
            record.info = record.info.map {
                VariantRecord.InfoEntry(key: $0.key, value: $0.value.map { Self.list($0) })
            }
            record.samples = record.samples.map { sample in
                // Trailing missing sub-fields may be left out.
                var fields = sample.map { Self.list($0) }
                while fields.count > 1, fields.last == "." { fields.removeLast() }
                return fields
            }
            self.record = record
        }

        static func list(_ text: String) -> String {
            text.split(separator: ",", omittingEmptySubsequences: false).map { number(String($0)) }.joined(
                separator: ",")
        }

        static func number(_ text: String) -> String {
            guard let value = Float(text), value.isFinite else { return text }
            return String(format: "%.5g", value)
        }
    }
}
