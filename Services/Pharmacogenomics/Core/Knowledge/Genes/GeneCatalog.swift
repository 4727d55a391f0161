/// All genes of a knowledge release, with the sites of the genome that define them.
public struct GeneCatalog: Sendable {
    /// A reference genome.
    public enum Build: Sendable, Hashable, CaseIterable {
        /// GRCh37 (hg19).
        case grch37
        /// GRCh38 (hg38).
        case grch38
    }

    /// The genes by their symbols' order; a gene's `index` is its place here.
    public let genes: [GeneDefinition]
    /// All genes' positions by their `siteIndex`.
    public let positions: [DefinitionPosition]

    private let indexBySymbol: [GeneSymbol: Int]
    private let sites37: SiteIndex
    private let sites38: SiteIndex

    /// A catalog of genes whose indices and site indices are without gaps, as the loader makes them.
    init(genes: [GeneDefinition]) {
        self.genes = genes
        positions = genes.flatMap(\.positions).sorted { $0.siteIndex < $1.siteIndex }
        indexBySymbol = Dictionary(genes.map { ($0.symbol, $0.index) }, uniquingKeysWith: { first, _ in first })
        var places37: [(chromosome: UInt8, position: Int64, site: Int)] = []
        var places38: [(chromosome: UInt8, position: Int64, site: Int)] = []
        for position in positions {
            guard let code = ChromosomeCode.code(position.chromosome) else { continue }
            places38.append((code, position.grch38, position.siteIndex))
            if let grch37 = position.grch37 { places37.append((code, grch37, position.siteIndex)) }
        }
        sites37 = SiteIndex(places37)
        sites38 = SiteIndex(places38)
    }

    /// The gene of that symbol, nil when the release does not have it.
    public subscript(symbol: GeneSymbol) -> GeneDefinition? {
        indexBySymbol[symbol].map { genes[$0] }
    }

    /// The number of positions of all genes.
    public var siteCount: Int { positions.count }

    /// The site indices at a place, mostly none or one; the chromosome as `ChromosomeCode` has it. It allocates
    /// nothing.
    public func sites(chromosome: UInt8, position: Int64, build: Build) -> ArraySlice<Int> {
        switch build {
        case .grch37: sites37.sites(chromosome: chromosome, position: position)
        case .grch38: sites38.sites(chromosome: chromosome, position: position)
        }
    }

    /// The site indices at a place; the chromosome with or without `chr`.
    public func sites(chromosome: String, position: Int64, build: Build) -> ArraySlice<Int> {
        guard let code = ChromosomeCode.code(chromosome) else { return [] }
        return sites(chromosome: code, position: position, build: build)
    }
}
