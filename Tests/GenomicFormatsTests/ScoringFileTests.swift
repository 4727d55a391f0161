import Foundation
import GenomicFormats
import TestSupport
import Testing

@Suite("A scoring file is read as the PGS Catalog defines it, and what is no weight of an allele is refused by name")
struct ScoringFileTests {
    struct Reading {
        var head: ScoringFileHead?
        var weights: [ScoringWeight] = []
        var refused: [GenomicFormatError] = []
        var failure: GenomicFormatError?

        init(_ bytes: [UInt8]) {
            let reader = ScoringFileReader()
            do {
                try reader.push(bytes) { take($0) }
                try reader.finish { take($0) }
            } catch let error as GenomicFormatError {
                failure = error
            } catch {
                failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
            }
        }

        init(_ text: String) {
            self.init(Array(text.utf8))
        }

        var codes: Set<String> { Set(refused.map(\.code)) }

        private mutating func take(_ event: ScoringFileEvent) {
            switch event {
            case .head(let head): self.head = head
            case .weight(let weight): weights.append(weight)
            case .refused(let error): refused.append(error)
            }
        }
    }

    @Test(
        "The shared scores have the variants that their README counts",
        .enabled(if: SharedData.isAvailable("genomics/pgs"), Comment(rawValue: SharedData.skipNote)))
    func sharedFiles() throws {
        func reading(_ name: String) throws -> Reading { Reading(try Files.text("genomics/pgs/\(name)")) }

        let height = try reading("PGS001229_chr22_GRCh37.txt")
        #expect(height.weights.count == 835 && height.refused.isEmpty)
        #expect(height.head?.identifier == "PGS001229" && height.head?.build == .grch37)
        #expect(height.head?.trait == "Standing height" && height.head?.weightType == "")
        #expect(height.weights[0].identifier == "rs5746679" && height.weights[0].position == 17_080_378)
        #expect(height.weights[0].weight == 0.01045457 && height.weights[0].model == .additive)

        let minimal = try reading("custom_minimal_GRCh37.txt")
        #expect(minimal.weights.count == 835 && minimal.head?.identifier == "PGS001229_22")
        // The two files state the same variants; the Catalog's has one digit more.
        #expect(minimal.weights.map(\.position) == height.weights.map(\.position))

        let mixed = try reading("custom_dominant_recessive_GRCh37.txt")
        #expect(mixed.weights.prefix(3).map(\.model) == [.dominant, .recessive, .additive])

        for (name, build) in [
            ("PGS000001_hmPOS_GRCh37.txt", GenomeBuild.grch37), ("PGS000001_hmPOS_GRCh38.txt", .grch38),
        ] {
            let breast = try reading(name)
            #expect(breast.weights.count == 77 && breast.refused.isEmpty, "\(name) \(breast.refused)")
            #expect(breast.head?.isHarmonised == true && breast.head?.build == build)
        }
        let colon = try reading("PGS000802_hmPOS_GRCh37.txt")
        #expect(colon.weights.count == 19)
        // Harmonised, not the author's 170974795.
        #expect(colon.weights[0].position == 169_492_101 && colon.weights[0].model == .dominant)
        #expect(colon.weights[1].model == .recessive)

        #expect(try reading("custom_no_other_allele.txt").weights.map(\.otherAllele) == [""])

        let diabetes = try reading("PGS000021_complex_variants.txt")
        #expect(diabetes.codes == ["scoring-complex-variant"] && diabetes.refused.count == 8)
        let other = try reading("PGS004239_complex_variants.txt")
        #expect(other.codes == ["scoring-complex-variant", "scoring-complex-allele"] && other.weights.count == 5)
        let invalid = try reading("invalid_scorefile.txt")
        #expect(invalid.weights.isEmpty && invalid.codes == ["scoring-variant"])
    }

    @Test(
        "Each refusal has its code",
        arguments: [
            ("1\t5\tA\tG\tx\t\t\t\t", "scoring-weight"), ("1\t5\tA\tG\t0.1\tTrue\tTrue\t\t", "scoring-model"),
            ("1\t5\tHLA-A*01\tG\t0.1\t\t\t\t", "scoring-complex-allele"),
            ("1\t5\tA\tP/N\t0.1\t\t\t\t", "scoring-complex-allele"),
            ("1\t5\tA\tG\t0.1\t\t\tTrue\t", "scoring-complex-variant"),
            ("1\t5\tA\tG\t0.1\t\t\t\t0.5", "scoring-dosage-weights"),
            ("1\tx\tA\tG\t0.1\t\t\t\t", "scoring-position"), ("\t\tA\tG\t0.1\t\t\t\t", "scoring-variant"),
            ("1\t5\tA\tG\t0.1\t\t\t\t\t\t", "scoring-ragged"), ("1\t5\tA\tG\tNaN\t\t\t\t", "scoring-weight"),
        ])
    func refusals(_ row: String, _ code: String) {
        let columns =
            "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\tis_dominant\tis_recessive\tis_interaction\tdosage_0_weight"
        let reading = Reading("#pgs_id=x\n\(columns)\n\(row)\n2\t6\tC\tT\t-0.5\tFALSE\tFALSE\tFALSE\t\n")
        #expect(reading.refused.map(\.code) == [code])
        #expect(reading.weights.map(\.weight) == [-0.5])
    }

    @Test("A table without the columns of a score is refused")
    func columns() {
        #expect(Reading("a\tb\n1\t2\n").failure?.code == "scoring-columns")
        #expect(Reading("#pgs_id=x\n").failure?.code == "scoring-empty")
    }
}
