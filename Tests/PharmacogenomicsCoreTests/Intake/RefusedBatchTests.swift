import Testing

@testable import PharmacogenomicsCore

@Suite("A batch that cannot be right gives no calls at all")
struct RefusedBatchTests {
    /// Records of known sites as an assembly writes them, without any statement of the assembly.
    private static func records(_ build: GeneCatalog.Build, gene: GeneSymbol = "CYP2C19") -> [String] {
        (IntakeFixture.map.catalog[gene]?.positions ?? []).compactMap { position in
            guard let start = position.start(on: build) else { return nil }
            let reference = String(decoding: position.referenceBases(on: build), as: UTF8.self)
            let alternates = position.alleles.filter { $0 != reference }.joined(separator: ",")
            return "\(position.chromosome) \(start) . \(reference) \(alternates) . PASS . GT 0/0"
        }
    }

    private static func refusal(
        _ records: [String], head: [String] = [], assembly: AssemblyChoice = .auto
    ) -> IntakeError? {
        do {
            _ = try IntakeFixture.batch(records, head: head, assembly: assembly)
            return nil
        } catch let error as IntakeError {
            return error
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test("GRCh37 positions that are not said to be so: refused, both assemblies named, and what to do")
    func wrongBuild() throws {
        let error = try #require(Self.refusal(Self.records(.grch37)))
        #expect(error.code == .wrongAssembly)
        #expect(error.detail.contains("GRCh37") && error.detail.contains("GRCh38"))
        #expect(error.detail.contains("--assembly GRCh37"))
    }

    @Test("GRCh37 positions under a head that says GRCh38, and the other way round")
    func wrongStatement() {
        #expect(Self.refusal(Self.records(.grch37), head: ["##reference=hg38"])?.code == .wrongAssembly)
        #expect(
            Self.refusal(Self.records(.grch38), head: ["##contig=<ID=10,length=135534747>"])?.code == .wrongAssembly)
        #expect(Self.refusal(Self.records(.grch38), assembly: .grch37)?.code == .wrongAssembly)
    }

    @Test("a head that contradicts the option, or itself")
    func contradiction() {
        let head = ["##contig=<ID=chr10,length=133797422>"]
        #expect(Self.refusal(Self.records(.grch38), head: head, assembly: .grch37)?.code == .assemblyContradicted)
        let both = head + ["##contig=<ID=chr1,length=249250621>"]
        #expect(Self.refusal(Self.records(.grch38), head: both)?.code == .assemblyContradicted)
        #expect(Self.refusal(Self.records(.grch38), head: ["##reference=hg18"])?.code == .assemblyUnknown)
    }

    @Test("what the head says is followed")
    func statedBuild() throws {
        for head in [
            "##contig=<ID=10,length=135534747>", "##reference=file:///b37.fa", "##contig=<ID=10,assembly=GRCh37.p13>",
        ] {
            let batch = try IntakeFixture.batch(Self.records(.grch37), head: [head])
            #expect(batch.assembly == .grch37 && batch.isAssemblyStated)
        }
    }

    @Test("reference bases that fit nothing: refused, with the first place")
    func mismatch() throws {
        let error = try #require(
            Self.refusal([
                "10 94781859 . T . . . . GT 0/0", "10 94842866 . C . . . . GT 0/0", "10 94780653 . G A . . . GT 0/1",
            ]))
        #expect(error.code == .referenceMismatch)
        #expect(error.place == "10:94781859" && error.line == 4)
    }

    @Test("reference and alternate exchanged: refused, never turned back")
    func swapped() throws {
        let error = try #require(
            Self.refusal(
                ["10 94780653 . G A . . . GT 0/1", "10 94781859 . A G . . . GT 0/1"], head: ["##reference=hg38"]))
        #expect(error.code == .swappedAlleles)
        #expect(error.place == "10:94781859")
    }

    @Test("the other strand: refused")
    func flipped() throws {
        let error = try #require(
            Self.refusal(
                ["10 94780653 . C T . . . GT 0/1", "10 94781859 . C T . . . GT 0/1"], head: ["##reference=hg38"]))
        #expect(error.code == .strandFlip)
        #expect(error.place == "10:94780653")
    }

    @Test("A/T and C/G sites cannot show a strand: their turned form is refused as well")
    func ambiguousStrand() throws {
        let site = try #require(
            IntakeFixture.map.catalog.positions.first {
                ($0.alleles == ["A", "T"] || $0.alleles == ["C", "G"]) && $0.grch37Reference == nil
            })
        let turned = "\(site.chromosome) \(site.grch38) . \(site.alleles[1]) \(site.alleles[0]) . . . GT 0/1"
        #expect(Self.refusal([turned])?.code == .swappedAlleles)
        #expect(
            Self.refusal([turned, "10 94780653 . C T . . . GT 0/1", "10 94781859 . C T . . . GT 0/1"])?.code
                == .strandFlip)
    }

    @Test("no chromosome that is known, no sample, no header, no text")
    func structure() {
        #expect(Self.refusal(["chromosome1 97078987 . G . . . . GT 0/0"])?.code == .unknownChromosomes)
        let intake = GenotypeIntake(map: IntakeFixture.map)
        func code(_ bytes: [UInt8]) -> IntakeError.Code? {
            do throws(IntakeError) {
                _ = try intake.read(vcf: bytes)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code([]) == .unreadable)
        #expect(code(Array("rubbish\n".utf8)) == .unreadable)
        #expect(code(Array("##fileformat=VCFv4.2\n10\t1\t.\tA\tC\t.\t.\t.\n".utf8)) == .unreadable)
        #expect(
            code(Array("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n".utf8)) == .noSamples)
        #expect(code([0x1F, 0x8B, 8, 0, 1, 2, 3]) == .unreadable)
    }

    @Test("a file without a record of any site is read, and everything is unknown")
    func empty() throws {
        let batch = try IntakeFixture.batch([])
        #expect(batch.usedRecords == 0)
        #expect(batch.samples.count == 1 && !batch.samples[0].genotypes.sites.contains { !$0.isMissing })
    }
}
