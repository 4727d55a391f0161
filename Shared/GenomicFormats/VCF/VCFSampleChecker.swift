/// Judges FORMAT and the samples, and reads their genotypes.
struct VCFSampleChecker {
    /// One key of FORMAT, ready to judge its sub-fields.
    struct Field {
        let key: String
        let number: VCFDefinition.Number
        let value: VCFValueRule
    }

    /// FORMAT of a record; most records have that of the one before.
    struct Plan {
        var text: [UInt8] = []
        var keys: [String] = []
        var fields: [Field] = []
        /// The place of LAA, or -1.
        var local = -1
    }

    let header: VCFHeader
    let version: VCFVersion
    var plan = Plan()

    init(header: VCFHeader) {
        self.header = header
        version = header.version
    }

    mutating func check(_ bytes: UnsafeRawBufferPointer, _ checker: VCFRecordChecker) throws(GenomicFormatError) {
        try prepare(bytes, checker)
        let store = checker.store
        let sampleCount = header.samples.count
        store.sampleCount = sampleCount
        store.hasGenotypes = plan.keys.first == "GT"
        // With ALT `.` the index 1 stands for an allele that is not named.
        let reader = VCFGenotypeReader(version: version, alternateCount: checker.alternates.count)
        let end = bytes.count
        let hasGenotypes = store.hasGenotypes
        let isGenotypeAlone = hasGenotypes && plan.fields.count == 1
        let starts = store.starts
        let sampleColumns = store.columns
        let phased = store.phased
        var cursor = checker.columns.samples
        var alleleCount = 0
        for sample in 0..<sampleCount {
            guard cursor <= end, sample == 0 || bytes[cursor - 1] == 9 else {
                throw checker.fault("vcf-columns", "", "must have every sample of the header line")
            }
            let start = cursor
            starts[sample] = alleleCount
            phased[sample] = false
            if hasGenotypes {
                if store.alleleCapacity < alleleCount + 16 { store.reserve(alleles: alleleCount + 16) }
                // The usual genotype, two alleles of one digit, without a loop.
                if end - cursor >= 3,
                    reader.readUsual(bytes, cursor, into: store.alleles + alleleCount, &phased[sample]),
                    cursor + 3 == end || bytes[cursor + 3] == 9 || bytes[cursor + 3] == UInt8(ascii: ":")
                {
                    alleleCount += 2
                    cursor += 3
                } else {
                    var stop = cursor
                    while stop < end, bytes[stop] != 9, bytes[stop] != UInt8(ascii: ":") { stop += 1 }
                    guard
                        reader.read(
                            bytes, ByteRange(start: cursor, end: stop), store, &alleleCount, &phased[sample])
                    else {
                        throw checker.fault(
                            "vcf-genotype-invalid", "sample \(sample + 1) GT",
                            "must be indices of the record's alleles or dots, separated by / or |")
                    }
                    cursor = stop
                }
            }
            starts[sample + 1] = alleleCount
            if cursor < end, bytes[cursor] == UInt8(ascii: ":"), isGenotypeAlone {
                throw checker.fault(
                    "vcf-sample-fields", "sample \(sample + 1)", "has more sub-fields than FORMAT has keys")
            }
            if !isGenotypeAlone {
                cursor = try checkFields(
                    bytes, from: start, cursor, sample, alleles: alleleCount - starts[sample], checker)
            }
            sampleColumns[sample] = ByteRange(start: start, end: cursor)
            cursor += 1
        }
        guard cursor == end + 1 else {
            throw checker.fault("vcf-columns", "", "has more samples than the header line, or a tab at its end")
        }
    }

    /// Judges the sub-fields of a sample after its genotype; gives where the sample ends.
    @inline(__always)
    private func checkFields(
        _ bytes: UnsafeRawBufferPointer, from start: Int, _ afterGenotype: Int, _ sample: Int, alleles: Int,
        _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) -> Int {
        let end = bytes.count
        var field = 0
        var cursor = start
        var local: Int?
        if checker.store.hasGenotypes {
            field = 1
            cursor = afterGenotype
            guard cursor < end, bytes[cursor] != 9 else { return cursor }
            cursor += 1
        }
        while true {
            var stop = cursor
            while stop < end, bytes[stop] != 9, bytes[stop] != UInt8(ascii: ":") { stop += 1 }
            let value = ByteRange(start: cursor, end: stop)
            guard field < plan.fields.count else {
                throw checker.fault(
                    "vcf-sample-fields", "sample \(sample + 1)", "has more sub-fields than FORMAT has keys")
            }
            if field == plan.local {
                local = try checkLocal(bytes, value, sample, checker)
            }
            try check(bytes, value, plan.fields[field], sample, alleles: alleles, local: local, checker)
            guard stop < end, bytes[stop] == UInt8(ascii: ":") else { return stop }
            cursor = stop + 1
            field += 1
        }
    }

