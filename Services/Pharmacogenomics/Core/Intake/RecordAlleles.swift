/// The alleles of one record, each with what it changes.
struct RecordAlleles {
    /// One alternate.
    enum Allele {
        /// A sequence; what it changes, in the shortest and leftmost form.
        case edit(SequenceEdit)
        /// `*`: the base is gone with a deletion that begins before it.
        case spanned
        /// A symbol or a breakend: no sequence.
        case symbol
    }

    let chromosome: UInt8
    let position: Int64
    let reference: [UInt8]
    let alternates: [[UInt8]]
    let alleles: [Allele]

    /// The last base of REF.
    var end: Int64 { position + Int64(reference.count) - 1 }

    init(chromosome: UInt8, position: Int64, reference: [UInt8], alternates: [[UInt8]], sites: BuildSites) {
        self.chromosome = chromosome
        self.position = position
        self.reference = reference
        self.alternates = alternates
        alleles = alternates.map { bases in
            if bases == [UInt8(ascii: "*")] { return .spanned }
            guard !bases.isEmpty, bases.allSatisfy(\.isSequenceBase), reference.allSatisfy(\.isSequenceBase) else {
                return .symbol
            }
            var edit = SequenceEdit(position: position, reference: reference, alternate: bases)
            edit.alignLeft { place in
                let offset = Int(place - position)
                return reference.indices.contains(offset) ? reference[offset] : sites.base(chromosome, place)
            }
            return .edit(edit)
        }
    }

    /// The sites that the record touches or that one of its alleles, shifted to the left, belongs to.
    func indices(in sites: BuildSites) -> [Int] {
        var found = sites.indices(chromosome, position, end)
        for case .edit(let edit) in alleles where !edit.keepsLength && edit.start - 1 < position {
            for index in sites.indices(chromosome, edit.start - 1, position) where !found.contains(index) {
                found.append(index)
            }
        }
        return found
    }

    /// Whether one of the alternates is this sequence.
    func spells(_ bases: [UInt8]) -> Bool { alternates.contains(bases) }
}

extension UInt8 {
    /// A, C, G or T, in capitals.
    var isSequenceBase: Bool {
        switch self {
        case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): true
        default: false
        }
    }
}
