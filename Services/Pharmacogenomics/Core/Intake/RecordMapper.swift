/// Turns the alleles of one record into the alleles of the sites that it speaks of.
///
/// A site is matched by what a record's allele changes, in its shortest and leftmost form, not by how it is written. What is left in `entries`
/// is valid until the next record.
struct RecordMapper {
    /// What the record says of one site.
    struct Entry {
        let site: Int
        /// A record of its own stands above a block of reference or a deletion that begins elsewhere.
        let isOwn: Bool
        /// Where in `codes` the site's alleles of the record's alleles begin.
        let start: Int
    }

    let map: SiteMap
    let own: BuildSites
    private let other: BuildSites
    private(set) var entries: [Entry] = []
    /// For each entry the allele of REF and of every ALT.
    private(set) var codes: [Int16] = []
    /// REF and the ALTs.
    private(set) var alleleCount = 0
    /// Whether an allele of the record is a symbol, not a sequence.
    private(set) var hasSymbols = false
    /// Sites at which the record's reference is another.
    private(set) var mismatches: [Int] = []
    var evidence = BuildEvidence()
    var names = NovelNames()

    init(map: SiteMap, build: GeneCatalog.Build) {
        self.map = map
        own = map.sites(on: build)
        other = map.sites(on: build.other)
    }

    /// True when the sites near `position` need a closer look at a record of at most `length` bases that begins there.
    @inline(__always)
    func isNear(_ chromosome: UInt8, _ position: Int64, length: Int) -> Bool {
        let index = own.firstIndex(chromosome, atOrAfter: position - own.reach)
        return index < own.chromosomes[Int(chromosome) + 1] && own.positions[index] <= position + Int64(length)
    }

    /// Notes when a record fits a site of the other assembly.
    @inline(__always)
    mutating func noteOther(
        _ chromosome: UInt8, _ position: Int64, _ reference: UnsafeRawBufferPointer,
        _ alternates: UnsafeRawBufferPointer
    ) {
        let index = other.firstIndex(chromosome, atOrAfter: position)
        guard index < other.chromosomes[Int(chromosome) + 1], other.positions[index] == position else { return }
        let site = other.plain[index]
        guard site.isPlain, reference.count == 1, reference[0].upperBase == site.reference else { return }
        let isWithout = alternates.count == 1 && alternates[0] == UInt8(ascii: ".")
        guard isWithout || alternates.contains(where: { (site.code(ofBase: $0.upperBase) ?? -1) >= 0 }) else { return }
        evidence.fitsOther += 1
    }

    /// Maps a record; `blockEnd` is the last base of a block of reference.
    mutating func read(
        _ chromosome: UInt8, _ position: Int64, _ reference: UnsafeRawBufferPointer,
        _ alternates: UnsafeRawBufferPointer, blockEnd: Int64?, line: Int
    ) {
        entries.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        mismatches.removeAll(keepingCapacity: true)
        hasSymbols = false
        if let blockEnd {
            readBlock(chromosome, position, blockEnd, alternates)
        } else if !readSingleBase(chromosome, position, reference, alternates, line: line) {
            readAny(chromosome, position, reference, alternates, line: line)
        }
    }

    // MARK: - A block of reference

    private mutating func readBlock(
        _ chromosome: UInt8, _ start: Int64, _ end: Int64, _ alternates: UnsafeRawBufferPointer
    ) {
        let isWithout = alternates.count == 1 && alternates[0] == UInt8(ascii: ".")
        alleleCount = isWithout ? 1 : 1 + alternates.count { $0 == UInt8(ascii: ",") } + 1
        var index = own.firstIndex(chromosome, atOrAfter: start)
        let limit = own.chromosomes[Int(chromosome) + 1]
        while index < limit, own.positions[index] <= end {
            let site = own.sites[index]
            if site.end <= end {
                entries.append(Entry(site: site.site, isOwn: false, start: codes.count))
                codes.append(site.referenceCode)
                for _ in 1..<alleleCount { codes.append(AlleleCode.unknown) }
            }
            index += 1
        }
    }

    // MARK: - One base at a site of one base

    /// The usual record. False when it needs the long way.
    private mutating func readSingleBase(
        _ chromosome: UInt8, _ position: Int64, _ reference: UnsafeRawBufferPointer,
        _ alternates: UnsafeRawBufferPointer, line: Int
    ) -> Bool {
        guard reference.count == 1, alternates.count & 1 == 1 else { return false }
        let index = own.firstIndex(chromosome, atOrAfter: position)
        guard index < own.chromosomes[Int(chromosome) + 1], own.positions[index] == position, own.plain[index].isPlain
        else { return false }
        let site = own.plain[index]
        let base = reference[0].upperBase
        let isWithout = alternates.count == 1 && alternates[0] == UInt8(ascii: ".")
        alleleCount = isWithout ? 1 : (alternates.count + 1) / 2 + 1
        codes.append(site.code(ofBase: base) ?? AlleleCode.unknown)
        var isListed = isWithout
        if !isWithout {
            for offset in 0..<alternates.count {
                let byte = alternates[offset]
                guard offset & 1 == 0 else {
                    if byte == UInt8(ascii: ",") { continue }
                    codes.removeAll(keepingCapacity: true)
                    return false
                }
                guard let code = site.code(ofBase: byte.upperBase) ?? Self.spannedCode(byte) else {
                    codes.removeAll(keepingCapacity: true)
                    return false
                }
                if code >= 0 { isListed = true }
                codes.append(code)
            }
        }
        guard base == site.reference else {
            judgeMismatch(chromosome, position, Int(site.site), site, base, alternates, line: line)
            return true
        }
        if isListed { evidence.fits += 1 }
        entries.append(Entry(site: Int(site.site), isOwn: true, start: 0))
        return true
    }

