/// One valid record of a VCF, as a view of the line that was read: valid only during the call that gives it.
public struct VCFRecordView {
    /// The line, from 1.
    public let line: Int
    /// POS; 0 is the telomere before the first base.
    public let position: Int64
    let bytes: UnsafeRawBufferPointer
    let columns: VCFColumns
    /// The format keys of the record; empty without a FORMAT column.
    public let format: [String]
    let store: GenotypeStore

    /// CHROM.
    public var chromosome: String { bytes.text(columns.chromosome) }
    /// ID, as written; `.` when missing.
    public var identifier: String { bytes.text(columns.identifier) }
    /// REF.
    public var reference: String { bytes.text(columns.reference) }
    /// The alternate alleles; none when ALT is `.`.
    public var alternates: [String] {
        bytes.isMissing(columns.alternate)
            ? []
            : bytes.pieces(of: columns.alternate, separatedBy: UInt8(ascii: ",")).map { bytes.text($0) }
    }
    /// QUAL; nil when missing.
    public var quality: Double? { bytes.double(columns.quality) }
    /// FILTER, as written.
    public var filter: String { bytes.text(columns.filter) }
    /// INFO, as written.
    public var info: String { bytes.text(columns.info) }
    /// How many samples it has.
    public var sampleCount: Int { store.sampleCount }

    /// The value of an INFO key, as written; nil when the key is absent, empty for a flag.
    public func info(_ key: StaticString) -> String? {
        guard !bytes.isMissing(columns.info) else { return nil }
        var start = columns.info.start
        while start < columns.info.end {
            let end = bytes.offset(of: UInt8(ascii: ";"), from: start, to: columns.info.end)
            let equals = bytes.offset(of: UInt8(ascii: "="), from: start, to: end)
            if bytes.equals(ByteRange(start: start, end: equals), key) {
                return equals < end ? bytes.text(ByteRange(start: equals + 1, end: end)) : ""
            }
            start = end + 1
        }
        return nil
    }

    /// The allele indices of a sample's GT, -1 for a missing one; empty when the record has no GT.
    public func alleles(ofSample sample: Int) -> UnsafeBufferPointer<Int32> {
        guard store.hasGenotypes, sample >= 0, sample < store.sampleCount else { return .init(start: nil, count: 0) }
        let start = store.starts[sample]
        return UnsafeBufferPointer(start: store.alleles + start, count: store.starts[sample + 1] - start)
    }

    /// True when the alleles of a sample's GT are phased throughout.
    public func isPhased(sample: Int) -> Bool {
        store.hasGenotypes && sample >= 0 && sample < store.sampleCount && store.phased[sample]
    }

    /// The sub-field of a sample, as written; nil when the record has no such key, or the sample ends before it.
    public func value(_ key: String, ofSample sample: Int) -> String? {
        guard let field = format.firstIndex(of: key) else { return nil }
        return subfield(field, ofSample: sample).map { bytes.text($0) }
    }

    /// The sub-field of a sample as a whole number; nil when it is absent, missing or none.
    public func integer(_ key: String, ofSample sample: Int) -> Int64? {
        guard let field = format.firstIndex(of: key), let range = subfield(field, ofSample: sample) else { return nil }
        return bytes.integer(range)
    }

    /// The sub-field of a sample as a number; nil when it is absent, missing or none.
    public func number(_ key: String, ofSample sample: Int) -> Double? {
        guard let field = format.firstIndex(of: key), let range = subfield(field, ofSample: sample) else { return nil }
        return bytes.double(range)
    }

    func subfield(_ field: Int, ofSample sample: Int) -> ByteRange? {
        guard sample >= 0, sample < store.sampleCount else { return nil }
        let column = store.columns[sample]
        var start = column.start
        for _ in 0..<field {
            start = bytes.offset(of: UInt8(ascii: ":"), from: start, to: column.end) + 1
            guard start <= column.end else { return nil }
        }
        return ByteRange(start: start, end: bytes.offset(of: UInt8(ascii: ":"), from: start, to: column.end))
    }
}

/// The fixed columns of a line.
struct VCFColumns {
    var chromosome = ByteRange.none
    var position = ByteRange.none
    var identifier = ByteRange.none
    var reference = ByteRange.none
    var alternate = ByteRange.none
    var quality = ByteRange.none
    var filter = ByteRange.none
    var info = ByteRange.none
    /// FORMAT, or an empty piece.
    var format = ByteRange.none
    /// Where the first sample begins; the end of the line without samples.
    var samples = 0
}
