/// Where the sites of a knowledge release lie on both assemblies, and what each allele of them is in the shortest form.
///
/// Built once a release; immutable and shared.
public final class SiteMap: Sendable {
    /// The release's genes.
    public let catalog: GeneCatalog
    let builds: [BuildSites]

    /// The map of a release.
    public init(catalog: GeneCatalog) {
        self.catalog = catalog
        builds = GeneCatalog.Build.allCases.map { BuildSites(catalog: catalog, build: $0) }
    }

    /// The sites on one assembly.
    func sites(on build: GeneCatalog.Build) -> BuildSites { build == .grch37 ? builds[0] : builds[1] }

    /// `10:94781859`, the place of a site on GRCh38, for messages.
    func place(ofSite site: Int) -> String {
        let position = catalog.positions[site]
        return "\(position.chromosome):\(position.grch38)"
    }
}

/// The sites of one assembly, by chromosome and position.
struct BuildSites: Sendable {
    let build: GeneCatalog.Build
    /// All sites, by chromosome and position.
    let sites: [MappedSite]
    /// The positions of `sites`, for the search.
    let positions: [Int64]
    /// What a record of one base needs, in the order of `sites`.
    let plain: [PlainSite]
    /// Where in `sites` a chromosome begins, by its code; one more entry than codes.
    let chromosomes: [Int]
    /// The longest reference of a site less 1: how far to the left of a place a site that reaches it can begin.
    let reach: Int64
    /// Reference bases that the definitions give, by place.
    private let known: [UInt64: UInt8]

    init(catalog: GeneCatalog, build: GeneCatalog.Build) {
        self.build = build
        var known: [UInt64: UInt8] = [:]
        var places: [(code: UInt8, start: Int64, position: DefinitionPosition, reference: [UInt8])] = []
        for position in catalog.positions {
            let reference = position.referenceBases(on: build)
            guard let code = ChromosomeCode.code(position.chromosome), let start = position.start(on: build),
                !reference.isEmpty
            else { continue }
            for (offset, base) in reference.enumerated() { known[Self.key(code, start + Int64(offset))] = base }
            places.append((code, start, position, reference))
        }
        self.known = known
        places.sort { ($0.code, $0.start, $0.position.siteIndex) < ($1.code, $1.start, $1.position.siteIndex) }
        sites = places.map { place in
            MappedSite(
                position: place.position, chromosome: place.code, start: place.start, reference: place.reference,
                base: { known[Self.key(place.code, $0)] })
        }
        positions = sites.map(\.start)
        plain = Self.plainSites(sites)
        reach = Int64((sites.map(\.reference.count).max() ?? 1) - 1)
        var chromosomes = [Int](repeating: 0, count: 27)
        for site in sites { chromosomes[Int(site.chromosome) + 1] += 1 }
        for code in 1..<27 { chromosomes[code] += chromosomes[code - 1] }
        self.chromosomes = chromosomes
    }

    private static func plainSites(_ sites: [MappedSite]) -> [PlainSite] {
        var furthest: (chromosome: UInt8, end: Int64) = (0, 0)
        return sites.indices.map { index in
            let site = sites[index]
            var isAlone = !(furthest.chromosome == site.chromosome && furthest.end >= site.start)
            if index + 1 < sites.count, sites[index + 1].chromosome == site.chromosome {
                isAlone = isAlone && sites[index + 1].start > site.end
            }
            let end = furthest.chromosome == site.chromosome ? max(furthest.end, site.end) : site.end
            furthest = (site.chromosome, end)
            return PlainSite(
                site: Int32(site.site), reference: site.reference[0], isPlain: isAlone && site.isSingleBase,
                codes: site.baseCodes)
        }
    }

    /// The first site of a chromosome that begins at `position` or after it; the end of the chromosome's sites when there is none.
    @inline(__always)
    func firstIndex(_ chromosome: UInt8, atOrAfter position: Int64) -> Int {
        var low = chromosomes[Int(chromosome)]
        var high = chromosomes[Int(chromosome) + 1]
        while low < high {
            let middle = (low + high) >> 1
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The sites that `start...end` touches.
    func indices(_ chromosome: UInt8, _ start: Int64, _ end: Int64) -> [Int] {
        var found: [Int] = []
        var index = firstIndex(chromosome, atOrAfter: start - reach)
        let limit = chromosomes[Int(chromosome) + 1]
        while index < limit, positions[index] <= end {
            if sites[index].end >= start { found.append(index) }
            index += 1
        }
        return found
    }

    /// The reference base at a place, where a definition gives it.
    func base(_ chromosome: UInt8, _ position: Int64) -> UInt8? { known[Self.key(chromosome, position)] }

    private static func key(_ chromosome: UInt8, _ position: Int64) -> UInt64 {
        UInt64(chromosome) << 56 | UInt64(truncatingIfNeeded: position) & 0x00FF_FFFF_FFFF_FFFF
    }
}

extension DefinitionPosition {
    /// Where it begins on an assembly, nil where that is not known.
    func start(on build: GeneCatalog.Build) -> Int64? { build == .grch38 ? grch38 : grch37 }

    /// The assembly's own bases.
    func referenceBases(on build: GeneCatalog.Build) -> [UInt8] {
        Array((build == .grch37 ? grch37Reference ?? reference : reference).utf8)
    }
}
