/// Reads what was observed under one release with another: sites and alleles have other numbers there.
public struct SiteTranslation: Sendable {
    /// By old site: the new site, and by old allele the new one.
    private let places: [(site: Int, alleles: [Int8])?]
    /// True when every number stays as it is.
    public let isIdentity: Bool

    /// From `old` numbers to those of `new`.
    public init(from old: GeneCatalog, to new: GeneCatalog) {
        struct Place: Hashable {
            let gene: GeneSymbol
            let chromosome: String
            let position: Int64
            let reference: String
        }
        var known: [Place: DefinitionPosition] = [:]
        for position in new.positions {
            known[
                Place(
                    gene: position.gene, chromosome: position.chromosome, position: position.grch38,
                    reference: position.reference)] = position
        }
        places = old.positions.map { position in
            let place = Place(
                gene: position.gene, chromosome: position.chromosome, position: position.grch38,
                reference: position.reference)
            guard let now = known[place] else { return nil }
            return (
                now.siteIndex,
                position.alleles.map { allele in
                    now.alleles.firstIndex(of: allele).map { Int8(clamping: $0) } ?? SiteCall.novel
                }
            )
        }
        isIdentity =
            old.positions.count == new.positions.count
            && places.enumerated().allSatisfy { index, place in
                place.map { $0.site == index && $0.alleles.enumerated().allSatisfy { Int($1) == $0 } } ?? false
            }
    }

    /// The same observation in the new numbers; nil when the new release does not know the site. An allele that it no longer lists is novel.
    ///
    /// A base that was novel stays novel: what it was is told by the names beside it, and a position that is new in the release is unknown until
    /// the sample is sent again.
    public func translated(site: Int, call: SiteCall) -> (site: Int, call: SiteCall)? {
        guard places.indices.contains(site), let place = places[site] else { return nil }
        var call = call
        call.first = Self.allele(call.first, place.alleles)
        call.second = Self.allele(call.second, place.alleles)
        return (place.site, call)
    }

    private static func allele(_ old: Int8, _ alleles: [Int8]) -> Int8 {
        old < 0 ? old : (alleles.indices.contains(Int(old)) ? alleles[Int(old)] : SiteCall.novel)
    }
}