    private func check(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ field: Field, _ sample: Int, alleles: Int, local: Int?,
        _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        if bytes.isMissing(value) { return }
        if value.isEmpty {
            // As of 4.5 a list may be empty; a field with a fixed number of values may not.
            if field.value.allowsEmpty { return }
            if version >= .v45, case .exactly = field.number {} else if version >= .v45 { return }
            throw checker.fault(
                "vcf-sample-value", "sample \(sample + 1) \(field.key)", "must not be empty; a missing value is a dot")
        }
        let count: Int
        do throws(VCFValueFault) {
            count = try field.value.count(bytes, value)
        } catch {
            throw checker.fault("vcf-sample-value", "sample \(sample + 1) \(field.key)", error.detail)
        }
        guard let expected = expected(field.number, alleles: alleles, local: local, checker) else { return }
        if count == expected { return }
        if checker.isWithoutAlternate, isWithoutAlternate(count, field.number, alleles: alleles) { return }
        if checker.store.hasGenotypes, alleles == 1, checker.store.alleles[checker.store.starts[sample]] < 0 {
            // GT is a single dot: the ploidy is not known.
            if self.expected(field.number, alleles: 2, local: local, checker) == count { return }
        }
        throw checker.fault(
            "vcf-sample-number", "sample \(sample + 1) \(field.key)",
            "must have \(expected) value(s) here, not \(count)")
    }

    /// How many values a field must have; nil when any number will do.
    private func expected(
        _ number: VCFDefinition.Number, alleles: Int, local: Int?, _ checker: VCFRecordChecker
    ) -> Int? {
        let ploidy = checker.store.hasGenotypes ? alleles : 2
        switch number {
        case .exactly(let count): return max(count, 1)
        case .perAlternate: return checker.alternates.count
        case .perAllele: return checker.alternates.count + 1
        case .perGenotype: return Self.genotypes(alleles: checker.alternates.count + 1, ploidy: ploidy)
        case .perPhase: return checker.store.hasGenotypes ? alleles : nil
        case .perLocalAlternate: return local
        case .perLocalAllele: return local.map { $0 + 1 }
        case .perLocalGenotype: return local.flatMap { Self.genotypes(alleles: $0 + 1, ploidy: ploidy) }
        case .perModification, .any: return nil
        }
    }

    /// Without an alternate allele, lists may be written for the reference alone.
    private func isWithoutAlternate(_ count: Int, _ number: VCFDefinition.Number, alleles: Int) -> Bool {
        switch number {
        case .perAllele, .perGenotype: count == 1
        default: false
        }
    }

    /// Unordered choices of `ploidy` alleles with repetition; nil when there are too many to count.
    static func genotypes(alleles: Int, ploidy: Int) -> Int? {
        var result = 1
        for step in 0..<max(ploidy, 0) {
            let product = result.multipliedReportingOverflow(by: alleles + step)
            guard !product.overflow else { return nil }
            result = product.partialValue / (step + 1)
        }
        return result
    }

    private func checkLocal(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ sample: Int, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) -> Int? {
        if bytes.isMissing(value) { return nil }
        if value.isEmpty { return 0 }
        var seen: Set<Int64> = []
        let pieces = bytes.pieces(of: value, separatedBy: UInt8(ascii: ","))
        for piece in pieces {
            guard let index = bytes.natural(piece), index >= 1, index <= checker.alternates.count,
                !checker.isWithoutAlternate, seen.insert(index).inserted
            else {
                throw checker.fault(
                    "vcf-sample-value", "sample \(sample + 1) LAA",
                    "must be distinct indices of alternate alleles, from 1")
            }
        }
        return pieces.count
    }
}
