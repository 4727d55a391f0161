import Contracts
import Domain
import PharmacogenomicsCore
import Testing

@testable import PharmacogenomicsAdapter

@Suite("What is kept of a person stays small")
struct ResultSizeTests {
    /// Every position of every gene, three medications and a laboratory's report.
    @Test func `state, events and report of a whole genome`() throws {
        let catalog = try StreamSample.shelf.get().builtIn.base.genes
        var person = try Person()
        let calls = catalog.genes.flatMap { StreamSample.calls(of: $0.symbol, in: catalog) }
        let genotype = try person.take(StreamSample.genotypes(calls))
        try person.take(try StreamSample.diplotype("CYP2D6", "*1/*4"))
        try person.take(try StreamSample.medication("clopidogrel"))
        let medication = try person.take(StreamSample.medication("paroxetine", authored: 3, received: 20))
        var state: [UInt8] = []
        person.state.encode(into: &state)
        print(
            "sites: \(catalog.siteCount), state: \(state.count) bytes; first genotype: \(genotype.publications.count) events, "
                + "\(genotype.publications.reduce(0) { $0 + $1.payload.count }) bytes, report \(genotype.documents.first?.json.utf8.count ?? 0) bytes; "
                + "a medication: \(medication.publications.count) events, \(medication.publications.reduce(0) { $0 + $1.payload.count }) bytes"
        )
        #expect(state.count < 16_384)
        for publication in genotype.publications { #expect(publication.payload.count < 128 << 10) }
    }
}
