import Synchronization
import Testing

@testable import PharmacogenomicsCore

/// A sample that is the reference everywhere, changed position by position, and called.
struct CallingScene {
    let catalog: GeneCatalog
    let gene: GeneDefinition
    var sample: SampleGenotypes
    var options = CallingOptions()

    /// All positions of all genes show the reference on both copies.
    init(_ symbol: GeneSymbol) throws {
        catalog = try RepositoryKnowledge.catalog.get()
        gene = try #require(catalog[symbol])
        sample = SampleGenotypes(sampleID: "scene", siteCount: catalog.siteCount)
        for site in sample.sites.indices { sample.sites[site] = SiteCall(first: 0, second: 0) }
    }

    /// Sets a position by its identifier to `T/C`, `T|C`, `T/.`, `T`, or `missing`; bases that are not documented are novel.
    mutating func set(_ identifier: String, _ genotype: String, phaseSet: Int32 = 0) throws {
        let position = try #require(
            gene.positions.first { $0.identifier == identifier || "\($0.grch38)" == identifier },
            "no position \(identifier)")
        let isPhased = genotype.contains("|")
        let parts = genotype.split(whereSeparator: { $0 == "/" || $0 == "|" }).map(String.init)
        if genotype == "missing" {
            sample.sites[position.siteIndex] = SiteCall()
            return
        }
        let codes = parts.map { text -> Int8 in
            if text == "." { return SiteCall.unknown }
            if let code = position.alleles.firstIndex(of: text) { return Int8(code) }
            sample.novel.append(NovelAllele(site: position.siteIndex, bases: text))
            return SiteCall.novel
        }
        sample.sites[position.siteIndex] = SiteCall(
            first: codes[0], second: codes.count > 1 ? codes[1] : SiteCall.absent, isPhased: isPhased,
            phaseSet: phaseSet)
    }

    /// Forgets all positions but these.
    mutating func keepOnly(_ identifiers: String...) {
        for position in gene.positions where !identifiers.contains(position.identifier) {
            sample.sites[position.siteIndex] = SiteCall()
        }
    }

    func call(outside: OutsideCall? = nil) -> GeneCall {
        Self.caller(catalog, options).call(sample, gene: gene, outside: outside)
    }

    /// Callers are made once for each set of options.
    static func caller(_ catalog: GeneCatalog, _ options: CallingOptions = CallingOptions()) -> DiplotypeCaller {
        callers.withLock { callers in
            if let caller = callers[options] { return caller }
            let caller = DiplotypeCaller(catalog: catalog, options: options)
            callers[options] = caller
            return caller
        }
    }

    private static let callers = Mutex<[CallingOptions: DiplotypeCaller]>([:])

    /// The candidates' names in order.
    func names() -> [String] { call().candidates.map(\.name) }
}
