import Contracts
import Domain
import PharmacogenomicsCore
import Testing

@testable import PharmacogenomicsAdapter

@Suite("A release travels whole, is read once, and states follow from one to the next")
struct KnowledgeShelfTests {
    @Test func `a package survives its event, which fits into one message`() throws {
        let package = try KnowledgePackage(files: StreamSample.files)
        let event = try package.event(
            version: "x", releasedAt: StreamSample.start, source: "test", producedAt: StreamSample.start)
        try event.validate()
        let bytes = event.encoded()
        print("the release takes \(bytes.count) bytes in its event")
        #expect(bytes.count < 1_000_000)
        let back = try KnowledgePackage(unpacking: KnowledgeReleased(decoding: bytes))
        #expect(back.files == package.files && back.digest == package.digest)
    }

    @Test func `a digest depends on every name and every byte`() throws {
        let digest = try KnowledgeDigest.of(["a": [1, 2], "b": [3]])
        // SHA-256 of 61 00 01 02 00 62 00 03 00.
        #expect(try digest == KnowledgeDigest.of(["b": [3], "a": [1, 2]]))
        #expect(try digest != KnowledgeDigest.of(["a": [1], "b": [3]]))
        #expect(try digest != KnowledgeDigest.of(["a": [1, 2], "c": [3]]))
        #expect(digest.count == 64)
    }

    @Test func `a package with a broken or repeated file, or another digest, is refused by name`() throws {
        let package = try KnowledgePackage(files: ["a.tsv": [1], "b.tsv": [2]])
        var event = try package.event(
            version: "x", releasedAt: StreamSample.start, source: "test", producedAt: StreamSample.start)
        event.files[1].contentZstd = [1, 2, 3]
        let broken = #expect(throws: PharmacogenomicsError.self) { try KnowledgePackage(unpacking: event) }
        #expect(broken?.detail.contains("b.tsv") == true)
        event.files[1] = event.files[0]
        let twice = #expect(throws: PharmacogenomicsError.self) { try KnowledgePackage(unpacking: event) }
        #expect(twice?.detail.contains("a.tsv comes twice") == true)
        event.files.removeLast()
        let other = #expect(throws: PharmacogenomicsError.self) { try KnowledgePackage(unpacking: event) }
        #expect(other?.detail.contains("digest") == true)
    }

    @Test func `the built-in release says when it was released`() throws {
        let shelf = try StreamSample.shelf.get()
        let event = try BuiltInRelease.event(
            of: KnowledgePackage(files: StreamSample.files), version: shelf.builtIn.base.version)
        #expect(event.digest == shelf.builtIn.digest && event.releasedAt.microseconds > 0)
        #expect(throws: PharmacogenomicsError.self) {
            try BuiltInRelease.event(of: KnowledgePackage(files: [:]), version: "x")
        }
    }

    @Test func `genotypes mean the same under a release with a position fewer`() throws {
        let shelf = try KnowledgeShelf(builtIn: KnowledgePackage(files: StreamSample.files))
        // A position of ABCG2 or CACNA1S, before those of CYP2C19: all numbers behind it change.
        let catalog = shelf.builtIn.base.genes
        let first = try #require(catalog.genes.first { $0.positions.count == 1 })
        let smaller = try shelf.read(Self.without(first.symbol))
        #expect(smaller.base.genes.siteCount < catalog.siteCount)
        var profile = PatientProfile()
        try profile.adopt(shelf.builtIn, from: shelf)
        let record = try StreamSample.genotypes(StreamSample.cyp2c19(catalog, copiesOf2: 2))
        let sites = try shelf.builtIn.intake.sites(of: record.calls, assembly: "GRCh38", format: .gvcf)
        _ = profile.take(record, sites: sites)
        try profile.adopt(smaller, from: shelf)
        let evaluated = profile.evaluated(under: smaller)
        #expect(evaluated.calls.first { $0.gene == "CYP2C19" }?.candidates.map(\.name) == ["*2/*2"])
        #expect(evaluated.calls.first { $0.gene == "CYP2C19" }?.missingPositions == [])
    }

    @Test func `a state that rests on a release that nobody has any more is not guessed at`() throws {
        let shelf = try KnowledgeShelf(builtIn: KnowledgePackage(files: StreamSample.files))
        let catalog = shelf.builtIn.base.genes
        let gene = try #require(catalog.genes.first { $0.positions.count == 1 })
        let other = try KnowledgeEdition(Self.without(gene.symbol))
        var profile = PatientProfile()
        try profile.adopt(other, from: shelf)
        _ = profile.take(try StreamSample.genotypes([]), sites: [])
        let error = #expect(throws: PharmacogenomicsError.self) { try profile.adopt(shelf.builtIn, from: shelf) }
        #expect(error?.code == .unknownRelease)
    }

    /// The tables without a gene.
    private static func without(_ gene: GeneSymbol) throws -> KnowledgePackage {
        var files = StreamSample.files
        for (name, content) in files {
            let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let marks = [Array("\(gene)\t".utf8), Array("\t\(gene)=".utf8), Array("\t\(gene):".utf8)]
            let isGeneTable = !name.hasPrefix("drugs") && !name.hasPrefix("pairs")
            files[name] = Array(
                lines.filter { line in
                    !(isGeneTable
                        && (line.starts(with: marks[0]) || contains(line, "\(gene)=") || contains(line, "\(gene):")))
                }.joined(separator: [UInt8(ascii: "\n")]))
        }
        return try KnowledgePackage(files: files)
    }

    private static func contains(_ line: ArraySlice<UInt8>, _ text: String) -> Bool {
        String(decoding: line, as: UTF8.self).contains(text)
    }
}
