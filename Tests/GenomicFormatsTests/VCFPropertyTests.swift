import GenomicFormats
import TestSupport
import Testing

@Suite("A variant record survives its own text")
struct VCFPropertyTests {
    @Test("parse(print(x)) = x for random records of random versions")
    func roundTrip() throws {
        var random = SeededGenerator.announced()
        for version in ["4.1", "4.2", "4.3", "4.4", "4.5"] {
            let samples = (0..<Int.random(in: 0...4, using: &random)).map { "s\($0)" }
            var records: [VariantRecord] = []
            var position: Int64 = 1
            for _ in 0..<200 {
                position += Int64.random(in: 1...1_000, using: &random)
                records.append(Self.record(at: position, samples: samples.count, &random))
            }
            var text = "##fileformat=VCFv\(version)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
            if !samples.isEmpty { text += "\tFORMAT\t" + samples.joined(separator: "\t") }
            text += "\n" + records.map { $0.line + "\n" }.joined()
            let reading = VariantReading(text)
            #expect(reading.errors == [])
            #expect(reading.records == records)
        }
    }

    private static func bases(_ range: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
        String((0..<Int.random(in: range, using: &random)).map { _ in "ACGTN".randomElement(using: &random) ?? "N" })
    }

    private static func record(at position: Int64, samples: Int, _ random: inout SeededGenerator) -> VariantRecord {
        let reference = bases(1...5, &random)
        var alternates: [String] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let candidates = [
                bases(1...6, &random), "*", "<*>", "<NON_REF>", "\(bases(1...2, &random))[2:77[",
                "]X:9]\(bases(1...1, &random))",
                ".\(bases(1...3, &random))",
            ]
            let allele = candidates.randomElement(using: &random) ?? "*"
            if allele != reference, !alternates.contains(allele) { alternates.append(allele) }
        }
        let bare = alternates.filter { $0.allSatisfy(\.isLetter) }
        // Two alleles that differ by shared context are one variant told twice.
        if bare.count > 1 { alternates.removeAll { $0 != bare[0] && bare.contains($0) } }
        var info: [VariantRecord.InfoEntry] = []
        if Bool.random(using: &random) { info.append(.init(key: "DB", value: nil)) }
        if Bool.random(using: &random) {
            info.append(.init(key: "DP", value: "\(Int.random(in: 0...900, using: &random))"))
        }
        if Bool.random(using: &random) { info.append(.init(key: "MQ", value: "59.5")) }
        if Bool.random(using: &random) { info.append(.init(key: "x_y.z", value: "a%3Bb,c")) }
        let count = alternates.count
        return VariantRecord(
            chromosome: "chr1", position: position,
            identifiers: Bool.random(using: &random) ? ["rs\(position)"] : [], reference: reference,
            alternates: alternates, quality: Bool.random(using: &random) ? "30.25" : nil,
            filters: [[], ["PASS"], ["q10", "s50"]].randomElement(using: &random) ?? [], info: info,
            format: samples == 0 ? [] : ["GT", "DP", "FT"],
            samples: (0..<samples).map { _ in
                let ploidy = Int.random(in: 1...3, using: &random)
                let separator = Bool.random(using: &random) ? "|" : "/"
                let genotype = (0..<ploidy).map { _ in
                    Bool.random(using: &random) ? "\(Int.random(in: 0...count, using: &random))" : "."
                }.joined(separator: separator)
                return [[genotype], [genotype, "12"], [genotype, ".", "PASS"]].randomElement(using: &random) ?? [
                    genotype
                ]
            })
    }
}

@Suite("Hostile files cost bounded memory")
struct HostileFileTests {
    @Test("A line of 2 GB is refused when its limit is reached, not when it ends")
    func longLine() throws {
        let reader = VCFReader(lineLimit: 1 << 20)
        try reader.push(Array("##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1\t.\tA\t".utf8))
        { _ in }
        let piece = [UInt8](repeating: UInt8(ascii: "C"), count: 1 << 16)
        var pushed = 0
        let error = #expect(throws: GenomicFormatError.self) {
            while pushed < 2 << 30 {
                try reader.push(piece) { _ in }
                pushed += piece.count
            }
        }
        #expect(error?.code == "line-too-long")
        #expect(pushed <= 2 << 20)
    }

    @Test("A record of a million alleles is judged")
    func manyAlleles() {
        let alleles = (0..<1_000_000).map { "<A\($0)>" }.joined(separator: ",")
        let reading = VariantReading.of("1\t1\t.\tA\t\(alleles)\t.\t.\tAC=1")
        #expect(reading.errors.map(\.code) == ["vcf-info-number"])
    }

    @Test("An INFO of a million keys is refused, and the next record read")
    func manyKeys() {
        let keys = (0..<1_000_000).map { "k\($0)=1" }.joined(separator: ";")
        let reading = VariantReading(
            "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1\t.\tA\tC\t.\t.\t\(keys)\n1\t2\t.\tA\tC\t.\t.\tDP=1\n"
        )
        #expect(reading.errors.map(\.code) == ["vcf-info-too-many-keys"])
        #expect(reading.records.map(\.position) == [2])
    }

    @Test("A genotype of a million alleles is read")
    func manyCopies() {
        let genotype = Array(repeating: "0", count: 1_000_000).joined(separator: "/")
        let reading = VariantReading.of("1\t1\t.\tA\tC\t.\t.\t.\tGT:PL\t\(genotype):1", samples: ["s"])
        #expect(reading.errors.count == 1)
    }
}
