import Testing

@testable import PharmacogenomicsCore

/// Drawn genotypes; each test prints its seed, and `VITALSTREAM_SEED` repeats it.
@Suite("A call depends on what was observed and on nothing else")
struct CallingPropertyTests {
    /// Samples a property; fewer in a debug build, where the plain definition is slow.
    private static var rounds: Int {
        #if DEBUG
            40
        #else
            150
        #endif
    }

    /// A sample of two drawn alleles, with a share of positions unphased, half called or missing, and phase sets.
    private struct Draw {
        let catalog: GeneCatalog
        let caller: DiplotypeCaller
        var random: SeededGenerator

        init(_ seed: UInt64) throws {
            catalog = try RepositoryKnowledge.catalog.get()
            caller = CallingScene.caller(catalog, CallingOptions(callsCYP2D6: true))
            random = SeededGenerator(seed: seed)
        }

        mutating func gene(_ calling: GeneDefinition.Calling? = nil) -> AlleleBook {
            let genes = catalog.genes.filter { gene in
                !gene.positions.isEmpty && (calling == nil || gene.calling == calling)
            }
            return AlleleBook(genes[Int.random(in: 0..<genes.count, using: &random)])
        }

        /// Nearly every site is the reference; the gene's own show two alleles.
        mutating func sample(_ book: AlleleBook, missing: Double = 0.1) -> SampleGenotypes {
            var sample = SampleGenotypes(sampleID: "drawn", siteCount: catalog.siteCount)
            guard let one = book.alleles.randomElement(using: &random),
                let other = book.alleles.randomElement(using: &random)
            else { return sample }
            let first = book.strand(of: one, using: &random)
            let second = book.strand(of: other, using: &random)
            for (number, position) in book.positions.enumerated() {
                var call = SiteCall(first: first[number], second: second[number])
                switch Int.random(in: 0..<4, using: &random) {
                case 0: call.isPhased = true
                case 1:
                    call.isPhased = true
                    call.phaseSet = Int32.random(in: 1...2, using: &random)
                    if call.phaseSet == 2 { swap(&call.first, &call.second) }
                default: break
                }
                if Double.random(in: 0..<1, using: &random) < missing { call.first = SiteCall.unknown }
                if Double.random(in: 0..<1, using: &random) < missing { call.second = SiteCall.unknown }
                sample.sites[position.siteIndex] = call
            }
            return sample
        }

        func call(_ sample: SampleGenotypes, _ book: AlleleBook) -> GeneCall {
            caller.call(sample, gene: book.gene)
        }
    }

