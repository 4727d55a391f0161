/// Judges the records of one file.
final class VCFRecordChecker {
    let header: VCFHeader
    let version: VCFVersion
    let store = GenotypeStore()
    var line = 0
    var columns = VCFColumns()
    var position: Int64 = 0
    /// Alternate alleles as they count for Number=A: one for ALT `.` too.
    var alternates: [ByteRange] = []
    var isWithoutAlternate = false
    var hasStructural = false
    var info: VCFInfoChecker
    var samples: VCFSampleChecker
    private var order = VCFOrder()
    private var duplicates = VCFDuplicates()
    private var chromosome: [UInt8] = []

    init(header: VCFHeader) {
        self.header = header
        version = header.version
        info = VCFInfoChecker(header: header)
        samples = VCFSampleChecker(header: header)
        store.reserve(samples: header.samples.count)
    }

    /// Judges a line and gives the record or the reason why it is none.
    func check(_ bytes: UnsafeRawBufferPointer, number: Int, _ body: (VCFEvent) throws -> Void) throws {
        line = number
        do throws(GenomicFormatError) {
            try judge(bytes)
        } catch {
            return try body(.refused(error))
        }
        let view = VCFRecordView(
            line: line, position: position, bytes: bytes, columns: columns,
            format: columns.format.isEmpty ? [] : samples.plan.keys, store: store)
        try body(.record(view))
    }

    private func judge(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        guard bytes.isUTF8 else { throw fault("vcf-not-utf8", "", "must be UTF-8") }
        try split(bytes)
        try checkChromosome(bytes)
        try checkPosition(bytes)
        // Order is judged of every record whose place is known, so that one bad allele does not hide another record's.
        try checkIdentifier(bytes)
        try checkAlleles(bytes)
        try checkQuality(bytes)
        try checkFilter(bytes)
        try info.check(bytes, self)
        if columns.format.isEmpty {
            store.sampleCount = 0
            store.hasGenotypes = false
        } else {
            try samples.check(bytes, self)
        }
        try order.check(chromosome: bytes[columns.chromosome], position: position, self)
        try duplicates.check(bytes, self)
    }

    private func split(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        var start = 0
        var columns = VCFColumns()
        let end = bytes.count
        func next() -> ByteRange? {
            guard start <= end else { return nil }
            let tab = bytes.offset(of: 9, from: start, to: end)
            defer { start = tab + 1 }
            return ByteRange(start: start, end: tab)
        }
        guard let chromosome = next(), let position = next(), let identifier = next(), let reference = next(),
            let alternate = next(), let quality = next(), let filter = next(), let info = next()
        else { throw fault("vcf-columns", "", "must have the eight fixed columns, separated by tabs") }
        columns.chromosome = chromosome
        columns.position = position
        columns.identifier = identifier
        columns.reference = reference
        columns.alternate = alternate
        columns.quality = quality
        columns.filter = filter
        columns.info = info
        if header.hasFormat {
            guard let format = next() else {
                throw fault("vcf-columns", "FORMAT", "must have FORMAT and every sample of the header line")
            }
            guard !format.isEmpty else { throw fault("vcf-format-invalid", "FORMAT", "must not be empty") }
            columns.format = format
            columns.samples = start
        } else if start <= end {
            throw fault("vcf-columns", "", "has more columns than the header line, or a tab at its end")
        }
        self.columns = columns
    }

    private func checkChromosome(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        // Most records lie on the chromosome of the one before.
        let name = bytes[columns.chromosome]
        if name.count == chromosome.count, !name.isEmpty, name.elementsEqual(chromosome) { return }
        var contig = columns.chromosome
        if contig.count > 2, bytes[contig.start] == UInt8(ascii: "<"), bytes[contig.end - 1] == UInt8(ascii: ">") {
            contig = ByteRange(start: contig.start + 1, end: contig.end - 1)
        }
        guard VCFContigName.isValid(bytes[contig], version: version, inHeader: false) else {
            throw fault("vcf-chrom-invalid", "CHROM", "must be a contig's name without white space, or one in < >")
        }
        chromosome = Array(name)
    }

    private func checkPosition(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        guard let value = bytes.natural(columns.position), value <= Int64(Int32.max) else {
            throw fault("vcf-pos-invalid", "POS", "must be a whole number up to 2147483647")
        }
        position = value
        if !header.contigs.isEmpty, let length = header.contigs[bytes.text(columns.chromosome)] ?? nil,
            position > length + 1
        {
            throw fault("vcf-pos-range", "POS", "lies beyond the end of its contig")
        }
    }

    private func checkIdentifier(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        let range = columns.identifier
        if bytes.isMissing(range) { return }
        var last = UInt8(ascii: ";")
        var hasList = false
        for index in range.start..<range.end {
            let byte = bytes[index]
            guard byte > 0x20, byte != 0x7F, !(byte == UInt8(ascii: ";") && last == byte) else {
                throw fault(
                    "vcf-id-invalid", "ID", "must be a dot or names without white space, separated by semicolons")
            }
            hasList = hasList || byte == UInt8(ascii: ";")
            last = byte
        }
        guard !range.isEmpty, last != UInt8(ascii: ";") else {
            throw fault("vcf-id-invalid", "ID", "must be a dot or names without white space, separated by semicolons")
        }
        if hasList, version >= .v43, hasDuplicates(bytes, range, separator: UInt8(ascii: ";")) {
            throw fault("vcf-id-duplicate", "ID", "must not name an identifier twice")
        }
    }

    private func checkQuality(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        let range = columns.quality
        if bytes.isMissing(range) || bytes.natural(range) != nil { return }
        guard bytes.isFloat(range) else { throw fault("vcf-qual-invalid", "QUAL", "must be a number or a dot") }
        if bytes[range.start] == UInt8(ascii: "-"), let value = bytes.double(range), value < 0 {
            throw fault("vcf-qual-invalid", "QUAL", "must not be negative")
        }
    }

    private func checkFilter(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) {
        let range = columns.filter
        if bytes.isMissing(range) || bytes.equals(range, "PASS") { return }
        var isList = false
        for piece in bytes.pieces(of: range, separatedBy: UInt8(ascii: ";")) {
            guard !piece.isEmpty, !bytes.isMissing(piece), !bytes.equals(piece, "0"),
                bytes[piece].allSatisfy({ $0 > 0x20 && $0 != 0x7F })
            else {
                throw fault(
                    "vcf-filter-invalid", "FILTER",
                    "must be PASS, a dot, or names of filters separated by semicolons; not 0")
            }
            isList = isList || piece.count < range.count
        }
        if isList, version >= .v43, hasDuplicates(bytes, range, separator: UInt8(ascii: ";")) {
            throw fault("vcf-filter-duplicate", "FILTER", "must not name a filter twice")
        }
    }

    func hasDuplicates(_ bytes: UnsafeRawBufferPointer, _ range: ByteRange, separator: UInt8) -> Bool {
        var seen = KeyTable()
        for piece in bytes.pieces(of: range, separatedBy: separator) {
            let count = seen.count
            if seen.insert(bytes[piece]) < count { return true }
        }
        return false
    }

    func fault(_ code: String, _ column: String, _ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "vcf", line: line, column: column, detail: detail)
    }
}
