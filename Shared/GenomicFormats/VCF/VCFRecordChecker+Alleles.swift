extension VCFRecordChecker {
    /// REF and ALT.
    func checkAlleles(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        let reference = columns.reference
        guard isBases(bytes, reference) else { throw fault("vcf-ref-invalid", "REF", "must be A, C, G, T or N") }
        alternates.removeAll(keepingCapacity: true)
        hasStructural = false
        isWithoutAlternate = bytes.isMissing(columns.alternate)
        var start = columns.alternate.start
        while true {
            let end = bytes.offset(of: UInt8(ascii: ","), from: start, to: columns.alternate.end)
            let allele = ByteRange(start: start, end: end)
            alternates.append(allele)
            if !isWithoutAlternate { try checkAlternate(bytes, allele) }
            guard end < columns.alternate.end else { return }
            start = end + 1
        }
    }

    private func checkAlternate(_ bytes: UnsafeRawBufferPointer, _ allele: ByteRange) throws(GenomicFormatError) {
        guard !allele.isEmpty else { throw invalid("an allele is empty") }
        let first = bytes[allele.start]
        if isBases(bytes, allele) {
            if allele.count == columns.reference.count, isReference(bytes, allele) {
                throw fault("vcf-alt-reference", "ALT", "must differ from REF")
            }
            return
        }
        if first == UInt8(ascii: "*"), allele.count == 1 { return }
        let last = bytes[allele.end - 1]
        if first == UInt8(ascii: "<") {
            guard last == UInt8(ascii: ">"), allele.count > 2 else { throw invalid("a symbol must stand in < >") }
            let name = bytes.text(ByteRange(start: allele.start + 1, end: allele.end - 1))
            guard VCFSymbol.isValid(name, version: version) else {
                throw invalid("a symbol has no white space, comma or angle bracket; a subtype needs a known type")
            }
            hasStructural = hasStructural || name != "*" && name != "NON_REF"
            return
        }
        // A single breakend: .A or A.
        if allele.count > 1, first == UInt8(ascii: ".") || last == UInt8(ascii: ".") {
            let bases =
                first == UInt8(ascii: ".")
                ? ByteRange(start: allele.start + 1, end: allele.end)
                : ByteRange(start: allele.start, end: allele.end - 1)
            if isBases(bytes, bases) { return }
        }
        // Bases before a contig that is inserted as a whole: A<ctg1>.
        if last == UInt8(ascii: ">"), first.isBase {
            let open = bytes.offset(of: UInt8(ascii: "<"), from: allele.start, to: allele.end)
            let contig = ByteRange(start: open + 1, end: allele.end - 1)
            if isBases(bytes, ByteRange(start: allele.start, end: open)), !contig.isEmpty,
                VCFContigName.isValid(bytes[contig], version: version, inHeader: false)
            {
                return
            }
        }
        guard isBreakend(bytes, allele) else {
            throw invalid("must be bases, *, a symbol in < > or a breakend such as A[2:321[")
        }
    }

    /// `t[p[`, `t]p]`, `]p]t` or `[p[t`, p being `chromosome:position`.
    private func isBreakend(_ bytes: UnsafeRawBufferPointer, _ allele: ByteRange) -> Bool {
        func isBracket(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") }
        let first = bytes[allele.start]
        let mate: ByteRange
        if isBracket(first) {
            let close = bytes.offset(of: first, from: allele.start + 1, to: allele.end)
            guard isBases(bytes, ByteRange(start: close + 1, end: allele.end)) else { return false }
            mate = ByteRange(start: allele.start + 1, end: close)
        } else {
            let last = bytes[allele.end - 1]
            guard isBracket(last) else { return false }
            let open = bytes.offset(of: last, from: allele.start, to: allele.end - 1)
            guard open < allele.end - 1, isBases(bytes, ByteRange(start: allele.start, end: open)) else { return false }
            mate = ByteRange(start: open + 1, end: allele.end - 1)
        }
        guard let colon = bytes[mate].lastIndex(of: UInt8(ascii: ":")) else { return false }
        var contig = ByteRange(start: mate.start, end: mate.start + colon)
        guard bytes.natural(ByteRange(start: contig.end + 1, end: mate.end)) != nil else { return false }
        if contig.count > 2, bytes[contig.start] == UInt8(ascii: "<"), bytes[contig.end - 1] == UInt8(ascii: ">") {
            contig = ByteRange(start: contig.start + 1, end: contig.end - 1)
        }
        return VCFContigName.isValid(bytes[contig], version: version, inHeader: true)
    }

    /// The symbol of an alternate allele without its brackets; nil for other alleles.
    func symbol(_ bytes: UnsafeRawBufferPointer, _ allele: ByteRange) -> String? {
        guard allele.count > 2, bytes[allele.start] == UInt8(ascii: "<") else { return nil }
        return bytes.text(ByteRange(start: allele.start + 1, end: allele.end - 1))
    }

    func isBases(_ bytes: UnsafeRawBufferPointer, _ range: ByteRange) -> Bool {
        guard range.count > 0 else { return false }
        for index in range.start..<range.end {
            guard bytes[index].isBase else { return false }
        }
        return true
    }

    private func isReference(_ bytes: UnsafeRawBufferPointer, _ allele: ByteRange) -> Bool {
        for offset in 0..<allele.count
        where bytes[allele.start + offset].uppercased != bytes[columns.reference.start + offset].uppercased {
            return false
        }
        return true
    }

    private func invalid(_ detail: String) -> GenomicFormatError { fault("vcf-alt-invalid", "ALT", detail) }
}
