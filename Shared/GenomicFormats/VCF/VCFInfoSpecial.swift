/// INFO keys whose values have rules beyond Number and Type.
enum VCFInfoSpecial: String, CaseIterable {
    case ancestral = "AA"
    case cigar = "CIGAR"
    case end = "END"
    case imprecise = "IMPRECISE"
    case length = "SVLEN"
    case type = "SVTYPE"
    case claim = "SVCLAIM"
    case repeats = "RN"
    case unitSequence = "RUS"
    case unitLength = "RUL"
    case unitCount = "RUC"
    case repeatBases = "RB"
    case unitBases = "RUB"
    case unitCountInterval = "CIRUC"
    case repeatBasesInterval = "CIRB"
    case mobileElement = "MEINFO"
    case transduction = "METRANS"
    case copyInterval = "CICN"
    case positionInterval = "CIPOS"
    case endInterval = "CIEND"
    case lengthInterval = "CILEN"

    /// The number that the checker gave the key: its place among the cases.
    var number: Int { Self.numbers[self] ?? 0 }
    private static let numbers = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    func check(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        let before44 = checker.version < .v44
        switch self {
        case .ancestral:
            guard !bytes[value].contains(UInt8(ascii: ",")) else { throw fault(checker, "must be one value") }
        case .cigar: try checkCigar(bytes, value, checker)
        case .end: try checkEnd(bytes, value, info, checker)
        case .length: if before44 { try checkLength(bytes, value, checker) }
        case .type:
            guard VCFSymbol.structural.contains(bytes.text(value)) || bytes.equals(value, "BND") else {
                throw fault(checker, "must be DEL, INS, DUP, INV, CNV or BND")
            }
        case .claim: if !before44 { try checkClaim(bytes, value, checker) }
        case .mobileElement, .transduction:
            if !before44 { try checkCount(bytes, value, 4 * checker.alternates.count, checker) }
        case .copyInterval, .positionInterval, .endInterval, .lengthInterval:
            if !before44 { try checkCount(bytes, value, 2 * checker.alternates.count, checker) }
        case .unitSequence, .unitLength, .unitCount, .repeatBases, .unitCountInterval, .repeatBasesInterval, .unitBases:
            if !before44 { try checkRepeats(bytes, value, info, checker) }
        case .imprecise, .repeats: break
        }
    }

    private func checkCigar(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        for piece in bytes.pieces(of: value, separatedBy: UInt8(ascii: ",")) where !bytes.isMissing(piece) {
            var digits = 0
            var isComplete = false
            for byte in bytes[piece] {
                if byte.isDigit {
                    digits += 1
                    isComplete = false
                } else {
                    guard digits > 0, "MIDNSHPX=".utf8.contains(byte) else {
                        throw fault(checker, "must be a CIGAR of SAM")
                    }
                    digits = 0
                    isComplete = true
                }
            }
            guard isComplete else { throw fault(checker, "must be a CIGAR of SAM") }
        }
    }

    private func checkEnd(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard let imprecise = info.value(.imprecise), bytes.equals(imprecise, "0") else { return }
        guard bytes.integer(value) == checker.position + Int64(checker.columns.reference.count) - 1 else {
            throw fault(checker, "must be POS + length of REF - 1 for a precise variant")
        }
    }

    /// Up to 4.3: the difference of the lengths for bases, and its sign for symbols.
    private func checkLength(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        let lengths = bytes.pieces(of: value, separatedBy: UInt8(ascii: ","))
        guard lengths.count == checker.alternates.count else { return }
        for (allele, piece) in zip(checker.alternates, lengths) where !bytes.isMissing(piece) {
            guard let length = bytes.integer(piece) else { throw fault(checker, "must be a whole number") }
            if checker.isBases(bytes, allele) {
                guard length == Int64(allele.count - checker.columns.reference.count) else {
                    throw fault(checker, "must be the length of ALT less that of REF")
                }
            } else if let symbol = checker.symbol(bytes, allele) {
                if symbol.hasPrefix("INS") || symbol.hasPrefix("DUP") {
                    guard length >= 0 else { throw fault(checker, "must not be negative for a longer allele") }
                } else if symbol.hasPrefix("DEL") {
                    guard length <= 0 else { throw fault(checker, "must not be positive for a shorter allele") }
                }
            }
        }
    }

    private func checkClaim(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        let claims = bytes.pieces(of: value, separatedBy: UInt8(ascii: ","))
        for (allele, piece) in zip(checker.alternates, claims) {
            let claim = bytes.text(piece)
            let allowed: [String]
            switch checker.symbol(bytes, allele).map(Self.structuralType) {
            case "DEL", "DUP": allowed = ["D", "J", "DJ"]
            case "CNV": allowed = ["D", "."]
            case "INV", "INS": allowed = ["J", "DJ", "."]
            case nil where bytes[allele].contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }):
                allowed = ["J", "."]
            case nil: continue
            default: allowed = ["."]
            }
            guard allowed.contains(claim) else {
                throw fault(checker, "must be one of \(allowed.joined(separator: ", ")) for this kind of allele")
            }
        }
    }

    func checkCount(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ expected: Int, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        if bytes.isMissing(value) { return }
        let count = bytes.countPieces(of: value, separatedBy: UInt8(ascii: ","))
        guard count == expected else { throw fault(checker, "must have \(expected) value(s) here, not \(count)") }
    }

    func fault(_ checker: VCFRecordChecker, _ detail: String) -> GenomicFormatError {
        checker.fault("vcf-info-value", "INFO/\(rawValue)", detail)
    }

    /// `DEL:ME` is a `DEL`.
    static func structuralType(_ symbol: String) -> String { String(symbol.prefix { $0 != ":" }) }

    /// What 4.4 and later require beside symbolic structural alleles.
    static func checkRequired(
        _ bytes: UnsafeRawBufferPointer, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard checker.hasStructural else { return }
        for allele in checker.alternates {
            guard let symbol = checker.symbol(bytes, allele) else { continue }
            let type = structuralType(symbol)
            guard VCFSymbol.structural.contains(type) else { continue }
            guard info.value(.length) != nil else {
                throw checker.fault(
                    "vcf-info-required", "INFO/SVLEN", "must be given for a symbolic structural variant")
            }
            if type == "DEL" || type == "DUP", info.value(.claim) == nil {
                throw checker.fault("vcf-info-required", "INFO/SVCLAIM", "must be given for DEL and DUP")
            }
            if symbol == "CNV:TR", info.value(.unitSequence) == nil, info.value(.unitLength) == nil {
                throw checker.fault("vcf-info-required", "INFO/RUS", "RUS or RUL must be given for a tandem repeat")
            }
        }
    }
}
