@testable import PharmacogenomicsCore

/// The definitions of one gene read in the plainest way: an independent statement of what an allele accepts, against
/// which the caller's masks and walks are checked.
struct AlleleBook {
    let gene: GeneDefinition
    /// The defining positions by their index in the gene.
    let positions: [DefinitionPosition]
    /// The alleles that have a definition.
    let alleles: [NamedAllele]

    private let byDefault: [UInt64]
    private let own: [[Int: UInt64]]

    init(_ gene: GeneDefinition) {
        self.gene = gene
        positions = gene.positions.filter { $0.role == .defining }
        alleles = gene.alleles.filter { ($0.kind == .reference || $0.kind == .allele) && !$0.constraints.isEmpty }
        let stated = gene.alleles.map { allele in
            Dictionary(allele.constraints.map { ($0.position, $0.accepted) }, uniquingKeysWith: { one, _ in one })
        }
        own = stated
        let reference = gene.referenceAllele.map { stated[$0] } ?? [:]
        byDefault = gene.positions.map { position in
            guard let bits = reference[position.index], bits.nonzeroBitCount == 1 else { return 1 }
            return bits
        }
    }

    /// The bases that an allele may have at a position, as bits: its own, else the reference allele's, else GRCh38's.
    func bits(_ allele: NamedAllele, at position: DefinitionPosition) -> UInt64 {
        own[allele.index][position.index] ?? byDefault[position.index]
    }

    /// The same as codes.
    func accepted(_ allele: NamedAllele, at position: DefinitionPosition) -> [Int8] {
        let bits = bits(allele, at: position)
        return (0..<Int8(position.alleles.count)).filter { bits & (1 << UInt64($0)) != 0 }
    }

    /// One strand of an allele, position by position; ambiguous ones drawn.
    func strand(of allele: NamedAllele, using random: inout SeededGenerator) -> [Int8] {
        positions.map { position in
            let bits = bits(allele, at: position)
            if bits.nonzeroBitCount == 1 { return Int8(bits.trailingZeroBitCount) }
            return accepted(allele, at: position).randomElement(using: &random) ?? 0
        }
    }

    /// Whether an allele may have that strand; an unknown base excludes nothing.
    func fits(_ allele: NamedAllele, _ strand: [Int8]) -> Bool {
        for (position, base) in zip(positions, strand) where base != SiteCall.unknown {
            if bits(allele, at: position) & (1 << UInt64(base)) == 0 { return false }
        }
        return true
    }

    /// Writes the two strands into the gene's sites of a sample.
    func write(_ first: [Int8], _ second: [Int8], isPhased: Bool, into sample: inout SampleGenotypes) {
        for (number, position) in positions.enumerated() {
            sample.sites[position.siteIndex] = SiteCall(
                first: first[number], second: second[number], isPhased: isPhased)
        }
    }

    /// Whether two alleles together make the unphased genotype, position by position.
    func makes(_ one: NamedAllele, _ other: NamedAllele, _ first: [Int8], _ second: [Int8]) -> Bool {
        for (number, position) in positions.enumerated() {
            let left = bits(one, at: position)
            let right = bits(other, at: position)
            func may(_ bits: UInt64, _ base: Int8) -> Bool {
                base == SiteCall.unknown || bits & (1 << UInt64(base)) != 0
            }
            let straight = may(left, first[number]) && may(right, second[number])
            let crossed = may(left, second[number]) && may(right, first[number])
            if !straight, !crossed { return false }
        }
        return true
    }
}
