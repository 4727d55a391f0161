import Foundation
import Testing

@testable import PharmacogenomicsCore

/// For every pair of alleles of a gene its genotype is built and called. In a debug build the five largest genes are
/// sampled; `VITALSTREAM_EXHAUSTIVE=1`, and any release build, take every pair.
@Suite("Every pair of alleles is called from its own genotype")
struct EveryPairTests {
    static let sampledPairs = 300

    static var isExhaustive: Bool {
        #if DEBUG
            ProcessInfo.processInfo.environment["VITALSTREAM_EXHAUSTIVE"] != nil
        #else
            true
        #endif
    }

    /// The sets that a gene's alleles allow, precomputed so that a hundred thousand pairs take seconds.
    private struct Masks {
        let book: AlleleBook
        /// By position and base: which of the book's alleles accept it.
        let accepting: [[[Bool]]]

        init(_ book: AlleleBook) {
            self.book = book
            accepting = book.positions.map { position in
                let accepted = book.alleles.map { book.accepted($0, at: position) }
                return (0..<Int8(position.alleles.count)).map { base in accepted.map { $0.contains(base) } }
            }
        }

        /// The alleles that fit a strand.
        func fitting(_ strand: [Int8]) -> [Int] {
            var fits = [Bool](repeating: true, count: book.alleles.count)
            for (number, base) in strand.enumerated() {
                let row = accepting[number][Int(base)]
                for allele in fits.indices where !row[allele] { fits[allele] = false }
            }
            return fits.indices.filter { fits[$0] }.map { book.alleles[$0].index }
        }
    }

    private struct Tally {
        var pairs = 0
        var unique = 0
        var unphasedUnique = 0
    }

    @Test("phased gives exactly the pair; unphased gives a set with it and without impossible members")
    func everyPair() throws {
        let seed = SeededGenerator.seed()
        var random = SeededGenerator(seed: seed)
        let catalog = try RepositoryKnowledge.catalog.get()
        let caller = CallingScene.caller(catalog, CallingOptions(callsCYP2D6: true))
        var total = Tally()
        for gene in catalog.genes {
            let book = AlleleBook(gene)
            guard !book.positions.isEmpty else { continue }
            let tally = check(Masks(book), caller, &random)
            print(
                "  \(gene.symbol): \(tally.pairs) pairs, \(tally.unique) unique phased, \(tally.unphasedUnique) unphased"
            )
            total.pairs += tally.pairs
            total.unique += tally.unique
            total.unphasedUnique += tally.unphasedUnique
        }
        print(
            "every pair (seed \(seed)): \(total.pairs) pairs, phased unique \(total.unique), unphased unique "
                + "\(total.unphasedUnique)")
        #expect(total.pairs > 5_000)
    }

    private func check(_ masks: Masks, _ caller: DiplotypeCaller, _ random: inout SeededGenerator) -> Tally {
        let book = masks.book
        var tally = Tally()
        var sample = SampleGenotypes(sampleID: "pair", siteCount: caller.catalog.siteCount)
        let count = book.alleles.count
        let all = count * (count + 1) / 2
        let share = Self.isExhaustive || all < 3_000 ? 1.0 : Double(Self.sampledPairs) / Double(all)
        for one in book.alleles.indices {
            for other in one..<count where share >= 1 || Double.random(in: 0..<1, using: &random) < share {
                let first = book.strand(of: book.alleles[one], using: &random)
                let second = book.strand(of: book.alleles[other], using: &random)
                tally.pairs += 1
                book.write(first, second, isPhased: true, into: &sample)
                let phased = caller.call(sample, gene: book.gene)
                let expected = Self.names(masks, first, second)
                if phased.diplotypeCount == 1 { tally.unique += 1 }
                let isLowest = book.gene.calling == .lowestFunction
                if isLowest {
                    Self.expectStrands(phased, book, one, other)
                } else if Set(phased.candidates.map(\.name)) != expected {
                    Issue.record("\(book.gene.symbol) phased: \(phased.candidates.map(\.name)), expected \(expected)")
                }
                book.write(first, second, isPhased: false, into: &sample)
                let unphased = caller.call(sample, gene: book.gene)
                if unphased.diplotypeCount == 1 { tally.unphasedUnique += 1 }
                if isLowest {
                    Self.expectContained(unphased, book, one, other)
                } else {
                    Self.expectPossible(unphased, book, first, second, includes: expected)
                }
            }
        }
        return tally
    }

    /// The pairs that two known strands allow.
    private static func names(_ masks: Masks, _ first: [Int8], _ second: [Int8]) -> Set<String> {
        let gene = masks.book.gene
        var names: Set<String> = []
        for one in masks.fitting(first) {
            for other in masks.fitting(second) {
                let pair = [gene.alleles[one], gene.alleles[other]].sorted { NaturalOrder.precedes($0.name, $1.name) }
                names.insert(pair.map(\.reportedName).joined(separator: "/"))
            }
        }
        return names
    }

    /// Every member makes the genotype, and those of the phased set are among them.
    private static func expectPossible(
        _ call: GeneCall, _ book: AlleleBook, _ first: [Int8], _ second: [Int8], includes names: Set<String>
    ) {
        for candidate in call.candidates {
            guard let one = candidate.first.alleles.first, let other = candidate.second?.alleles.first,
                book.makes(book.gene.alleles[one], book.gene.alleles[other], first, second)
            else {
                Issue.record("\(book.gene.symbol) unphased: \(candidate.name) does not make the genotype")
                continue
            }
        }
        let isListed = names.isSubset(of: Set(call.candidates.map(\.name)))
        if !isListed, call.diplotypeCount <= GeneCall.listingLimit {
            Issue.record("\(book.gene.symbol) unphased: \(names) not in \(call.candidates.map(\.name))")
        }
    }

    private static func expectStrands(_ call: GeneCall, _ book: AlleleBook, _ one: Int, _ other: Int) {
        let pair = [book.alleles[one], book.alleles[other]].sorted { NaturalOrder.precedes($0.name, $1.name) }
        let name = pair.map(\.name).joined(separator: "/")
        if call.candidates.map(\.name) != [name] {
            Issue.record("\(book.gene.symbol) phased: \(call.candidates.map(\.name)), expected \(name)")
        }
    }

    /// The pair itself, and where both differ from the reference and each other also both on one strand.
    private static func expectContained(_ call: GeneCall, _ book: AlleleBook, _ one: Int, _ other: Int) {
        let pair = [book.alleles[one], book.alleles[other]].sorted { NaturalOrder.precedes($0.name, $1.name) }
        let reference = book.gene.referenceAllele
        var expected: Set<String> = [pair.map(\.name).joined(separator: "/")]
        let share = Set(pair[0].constraints.map(\.position)).isDisjoint(with: pair[1].constraints.map(\.position))
        if let reference, share, one != other, !pair.contains(where: { $0.index == reference }) {
            expected.insert("\(book.gene.alleles[reference].name)/[\(pair.map(\.name).joined(separator: " + "))]")
        }
        if Set(call.candidates.map(\.name)) != expected {
            Issue.record("\(book.gene.symbol) unphased: \(call.candidates.map(\.name)), expected \(expected)")
        }
    }
}
