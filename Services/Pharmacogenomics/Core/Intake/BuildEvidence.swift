/// What the reference bases of a source say about its assembly and strand.
struct BuildEvidence {
    /// Where something was seen first.
    struct Sight {
        var site: Int
        var line: Int
        var position: Int64
        var chromosome: UInt8
        var found: UInt8
        var expected: UInt8
    }

    /// Records that fit a site of the assembly that the source is read as: the reference base, and an alternate that is listed.
    var fits = 0
    /// Records that fit a site of the other assembly in the same way.
    var fitsOther = 0
    /// Records whose reference base is another, without a reason that could be told.
    var mismatches = 0
    var firstMismatch: Sight?
    /// Records whose reference is a listed alternate and whose alternate is the reference.
    var swaps = 0
    var firstSwap: Sight?
    /// Records whose bases would fit as those of the other strand.
    var flips = 0
    var firstFlip: Sight?

    /// The base of the other strand.
    static func complement(_ base: UInt8) -> UInt8 {
        switch base {
        case UInt8(ascii: "A"): UInt8(ascii: "T")
        case UInt8(ascii: "C"): UInt8(ascii: "G")
        case UInt8(ascii: "G"): UInt8(ascii: "C")
        case UInt8(ascii: "T"): UInt8(ascii: "A")
        default: base
        }
    }

    /// The refusal that the evidence asks for; nil when the source may be used.
    func refusal(build: GeneCatalog.Build, wasStated: Bool, operation: String, map: SiteMap) -> IntakeError? {
        let name = build.name
        let other = build.other.name
        let wrong = mismatches + swaps + flips
        if fitsOther >= 2, fitsOther > 2 * fits {
            let first = firstMismatch ?? firstSwap ?? firstFlip
            let seen = first.map {
                "; REF at \(Self.place($0)) is \(Self.letter($0.expected)) in \(name), the source says \(Self.letter($0.found))"
            }
            return IntakeError(
                code: .wrongAssembly, operation: operation, line: first?.line ?? 0,
                detail:
                    "read as \(name)\(wasStated ? "" : " (assumed)"), but \(fitsOther) records fit the positions of \(other) and "
                    + "\(fits) those of \(name)\(seen ?? ""): pass --assembly \(other)")
        }
        if let swap = firstSwap, !(flips > swaps) {
            return IntakeError(
                code: .swappedAlleles, operation: operation, line: swap.line, place: Self.place(swap),
                detail:
                    "REF is \(Self.letter(swap.found)), but \(name) has \(Self.letter(swap.expected)) there, which the record calls an "
                    + "alternate; REF and ALT are exchanged (\(swaps) record(s)). Nothing is turned back in silence: "
                    + "write the file with the reference of \(name)")
        }
        if let flip = firstFlip, flips >= 1 {
            return IntakeError(
                code: .strandFlip, operation: operation, line: flip.line, place: Self.place(flip),
                detail:
                    "REF is \(Self.letter(flip.found)), \(name) has \(Self.letter(flip.expected)) there: the alleles are those of the "
                    + "other strand (\(flips) record(s)). Which A/T and C/G sites are turned as well cannot be known: "
                    + "write the file on the plus strand of \(name)")
        }
        if let first = firstMismatch, wrong >= 2 {
            return IntakeError(
                code: .referenceMismatch, operation: operation, line: first.line, place: Self.place(first),
                detail:
                    "REF is \(Self.letter(first.found)), but \(Self.letter(first.expected)) in \(name); \(wrong) known positions "
                    + "disagree, and \(other) does not fit either (\(fitsOther) of its positions): state the assembly")
        }
        return nil
    }

    private static func place(_ sight: Sight) -> String { "\(ChromosomeName.text(sight.chromosome)):\(sight.position)" }
    private static func letter(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }
}

extension GeneCatalog.Build {
    /// `GRCh37` or `GRCh38`.
    var name: String { self == .grch37 ? "GRCh37" : "GRCh38" }
    /// The other one.
    var other: Self { self == .grch37 ? .grch38 : .grch37 }
}
