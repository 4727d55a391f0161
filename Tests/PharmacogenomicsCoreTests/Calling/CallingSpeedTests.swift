import Testing

@testable import PharmacogenomicsCore

@Suite("Calling is quick")
struct CallingSpeedTests {
    /// A figure for the log, not a bound on a shared machine; the bound is a hundredfold of what is meant.
    @Test("all genes of one sample")
    func allGenes() throws {
        let catalog = try RepositoryKnowledge.catalog.get()
        let clock = ContinuousClock()
        var caller = DiplotypeCaller(catalog: catalog)
        let start = clock.measure { caller = DiplotypeCaller(catalog: catalog) }
        var plain = SampleGenotypes(sampleID: "reference", siteCount: catalog.siteCount)
        for site in plain.sites.indices { plain.sites[site] = SiteCall(first: 0, second: 0) }
        var random = SeededGenerator(seed: 7)
        var varied = plain
        for _ in 0..<20 {
            varied.sites[Int.random(in: 0..<varied.sites.count, using: &random)] = SiteCall(first: 0, second: 1)
        }
        var sparse = plain
        for site in sparse.sites.indices where Bool.random(using: &random) { sparse.sites[site] = SiteCall() }
        print("calling: \(start) to prepare")
        for (name, sample) in [("reference", plain), ("20 heterozygous", varied), ("half missing", sparse)] {
            let rounds = 20
            var listed = 0
            let time = clock.measure {
                for _ in 0..<rounds { listed += caller.call(sample).reduce(0) { $0 + $1.candidates.count } }
            }
            print("calling: \(name): \(time / rounds) a sample, \(listed / rounds) candidates")
            #expect(time / rounds < .milliseconds(300))
        }
    }
}