    @Test("the set is what the plain definition says, pair by pair, with phase sets and unknown copies")
    func bruteForce() throws {
        let seed = SeededGenerator.seed()
        var draw = try Draw(seed)
        var members = 0
        for _ in 0..<Self.rounds {
            let book = draw.gene(.named)
            let sample = draw.sample(book)
            let call = draw.call(sample, book)
            if call.remarks.contains(CallRemark.missingRequiredPosition) { continue }
            if book.positions.allSatisfy({ sample.sites[$0.siteIndex].isMissing }) {
                #expect(call.status == .notCallable, "seed \(seed) \(book.gene.symbol)")
                continue
            }
            let expected = Self.pairs(book, sample)
            members += expected.count
            let names = Set(call.candidates.map(\.name))
            #expect(call.diplotypeCount == expected.count || book.gene.symbol == "SLCO1B1")
            #expect(names.isSubset(of: expected), "seed \(seed) \(book.gene.symbol)")
            if call.unlisted.isEmpty { #expect(names == expected, "seed \(seed) \(book.gene.symbol)") }
        }
        print("calls against the plain definition (seed \(seed)): \(Self.rounds) samples, \(members) pairs")
    }

    @Test("turning a phase set round, or exchanging the copies of unphased positions, changes nothing")
    func orientation() throws {
        let seed = SeededGenerator.seed()
        print("orientation: seed \(seed)")
        var draw = try Draw(seed)
        for _ in 0..<Self.rounds {
            let book = draw.gene()
            let sample = draw.sample(book)
            var turned = sample
            for position in book.positions {
                let call = sample.sites[position.siteIndex]
                let isTurned = call.isPhased ? call.phaseSet == 1 : Bool.random(using: &draw.random)
                if isTurned {
                    turned.sites[position.siteIndex].first = call.second
                    turned.sites[position.siteIndex].second = call.first
                }
            }
            #expect(draw.call(turned, book) == draw.call(sample, book), "seed \(seed) \(book.gene.symbol)")
        }
    }

    @Test("forgetting a position, or one copy of it, or its phase, never takes a diplotype away")
    func monotone() throws {
        let seed = SeededGenerator.seed()
        print("monotone: seed \(seed)")
        var draw = try Draw(seed)
        var grown = 0
        for _ in 0..<Self.rounds * 2 {
            let book = draw.gene(.named)
            let sample = draw.sample(book, missing: 0.02)
            let before = draw.call(sample, book)
            var less = sample
            let site = book.positions[Int.random(in: 0..<book.positions.count, using: &draw.random)].siteIndex
            switch Int.random(in: 0..<3, using: &draw.random) {
            case 0: less.sites[site] = SiteCall()
            case 1: less.sites[site].first = SiteCall.unknown
            default: less.sites[site].isPhased = false
            }
            let after = draw.call(less, book)
            if after.status == .notCallable { continue }
            #expect(after.diplotypeCount >= before.diplotypeCount, "seed \(seed) \(book.gene.symbol)")
            if after.diplotypeCount > before.diplotypeCount { grown += 1 }
            if after.unlisted.isEmpty {
                let lost = Set(before.candidates.map(\.name)).subtracting(after.candidates.map(\.name))
                #expect(lost.isEmpty, "seed \(seed) \(book.gene.symbol): \(lost)")
            }
        }
        print("monotone: \(grown) sets grew")
        #expect(grown > 0)
    }

    @Test("forgetting a position of DPYD or RYR1 never takes away a pair by which phenotypes are looked up")
    func monotoneStrands() throws {
        let seed = SeededGenerator.seed()
        print("monotone strands: seed \(seed)")
        var draw = try Draw(seed)
        for _ in 0..<Self.rounds {
            let book = draw.gene(.lowestFunction)
            let caller = try #require(StrandCaller(GeneMatcher(gene: book.gene, options: CallingOptions())))
            let sample = draw.sample(book, missing: 0)
            // HapB3's two positions stand for each other by a rule of their own.
            let positions = book.positions.filter { !["rs75017182", "rs56038477"].contains($0.identifier) }
            var less = sample
            for _ in 0..<3 {
                less.sites[positions[Int.random(in: 0..<positions.count, using: &draw.random)].siteIndex] = SiteCall()
            }
            let after = draw.call(less, book)
            guard after.unlisted.isEmpty else { continue }
            let lost = Self.lookups(draw.call(sample, book), caller).subtracting(Self.lookups(after, caller))
            #expect(lost.isEmpty, "seed \(seed) \(book.gene.symbol)")
        }
    }

    @Test(
        "whatever stands in a sample, the call is whole: weights sum to 1, the count is that of what is listed and not")
    func garbage() throws {
        let seed = SeededGenerator.seed()
        print("garbage: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let catalog = try RepositoryKnowledge.catalog.get()
        let caller = CallingScene.caller(catalog, CallingOptions(combinations: true, callsCYP2D6: true))
        for round in 0..<12 {
            var sample = SampleGenotypes(sampleID: "garbage", sex: [nil, .male, .female][round % 3], siteCount: 0)
            sample.sites = (0..<(round == 0 ? 0 : round < 3 ? 500 : catalog.siteCount)).map { _ in
                // Mostly the reference, so that some genes fit.
                let isPlain = Int.random(in: 0..<100, using: &random) > round * 3
                return SiteCall(
                    first: isPlain ? 0 : Int8.random(in: -5...9, using: &random),
                    second: isPlain ? 0 : Int8.random(in: -5...9, using: &random),
                    isPhased: Bool.random(using: &random), phaseSet: Int32.random(in: 0...2, using: &random))
            }
            sample.novel = [NovelAllele(site: -1, bases: "N"), NovelAllele(site: catalog.siteCount, bases: "")]
            for call in caller.call(sample) {
                let weight =
                    call.candidates.reduce(0) { $0 + $1.weight } + call.unlisted.reduce(0) { $0 + $1.weight }
                let count = call.candidates.count + call.unlisted.reduce(0) { $0 + $1.count }
                #expect(count == call.diplotypeCount, "seed \(seed) \(call.gene)")
                #expect(call.candidates.isEmpty || abs(weight - 1) < 1e-9, "seed \(seed) \(call.gene)")
                #expect(call.candidates.isEmpty == ![.called, .ambiguous].contains(call.status))
                #expect(call.candidates.count <= GeneCall.listingLimit)
            }
        }
    }

    @Test("weights follow Hardy and Weinberg where frequencies are stated, and are equal where not")
    func weights() throws {
        var scene = try CallingScene("CYP2C19")
        try scene.set("rs3758581", "G/G")
        try scene.set("rs12248560", "missing")
        #expect(scene.call().candidates.allSatisfy { abs($0.weight - 1.0 / 3) < 1e-12 })
        let text =
            "gene\tallele\tpopulation\tfrequency\tsource\nCYP2C19\t*1\tStated\t0.6\ttest\nCYP2C19\t*17\tStated\t0.2\ttest\n"
        scene.options.frequencies = try AlleleFrequencies(
            KnowledgeTable(name: "frequencies.tsv", bytes: Array(text.utf8)))
        #expect(scene.call().candidates.allSatisfy { abs($0.weight - 1.0 / 3) < 1e-12 })
        scene.options.population = "Stated"
        let call = scene.call()
        let weights = Dictionary(uniqueKeysWithValues: call.candidates.map { ($0.name, $0.weight) })
        // 0.36 : 0.24 : 0.04
        #expect(abs((weights["*1/*1"] ?? 0) - 0.5625) < 1e-12)
        #expect(abs((weights["*1/*17"] ?? 0) - 0.375) < 1e-12)
        #expect(abs((weights["*17/*17"] ?? 0) - 0.0625) < 1e-12)
        #expect(call.remarks.contains(CallRemark.frequencyPrior))
    }

    /// All pairs of alleles for which an orientation of every phase set and unphased position exists.
    private static func pairs(_ book: AlleleBook, _ sample: SampleGenotypes) -> Set<String> {
        var blocks: [[Int]] = []
        var sets: [Int32: Int] = [:]
        for (number, position) in book.positions.enumerated() {
            let call = sample.sites[position.siteIndex]
            if call.isPhased, let block = sets[call.phaseSet] {
                blocks[block].append(number)
            } else {
                if call.isPhased { sets[call.phaseSet] = blocks.count }
                blocks.append([number])
            }
        }
        func fits(_ allele: NamedAllele, _ number: Int, _ base: Int8) -> Bool {
            base == SiteCall.unknown || book.bits(allele, at: book.positions[number]) & (1 << UInt64(base)) != 0
        }
        var names: Set<String> = []
        for (place, one) in book.alleles.enumerated() {
            for other in book.alleles[place...] {
                let isPossible = blocks.allSatisfy { block in
                    let calls = block.map { ($0, sample.sites[book.positions[$0].siteIndex]) }
                    return calls.allSatisfy { fits(one, $0.0, $0.1.first) && fits(other, $0.0, $0.1.second) }
                        || calls.allSatisfy { fits(one, $0.0, $0.1.second) && fits(other, $0.0, $0.1.first) }
                }
                guard isPossible else { continue }
                let pair = [one, other].sorted { NaturalOrder.precedes($0.name, $1.name) }
                names.insert(pair.map(\.reportedName).joined(separator: "/"))
            }
        }
        return names
    }

    private static func lookups(_ call: GeneCall, _ caller: StrandCaller) -> Set<AllelePair> {
        Set(
            call.candidates.map { candidate in
                func lowest(_ haplotype: HaplotypeCall?) -> Int {
                    haplotype?.alleles.min { caller.lookupRank[$0] < caller.lookupRank[$1] } ?? -1
                }
                return AllelePair(lowest(candidate.first), lowest(candidate.second))
            })
    }
}