    private static func spannedCode(_ byte: UInt8) -> Int16? { byte == UInt8(ascii: "*") ? AlleleCode.spanned : nil }

    /// Says why a reference base of one base may be another.
    private mutating func judgeMismatch(
        _ chromosome: UInt8, _ position: Int64, _ number: Int, _ site: PlainSite, _ base: UInt8,
        _ alternates: UnsafeRawBufferPointer, line: Int
    ) {
        mismatches.append(number)
        let sight = BuildEvidence.Sight(
            site: number, line: line, position: position, chromosome: chromosome, found: base, expected: site.reference)
        let isListed = (site.code(ofBase: base) ?? -1) >= 0
        if isListed, alternates.contains(where: { $0.upperBase == site.reference }) {
            evidence.swaps += 1
            if evidence.firstSwap == nil { evidence.firstSwap = sight }
        } else if BuildEvidence.complement(base) == site.reference,
            alternates.contains(where: { byte in
                let turned = BuildEvidence.complement(byte.upperBase)
                return turned != byte && turned != site.reference && (site.code(ofBase: turned) ?? -1) >= 0
            })
        {
            evidence.flips += 1
            if evidence.firstFlip == nil { evidence.firstFlip = sight }
        } else {
            evidence.mismatches += 1
            if evidence.firstMismatch == nil { evidence.firstMismatch = sight }
        }
    }

    // MARK: - Everything else

    private mutating func readAny(
        _ chromosome: UInt8, _ position: Int64, _ reference: UnsafeRawBufferPointer,
        _ alternates: UnsafeRawBufferPointer, line: Int
    ) {
        let bases = reference.map(\.upperBase)
        let isWithout = alternates.count == 1 && alternates[0] == UInt8(ascii: ".")
        let record = RecordAlleles(
            chromosome: chromosome, position: position, reference: bases,
            alternates: isWithout
                ? []
                : alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
                    $0.map(\.upperBase)
                }, sites: own)
        alleleCount = 1 + record.alleles.count
        hasSymbols = record.alleles.contains { if case .symbol = $0 { true } else { false } }
        let indices = record.indices(in: own)
        var explained = Set<Int>()
        for index in indices where !own.sites[index].isSingleBase {
            for (number, allele) in record.alleles.enumerated() {
                if case .edit(let edit) = allele, own.sites[index].edits[edit] != nil { explained.insert(number) }
            }
        }
        for index in indices {
            let site = own.sites[index]
            guard agrees(record, site) else {
                noteMismatch(record, own.plain[index], site, alternates, line: line)
                continue
            }
            let view = SiteView(site: site, record: record, explained: explained)
            guard let found = view.alleles(&names) else { continue }
            entries.append(Entry(site: site.site, isOwn: found.isOwn, start: codes.count))
            codes += found.codes
            if site.isSingleBase, found.codes.dropFirst().contains(where: { $0 >= 0 }) { evidence.fits += 1 }
        }
    }

    /// Whether the record's reference has the assembly's bases where it touches the site.
    private func agrees(_ record: RecordAlleles, _ site: MappedSite) -> Bool {
        for offset in record.reference.indices {
            let place = Int(record.position + Int64(offset) - site.start)
            guard site.reference.indices.contains(place) else { continue }
            if site.reference[place] != record.reference[offset] { return false }
        }
        return true
    }

    private mutating func noteMismatch(
        _ record: RecordAlleles, _ plain: PlainSite, _ site: MappedSite, _ alternates: UnsafeRawBufferPointer, line: Int
    ) {
        let offset = Int(max(record.position, site.start) - record.position)
        guard record.reference.indices.contains(offset) else { return }
        if site.isSingleBase, record.reference.count == 1 {
            judgeMismatch(
                record.chromosome, record.position, site.site, plain, record.reference[0], alternates, line: line)
            return
        }
        mismatches.append(site.site)
        let sight = BuildEvidence.Sight(
            site: site.site, line: line, position: max(record.position, site.start), chromosome: record.chromosome,
            found: record.reference[offset],
            expected: site.reference[Int(max(record.position, site.start) - site.start)])
        let isSwapped =
            record.position == site.start
            && site.edits.keys.contains { edit in
                let swapped = SequenceEdit(
                    position: site.start, reference: site.reference, alternate: record.reference)
                return swapped == edit && record.spells(site.reference)
            }
        if isSwapped {
            evidence.swaps += 1
            if evidence.firstSwap == nil { evidence.firstSwap = sight }
        } else {
            evidence.mismatches += 1
            if evidence.firstMismatch == nil { evidence.firstMismatch = sight }
        }
    }
}

extension UInt8 {
    /// The capital of a base; any other byte as it is.
    @inline(__always)
    var upperBase: UInt8 { self &- 97 < 26 ? self & 0xDF : self }
}
