import Contracts
import Testing

@testable import PharmacogenomicsCore

@Suite("The same records give the same genotypes, in any order, on either assembly, by file or by event")
struct RecordOrderTests {
    /// A genotype of every site, drawn at random; as records of an assembly.
    private static func records(_ build: GeneCatalog.Build, seed: UInt64) -> [String] {
        var numbers = SeededGenerator(seed: seed)
        return IntakeFixture.map.catalog.positions.compactMap { position in
            let first = Int.random(in: 0..<position.alleles.count, using: &numbers)
            let second = Int.random(in: 0..<position.alleles.count, using: &numbers)
            let separator = Bool.random(using: &numbers) ? "|" : "/"
            guard let start = position.start(on: build) else { return nil }
            let reference = String(decoding: position.referenceBases(on: build), as: UTF8.self)
            let alleles = [reference] + position.alleles.filter { $0 != reference }
            guard let one = alleles.firstIndex(of: position.alleles[first]),
                let two = alleles.firstIndex(of: position.alleles[second])
            else { return nil }
            return
                "\(position.chromosome) \(start) . \(reference) \(alleles.dropFirst().joined(separator: ",")) . PASS . GT "
                + "\(one)\(separator)\(two)"
        }
    }

    private static func genotypes(_ records: [String], _ build: GeneCatalog.Build) throws -> SampleGenotypes {
        try #require(
            try IntakeFixture.batch(records, head: [], assembly: build == .grch37 ? .grch37 : .grch38).samples.first
        )
        .genotypes
    }

    @Test("a sample on GRCh37 is the sample on GRCh38")
    func assemblies() throws {
        for seed in UInt64(1)...5 {
            let new = try Self.genotypes(Self.records(.grch38, seed: seed), .grch38)
            let old = try Self.genotypes(Self.records(.grch37, seed: seed), .grch37)
            for position in IntakeFixture.map.catalog.positions where new.sites[position.siteIndex].isMissing {
                Issue.record("seed \(seed): nothing at \(position.gene) \(position.grch38) \(position.alleles)")
            }
            for site in new.sites.indices where new.sites[site] != old.sites[site] {
                Issue.record("seed \(seed) site \(IntakeFixture.map.place(ofSite: site))")
            }
        }
    }

    @Test("the order of the records does not matter, nor does telling them twice")
    func order() throws {
        let seed = SeededGenerator.seed()
        print("seed \(seed)")
        var numbers = SeededGenerator(seed: seed)
        var records = Self.records(.grch38, seed: seed)
        // Blocks, filtered records, contradictions and deletions among them.
        records += [
            "10 94770000 . C <*> . . END=94850000 GT 0/0", "10 94781859 . G A . q10 . GT 1/1",
            "10 94842866 . A G . . . GT 0/0", "10 94781857 . CCG C . . . GT 0/1", "19 41006936 . G T . . . GT ./1",
            "2 233760233 . C CAT . . . GT 1/0", "2 233760233 . CAT C . . . GT 0/0",
        ]
        let expected = try IntakeFixture.batch(records)
        for _ in 0..<20 {
            var shuffled = records + records.shuffled(using: &numbers).prefix(30)
            shuffled.shuffle(using: &numbers)
            let batch = try IntakeFixture.batch(shuffled)
            let isSame = batch.samples == expected.samples
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test("a file cut anywhere, packed or plain, is the same file")
    func pieces() throws {
        let bytes = IntakeFixture.vcf(Self.records(.grch38, seed: 7))
        let intake = GenotypeIntake(map: IntakeFixture.map)
        let expected = try intake.read(vcf: bytes)
        for size in [1, 7, 64, 4_099] {
            let reader = VCFIntake(intake)
            var start = 0
            while start < bytes.count {
                try reader.push(Array(bytes[start..<min(start + size, bytes.count)]))
                start += size
            }
            #expect(try reader.finish() == expected)
        }
    }

    @Test("many samples at once are the samples one by one")
    func manySamples() throws {
        let columns = (UInt64(1)...6).map { Self.records(.grch38, seed: $0) }
        let joined = columns[0].indices.map { row in
            columns[0][row] + columns.dropFirst().map { " " + ($0[row].split(separator: " ").last ?? ".") }.joined()
        }
        let batch = try IntakeFixture.batch(joined, samples: (1...6).map { "S\($0)" })
        for (index, records) in columns.enumerated() {
            var alone = try #require(try IntakeFixture.batch(records).samples.first)
            alone.genotypes.sampleID = "S\(index + 1)"
            #expect(batch.samples[index] == alone)
        }
    }

    @Test("events say what the file said")
    func events() throws {
        let records = Self.records(.grch38, seed: 11) + ["10 94770000 . C <*> . . END=94850000 GT 0/0"]
        let calls = records.map { record -> GenotypeCall in
            let fields = record.split(separator: " ").map(String.init)
            let alleles = fields[9].split(whereSeparator: { $0 == "/" || $0 == "|" }).map { Int32($0) ?? -1 }
            let position = Int64(fields[1]) ?? 0
            let end =
                fields[7].hasPrefix("END=") ? Int64(fields[7].dropFirst(4)) ?? 0 : position + Int64(fields[3].count) - 1
            return GenotypeCall(
                chromosome: fields[0], position: position, end: end, reference: fields[3],
                alternates: fields[4].split(separator: ",").map(String.init), alleles: alleles,
                isPhased: fields[9].contains("|"), filter: "PASS")
        }
        let intake = GenotypeIntake(map: IntakeFixture.map)
        var genotypes = SampleGenotypes(sampleID: "S", siteCount: IntakeFixture.map.catalog.siteCount)
        genotypes.apply(try intake.sites(of: calls, assembly: "GRCh38", format: .gvcf))
        let file = try #require(try IntakeFixture.batch(records).samples.first).genotypes
        #expect(genotypes == file)
    }

    @Test("an event of another assembly than it says is refused; half calls stay half")
    func eventFaults() throws {
        let intake = GenotypeIntake(map: IntakeFixture.map)
        let wrong = IntakeFixture.map.catalog.positions.prefix(20).map { position in
            GenotypeCall(
                chromosome: position.chromosome, position: position.grch37 ?? 0, end: position.grch37 ?? 0,
                reference: String(decoding: position.referenceBases(on: .grch37), as: UTF8.self),
                alternates: [position.alleles[1]], alleles: [0, 1])
        }
        #expect(throws: IntakeError.self) { try intake.sites(of: wrong, assembly: "GRCh38", format: .vcf) }
        let half = GenotypeCall(
            chromosome: "10", position: 94_781_859, end: 94_781_859, reference: "G", alternates: ["A"],
            alleles: [-1, 1])
        let sites = try intake.sites(of: [half], assembly: "GRCh38", format: .vcf)
        #expect(sites.map(\.call) == [SiteCall(first: SiteCall.unknown, second: 1)])
    }
}
