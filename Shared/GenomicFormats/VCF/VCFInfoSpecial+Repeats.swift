/// Tandem repeats (`<CNV:TR>`, from 4.4): RN says how many repeat sequences each allele has, and the other keys have a value for each of them.
extension VCFInfoSpecial {
    func checkRepeats(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        switch self {
        case .unitSequence, .unitCount, .repeatBases: try checkSequenceCount(bytes, value, info, checker)
        case .unitLength:
            try checkSequenceCount(bytes, value, info, checker)
            try checkUnitLength(bytes, value, info, checker)
        case .unitCountInterval: try checkInterval(of: .unitCount, bytes, value, info, checker)
        case .repeatBasesInterval: try checkInterval(of: .repeatBases, bytes, value, info, checker)
        case .unitBases: try checkUnitBases(bytes, value, info, checker)
        default: break
        }
    }

    private func checkSequenceCount(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard !bytes.isMissing(value) else { return }
        var expected: Int64 = 0
        if let repeats = info.value(.repeats) {
            for piece in bytes.pieces(of: repeats, separatedBy: UInt8(ascii: ",")) {
                expected += min(max(bytes.integer(piece) ?? 0, 0), 1 << 31)
            }
        } else {
            for allele in checker.alternates where checker.symbol(bytes, allele) == "CNV:TR" { expected += 1 }
        }
        let count = bytes.countPieces(of: value, separatedBy: UInt8(ascii: ","))
        guard Int64(count) == expected else {
            throw fault(checker, "must have a value for each of \(expected) repeat sequence(s), not \(count)")
        }
    }

    private func checkUnitLength(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard let sequences = info.value(.unitSequence), !bytes.isMissing(sequences), !bytes.isMissing(value) else {
            return
        }
        let units = bytes.pieces(of: sequences, separatedBy: UInt8(ascii: ","))
        let lengths = bytes.pieces(of: value, separatedBy: UInt8(ascii: ","))
        guard units.count == lengths.count else { throw fault(checker, "must have as many values as RUS") }
        for (unit, length) in zip(units, lengths) where !bytes.isMissing(unit) && !bytes.isMissing(length) {
            guard bytes.integer(length) == Int64(unit.count) else { throw fault(checker, "must be the lengths of RUS") }
        }
    }

    private func checkInterval(
        of special: VCFInfoSpecial, _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker,
        _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard let other = info.value(special) else { throw fault(checker, "needs \(special.rawValue)") }
        let middles = bytes.pieces(of: other, separatedBy: UInt8(ascii: ","))
        let bounds = bytes.pieces(of: value, separatedBy: UInt8(ascii: ","))
        guard bounds.count == 2 * middles.count else {
            throw fault(checker, "must have two values for each of \(special.rawValue)")
        }
        for (index, bound) in bounds.enumerated() where bytes.isMissing(middles[index / 2]) && !bytes.isMissing(bound) {
            throw fault(checker, "must be missing where \(special.rawValue) is")
        }
    }

    private func checkUnitBases(
        _ bytes: UnsafeRawBufferPointer, _ value: ByteRange, _ info: VCFInfoChecker, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        guard let counts = info.value(.unitCount) else { throw fault(checker, "needs RUC") }
        var expected: Int64 = 0
        for piece in bytes.pieces(of: counts, separatedBy: UInt8(ascii: ",")) where !bytes.isMissing(piece) {
            guard let count = bytes.natural(piece), count <= 1 << 31 else {
                throw fault(checker, "RUC must be whole numbers beside RUB")
            }
            expected += count
        }
        let count = bytes.countPieces(of: value, separatedBy: UInt8(ascii: ","))
        guard Int64(count) == expected else {
            throw fault(checker, "must have \(expected) value(s) here, not \(count)")
        }
    }
}
