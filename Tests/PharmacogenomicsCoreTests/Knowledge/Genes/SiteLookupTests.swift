import Testing

@testable import PharmacogenomicsCore

@Suite("A place of the genome finds the sites that stand there, and no others")
struct SiteLookupTests {
    @Test("every position is found on both builds, with and without chr")
    func everyPosition() throws {
        let catalog = try ReleaseTables.catalog()
        for position in catalog.positions {
            let found = catalog.sites(chromosome: position.chromosome, position: position.grch38, build: .grch38)
            #expect(found.contains(position.siteIndex))
            #expect(found.allSatisfy { catalog.positions[$0].grch38 == position.grch38 })
            if let grch37 = position.grch37 {
                let older = catalog.sites(chromosome: "chr\(position.chromosome)", position: grch37, build: .grch37)
                #expect(older.contains(position.siteIndex))
            }
            #expect(catalog.sites(chromosome: "Y", position: position.grch38, build: .grch38).isEmpty)
        }
    }

    @Test("two sites at one place are both found: RYR1's C>G and the ignored deletion at chr19:38580126")
    func twoSites() throws {
        let catalog = try ReleaseTables.catalog()
        let found = catalog.sites(chromosome: "19", position: 38_580_126, build: .grch38)
        #expect(found.map { catalog.positions[$0].role } == [.defining, .ignored])
    }

    @Test("the index agrees with a search through random places")
    func randomPlaces() {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        var state = seed
        func next(_ bound: UInt64) -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state % bound
        }
        for size in [0, 1, 7, 8, 9, 200, 3000] {
            let places = (0..<size).map { site in
                (chromosome: UInt8(1 + next(25)), position: Int64(1 + next(400)), site: site)
            }
            let index = SiteIndex(places)
            for chromosome in UInt8(1)...25 {
                for position in stride(from: Int64(1), through: 410, by: 3) {
                    let expected = places.filter { $0.chromosome == chromosome && $0.position == position }.map(\.site)
                    #expect(Array(index.sites(chromosome: chromosome, position: position)) == expected, "seed \(seed)")
                }
            }
        }
    }

    @Test(
        "contig names give chromosomes",
        arguments: [
            ("1", 1), ("chr1", 1), ("9", 9), ("chr22", 22), ("CHR7", 7), ("X", 23), ("chrX", 23), ("Y", 24), ("M", 25),
            ("chrM", 25), ("MT", 25), ("chrMT", 25),
        ] as [(String, UInt8)])
    func contigs(_ name: String, _ code: UInt8) {
        #expect(ChromosomeCode.code(name) == code)
    }

    @Test(
        "other contigs give none",
        arguments: ["", "chr", "0", "23", "chr1_KI270706v1_random", "HLA-A", "x", "1 ", "30", "GL000220.1", "01"])
    func otherContigs(_ name: String) {
        #expect(ChromosomeCode.code(name) == nil)
    }
}
