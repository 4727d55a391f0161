/// What a record of one base needs to know of a site, without anything to be counted.
struct PlainSite: Sendable {
    let site: Int32
    let reference: UInt8
    /// Every allele is one base, and no other site reaches it.
    let isPlain: Bool
    /// The alleles of A, C, G and T.
    let codes: (Int16, Int16, Int16, Int16)

    /// The allele of a base; nil of what is no base.
    @inline(__always)
    func code(ofBase base: UInt8) -> Int16? {
        switch base {
        case UInt8(ascii: "A"): codes.0
        case UInt8(ascii: "C"): codes.1
        case UInt8(ascii: "G"): codes.2
        case UInt8(ascii: "T"): codes.3
        default: nil
        }
    }
}

/// One site as one assembly sees it.
struct MappedSite: Sendable {
    /// `DefinitionPosition.siteIndex`.
    let site: Int
    let chromosome: UInt8
    let start: Int64
    let end: Int64
    /// The assembly's own bases.
    let reference: [UInt8]
    /// The allele that the assembly's own bases are; unknown where no definition lists them.
    let referenceCode: Int16
    /// Every allele is one base.
    let isSingleBase: Bool
    /// All alleles have the reference's length.
    let keepsLength: Bool
    /// The allele of A, C, G and T; of a single base only.
    let baseCodes: (Int16, Int16, Int16, Int16)
    /// What turns the assembly's own bases into an allele.
    let edits: [SequenceEdit: Int16]

    init(
        position: DefinitionPosition, chromosome: UInt8, start: Int64, reference: [UInt8], base: (Int64) -> UInt8?
    ) {
        site = position.siteIndex
        self.chromosome = chromosome
        self.start = start
        end = start + Int64(reference.count) - 1
        self.reference = reference
        let alleles = position.alleles.map { Array($0.utf8) }
        isSingleBase = reference.count == 1 && alleles.allSatisfy { $0.count == 1 }
        keepsLength = alleles.allSatisfy { $0.count == reference.count }
        referenceCode = alleles.firstIndex(of: reference).map { Int16($0) } ?? AlleleCode.unknown
        func code(_ letter: Character) -> Int16 {
            guard let byte = letter.asciiValue else { return AlleleCode.unknown }
            return alleles.firstIndex(of: [byte]).map { Int16($0) } ?? AlleleCode.novel(base: byte)
        }
        baseCodes = (code("A"), code("C"), code("G"), code("T"))
        var edits: [SequenceEdit: Int16] = [:]
        for (index, allele) in alleles.enumerated() where allele != reference {
            var edit = SequenceEdit(position: start, reference: reference, alternate: allele)
            edit.alignLeft(base)
            edits[edit] = Int16(index)
        }
        self.edits = edits
    }

    /// The allele of a base; nil of what is no base.
    @inline(__always)
    func code(ofBase base: UInt8) -> Int16? {
        switch base {
        case UInt8(ascii: "A"): baseCodes.0
        case UInt8(ascii: "C"): baseCodes.1
        case UInt8(ascii: "G"): baseCodes.2
        case UInt8(ascii: "T"): baseCodes.3
        default: nil
        }
    }
}
