/// Which sub-fields of a sample are looked at, by the FORMAT of the record.
struct SampleFormat {
    private(set) var text: [UInt8] = []
    private(set) var genotype: Int?
    private(set) var phaseSet: Int?
    private(set) var alleleDepth: Int?
    private(set) var depth: Int?
    private(set) var blockDepth: Int?
    private(set) var quality: Int?
    private(set) var filter: Int?
    /// The last sub-field that is looked at.
    private(set) var last = -1

    init() {}

    init(_ bytes: UnsafeRawBufferPointer, limits: IntakeLimits, usesAlleleDepth: Bool) {
        text = Array(bytes)
        let keys = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        genotype = keys.firstIndex(of: "GT")
        phaseSet = keys.firstIndex(of: "PS")
        if usesAlleleDepth { alleleDepth = keys.firstIndex(of: "AD") }
        if limits.minimumDepth != nil {
            depth = keys.firstIndex(of: "DP")
            blockDepth = keys.firstIndex(of: "MIN_DP")
        }
        if limits.minimumQuality != nil { quality = keys.firstIndex(of: "GQ") ?? keys.firstIndex(of: "RGQ") }
        if !limits.keepsFiltered { filter = keys.firstIndex(of: "FT") }
        last = [genotype, phaseSet, alleleDepth, depth, blockDepth, quality, filter].compactMap { $0 }.max() ?? -1
    }
}

/// The sub-fields of one sample that are looked at.
struct SampleFields {
    private let bytes: UnsafeRawBufferPointer
    private let format: SampleFormat
    private let start: Int
    private let end: Int
    let genotype: UnsafeRawBufferPointer

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ format: SampleFormat) {
        self.bytes = bytes
        self.format = format
        self.start = start
        self.end = end
        genotype = Self.field(format.genotype ?? 0, bytes, start, end)
    }

    private static func field(
        _ number: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int
    ) -> UnsafeRawBufferPointer {
        var start = start
        for _ in 0..<number {
            start = bytes.find(UInt8(ascii: ":"), from: start, to: end) + 1
            guard start <= end else { return bytes.slice(end, end) }
        }
        return bytes.slice(start, bytes.find(UInt8(ascii: ":"), from: start, to: end))
    }

    private func field(_ number: Int?) -> UnsafeRawBufferPointer? {
        number.map { Self.field($0, bytes, start, end) }
    }

    /// Why the genotype is not to be trusted; nil when it is.
    func fault(_ genotype: GenotypeIndices, limits: IntakeLimits, isBlock: Bool) -> IntakeRemark.Code? {
        guard format.last > 0 else { return nil }
        if let filter = field(format.filter), VCFIntakeLines.isFiltered(filter, separator: ";") { return .filtered }
        if let least = limits.minimumQuality, let text = field(format.quality),
            let quality = Double(String(decoding: text, as: UTF8.self)), quality < least
        {
            return .lowQuality
        }
        if let least = limits.minimumDepth {
            let block = isBlock ? field(format.blockDepth)?.natural : nil
            if let depth = block ?? field(format.depth)?.natural ?? field(format.blockDepth)?.natural, depth < least {
                return .lowDepth
            }
        }
        if genotype.first >= 0, genotype.second >= 0, genotype.first != genotype.second,
            let depths = field(format.alleleDepth)
        {
            let supported = depths.split(separator: UInt8(ascii: ",")).count {
                (UnsafeRawBufferPointer(rebasing: $0).natural ?? 0) > 0
            }
            if supported == 1 { return .depthContradicts }
        }
        return nil
    }

    /// The phase set as a number, 0 when there is none; a name that is no number becomes one of its own.
    var phaseSetNumber: Int32 {
        guard let text = field(format.phaseSet), !text.isEmpty, !text.isEqual(to: ".") else { return 0 }
        if let number = text.natural, number > 0, number <= Int64(Int32.max) { return Int32(number) }
        var hash: UInt32 = 2_166_136_261
        for byte in text { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int32(truncatingIfNeeded: hash >> 1) | 1
    }
}
