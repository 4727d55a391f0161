import GenomicFormats
import TestSupport
import Testing

@Suite("A line that is refused says why and where, and spoils no other")
struct VCFRuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let record: String
        let code: String?
        var column = ""
        var version = "4.3"
        var meta: [String] = []
        var samples: [String] = []

        var testDescription: String { "\(version) \(code ?? "accepted"): \(record)" }
    }

    static let cases = [
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.", code: nil),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\t", code: "vcf-columns"),
        Case(record: "1\t5\t.\tA\tC\t.\t.", code: "vcf-columns"),
        Case(record: "1\t5\t.\tR\tC\t.\t.\t.", code: "vcf-ref-invalid", column: "REF"),
        Case(record: "1\t5\t.\ta\tA\t.\t.\t.", code: "vcf-alt-reference", column: "ALT"),
        Case(record: "1\t5\t.\tA\tA]2:7]\t.\t.\t.", code: nil),
        Case(record: "1\t5\t.\tA\tA]2:7[\t.\t.\t.", code: "vcf-alt-invalid", column: "ALT"),
        Case(record: "1\t5\t.\tA\tC<ctg1>\t.\t.\t.", code: nil),
        Case(record: "1\t5\t.\tA\t.,C\t.\t.\t.", code: "vcf-alt-invalid", column: "ALT"),
        Case(record: "1\t5\t.\tA\tC\t-1\t.\t.", code: "vcf-qual-invalid", column: "QUAL"),
        Case(record: "1\t5\t.\tA\tC\t1e3\t.\t.", code: nil),
        Case(record: "1\t5\t.\tA\tC\t.\tq1;q1\t.", code: "vcf-filter-duplicate", column: "FILTER"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\tAF=1.5", code: "vcf-info-value", column: "INFO/AF"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\tAC=1,2", code: "vcf-info-number", column: "INFO/AC"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\tDP=1;DP=1", code: "vcf-info-duplicate", column: "INFO/DP"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t1x=1", code: "vcf-info-key", column: "INFO"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\tAN=", code: "vcf-info-value", column: "INFO/AN"),
        Case(
            record: "1\t5\t.\tA\t<DEL>\t.\t.\tSVTYPE=DEL", code: "vcf-info-required", column: "INFO/SVLEN",
            version: "4.4"),
        Case(
            record: "1\t5\t.\tA\t<CNV:TR>\t.\t.\tSVLEN=9;RN=2;RUS=CAG,TTG;RUL=3,3;RUC=2,1", code: nil, version: "4.4"),
        Case(
            record: "1\t5\t.\tA\t<CNV:TR>\t.\t.\tSVLEN=9;RN=2;RUS=CAG", code: "vcf-info-value", column: "INFO/RUS",
            version: "4.4"),
        Case(
            record: "1\t5\t.\tA\t<CNV:TR>\t.\t.\tSVLEN=9;RUS=CAG;RUL=2", code: "vcf-info-value", column: "INFO/RUL",
            version: "4.5"),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/2", code: "vcf-genotype-invalid", column: "sample 1 GT",
            samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT\t|0/1", code: "vcf-genotype-invalid", column: "sample 1 GT",
            samples: ["s"]),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\tGT\t|0/1", code: nil, version: "4.4", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:PL\t0/1:1,2", code: "vcf-sample-number", column: "sample 1 PL",
            samples: ["s"]),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:PL\t0:1,2", code: nil, samples: ["s"]),
        Case(record: "1\t5\t.\tA\tC,G\t.\t.\t.\tGT:PL\t0/1/2:1,2,3,4,5,6,7,8,9,10", code: nil, samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tDP:GT\t1:0/1", code: "vcf-format-invalid", column: "FORMAT", samples: ["s"]
        ),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0", code: "vcf-columns", samples: ["s"]),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1", code: "vcf-columns", samples: ["s", "t"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:GP\t0/1:0,2,0", code: "vcf-sample-value", column: "sample 1 GP",
            samples: ["s"]),
        Case(record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:GP\t0/1:0,20,0", code: nil, version: "4.2", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC,G,T\t.\t.\t.\tGT:LAA:LAD:LPL\t0/2:2:9,8:0,1,2", code: nil, version: "4.5",
            samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC,G,T\t.\t.\t.\tGT:LAA:LAD\t0/2:2:9,8,7", code: "vcf-sample-number",
            column: "sample 1 LAD", version: "4.5", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:LAA\t0/1:2", code: "vcf-sample-value", column: "sample 1 LAA",
            version: "4.5", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:PSL\t0|1:a", code: "vcf-sample-number", column: "sample 1 PSL",
            version: "4.4", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:MIN_DP\t0/1:3", code: "vcf-format-invalid", column: "FORMAT",
            version: "4.2", samples: ["s"]),
        Case(
            record: "1\t5\t.\tA\tC\t.\t.\t.\tGT:MIN_DP\t0/1:3", code: nil, version: "4.2",
            meta: ["##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Minimum depth\">"], samples: ["s"]),
        Case(
            record: "1\t102\t.\tA\tC\t.\t.\t.", code: "vcf-pos-range", column: "POS",
            meta: ["##contig=<ID=1,length=100>"]),
        Case(record: "1\t101\t.\tA\tC\t.\t.\t.", code: nil, meta: ["##contig=<ID=1,length=100>"]),
        Case(record: "HLA-A*01:01\t5\t.\tA\tC\t.\t.\t.", code: "vcf-chrom-invalid", column: "CHROM"),
        Case(record: "HLA-A*01:01\t5\t.\tA\tC\t.\t.\t.", code: nil, version: "4.5"),
        Case(record: "1\t5\t.\tA\tC\t.\t.\tX=\u{01}", code: "vcf-info-value", column: "INFO/X"),
    ]

    @Test("Each rule, by version", arguments: cases)
    func rule(_ test: Case) {
        let reading = VariantReading.of(test.record, version: test.version, meta: test.meta, samples: test.samples)
        #expect(reading.failure == nil)
        #expect(reading.errors.map(\.code) == [test.code].compactMap { $0 })
        if let error = reading.errors.first {
            #expect(error.column == test.column)
            #expect(error.line == 3 + test.meta.count)
        } else {
            #expect(reading.records.count == 1)
        }
    }

    @Test("A refused line among good ones leaves the others")
    func others() {
        let reading = VariantReading(
            """
            ##fileformat=VCFv4.2
            ##INFO=<ID=X,Number=1,Type=Int,Description="no type">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
            1\t1\t.\tA\tC\t.\t.\t.
            1\t2\t.\tA\t?\t.\t.\t.
            1\t3\t.\tA\tC\t.\t.\t.

            """)
        #expect(reading.records.map(\.position) == [1, 3])
        #expect(reading.refused.map(\.line) == [2, 5])
        #expect(reading.failure == nil)
    }

    @Test("Any cut of the bytes gives the same reading; CR LF too")
    func cuts() {
        let text =
            "##fileformat=VCFv4.3\r\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\r\n"
            + "1\t1\trs1\tA\tC\t.\tPASS\tDP=3\tGT:PL\t0/1:1,2,3\r\n1\t2\t.\tAC\tA\t9\t.\t.\tGT\t1|1\r\n"
        let whole = VariantReading(text)
        #expect(whole.isAccepted && whole.records.count == 2)
        for size in 1...70 {
            let cut = VariantReading(Array(text.utf8), pieces: size)
            #expect(cut.records == whole.records)
            #expect(cut.isAccepted)
        }
    }

    @Test("What is no VCF at all stops the reading")
    func fatal() {
        #expect(VariantReading("").failure?.code == "vcf-fileformat")
        #expect(VariantReading("hello\n").failure?.code == "vcf-fileformat")
        #expect(VariantReading("##fileformat=VCFv4.0\n").failure?.code == "vcf-version")
        #expect(VariantReading("##fileformat=VCFv4.3\n").failure?.code == "vcf-header")
        #expect(VariantReading([0x1F, 0x8B, 8, 0]).failure?.code == "not-text")
        let twice = "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\ts\n"
        #expect(VariantReading(twice).failure?.code == "vcf-sample-duplicate")
    }

    @Test("No error holds a genotype or the name of a sample")
    func noContent() {
        let reading = VariantReading.of(
            "1\t5\t.\tA\tC\t.\t.\tSECRET=TTAGGC\tGT:DP\t7/7:x", samples: ["Jane_Doe"])
        let text = reading.errors.map { "\($0)" }.joined()
        #expect(!reading.errors.isEmpty)
        #expect(!text.contains("7/7") && !text.contains("Jane") && !text.contains("TTAGGC"))
    }
}
