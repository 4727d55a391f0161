import Foundation
import Testing

@testable import PharmacogenomicsCore

@Suite("A consumer export gives what its bases prove")
struct ConsumerExportIntakeTests {
    private static func export(_ rows: [String], head: String = "# 23andMe, build 37") -> [UInt8] {
        let lines =
            [head, "# rsid\tchromosome\tposition\tgenotype"]
            + rows.map { $0.split(separator: " ").joined(separator: "\t") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func batch(_ rows: [String], head: String = "# 23andMe, build 37", sex: Sex? = nil) throws
        -> IntakeBatch
    {
        try GenotypeIntake(map: IntakeFixture.map, sex: sex).read(
            consumerExport: export(rows, head: head), sampleID: "S")
    }

    private static func text(_ batch: IntakeBatch, _ gene: String, _ key: String) throws -> String {
        IntakeFixture.text(try #require(batch.samples.first), try IntakeFixture.position(gene, key))
    }

    /// GRCh37 places: rs4244285 10:96541616, rs12248560 10:96521657 (dbSNP).
    static let known = ["rs4244285 10 96541616 AG", "rs12248560 10 96521657 CT"]

    @Test("bases on GRCh37 are alleles of the definition")
    func bases() throws {
        let batch = try Self.batch(Self.known + ["rs3758581 10 96602623 GG"])
        #expect(batch.assembly == .grch37)
        #expect(try Self.text(batch, "CYP2C19", "rs4244285") == "G/A")
        #expect(try Self.text(batch, "CYP2C19", "rs12248560") == "C/T")
        #expect(try Self.text(batch, "CYP2C19", "rs3758581") == "G/G")
    }

    @Test("no call is unknown, and so is half of one")
    func noCalls() throws {
        let batch = try Self.batch(["rs4244285 10 96541616 --", "rs12248560 10 96521657 C-"])
        #expect(try Self.text(batch, "CYP2C19", "rs4244285") == "./.")
        #expect(try Self.text(batch, "CYP2C19", "rs12248560") == "./C")
    }

    @Test("without a statement the markers show the assembly; markers of another are refused")
    func assembly() throws {
        #expect(try Self.batch(Self.known, head: "# some table").assembly == .grch37)
        let other = #expect(throws: IntakeError.self) { try Self.batch(Self.known, head: "# GRCh38") }
        #expect(other?.code == .wrongAssembly)
        let old = #expect(throws: IntakeError.self) { try Self.batch(Self.known, head: "# build 36") }
        #expect(old?.code == .assemblyUnknown)
        let none = #expect(throws: IntakeError.self) { try Self.batch(["rs1 10 96541616 AG"], head: "# some table") }
        #expect(none?.code == .assemblyUnknown)
    }

    @Test("an insertion or deletion is taken where one definition can be meant")
    func indels() throws {
        let single = try IntakeFixture.position("CYP2C9", "rs9332131")
        let place = try #require(single.grch37)
        let batch = try Self.batch(Self.known + ["rs9332131 10 \(place) DI"])
        #expect(try Self.text(batch, "CYP2C9", "rs9332131") == "GA/G")
        let beside = try Self.batch(Self.known + ["rs9332131 10 \(place + 1) DD"])
        #expect(try Self.text(beside, "CYP2C9", "rs9332131") == "G/G")
        let repeats = try IntakeFixture.position("UGT1A1", "rs3064744")
        let open = try Self.batch(Self.known + ["rs3064744 2 \(try #require(repeats.grch37)) II"])
        #expect(try Self.text(open, "UGT1A1", "rs3064744") == "./.")
        #expect(open.samples[0].remarks == [IntakeRemark(code: .indelAmbiguous, site: repeats.siteIndex)])
    }

    @Test(
        "one site of the other strand is unknown, and with it every A/T and C/G site; many, and the export is refused")
    func strands() throws {
        let palindromic = try #require(
            IntakeFixture.map.catalog.positions.first { $0.alleles == ["C", "G"] && $0.chromosome != "X" })
        let row = "\(palindromic.identifier) \(palindromic.chromosome) \(try #require(palindromic.grch37)) CG"
        let clean = try Self.batch(Self.known + [row])
        #expect(IntakeFixture.text(clean.samples[0], palindromic) == "C/G")
        let others = IntakeFixture.map.catalog.positions.filter {
            $0.alleles == ["G", "A"] && $0.chromosome == "19" && $0.grch37Reference == nil
        }.prefix(20).map { "\($0.identifier) 19 \($0.grch37 ?? 0) GG" }
        let flip = try Self.batch(others + ["rs4244285 10 96541616 CC", row])
        #expect(try Self.text(flip, "CYP2C19", "rs4244285") == "./.")
        #expect(IntakeFixture.text(flip.samples[0], palindromic) == "./.")
        #expect(Set(flip.samples[0].remarks.map(\.code)) == [.strandFlip, .strandAmbiguous])
        let flipped = others.map { $0.replacing("GG", with: "CC") }
        let error = #expect(throws: IntakeError.self) { try Self.batch(Array(flipped)) }
        #expect(error?.code == .strandFlip)
    }

    @Test("one allele on X is one copy, on an autosome no genotype")
    func copies() throws {
        let position = try IntakeFixture.position("G6PD", "rs1050828")
        let base = position.alleles[0]
        let batch = try Self.batch(
            Self.known + ["rs1050828 X \(try #require(position.grch37)) \(base)", "rs1799853 10 96702047 C"])
        #expect(batch.samples[0].genotypes.sites[position.siteIndex].second == SiteCall.absent)
        #expect(try Self.text(batch, "CYP2C9", "rs1799853") == "./.")
    }

    @Test("real exports are read without a fault", .enabled(if: SharedPGx.isPresent))
    func realExports() throws {
        let directory = SharedPGx.root.deletingLastPathComponent().appending(path: "genomics/dtc")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory.path)) ?? []
        var read = 0
        for name in names.sorted() {
            let url = directory.appending(path: name)
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
                let data = try? Data(contentsOf: url)
            else { continue }
            do throws(IntakeError) {
                let batch = try GenotypeIntake(map: IntakeFixture.map).read(
                    consumerExport: [UInt8](data), sampleID: name)
                read += 1
                #expect(batch.samples.count == 1)
                print(
                    "\(name): \(batch.assembly.name), \(batch.usedRecords) sites, remarks \(batch.samples[0].remarks.count)"
                )
            } catch {
                print("\(name): \(error)")
            }
        }
        print("consumer exports read: \(read) of \(names.count)")
    }
}
