/// Keeps the records of a chromosome together and in the order of their positions.
struct VCFOrder {
    private var table = KeyTable()
    private var current = -1
    private var position: Int64 = 0

    mutating func check(
        chromosome: UnsafeRawBufferPointer, position: Int64, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        // `<1>` and `1` are one sequence.
        var chromosome = chromosome
        if chromosome.count > 2, chromosome[0] == UInt8(ascii: "<") {
            chromosome = chromosome[ByteRange(start: 1, end: chromosome.count - 1)]
        }
        let known = table.count
        let number = table.insert(chromosome)
        guard number == current else {
            guard known < 1_000_000 else {
                throw checker.fault("vcf-too-many-contigs", "CHROM", "a file may have 1000000")
            }
            guard number == known else {
                throw checker.fault("vcf-not-contiguous", "CHROM", "the records of a chromosome must stand together")
            }
            current = number
            self.position = position
            return
        }
        guard position >= self.position else {
            throw checker.fault("vcf-unsorted", "POS", "must not be smaller than in the record before")
        }
        self.position = position
    }
}

/// Finds a variant that is told twice, also when one of the two has more context: alleles are compared after the bases that REF and ALT share
/// at their ends have been cut. Symbols, `*` and `.` are no variants of their own and may come again.
///
/// Positions are sorted and cutting moves a variant to the right alone, so what lies left of the current position is forgotten.
struct VCFDuplicates {
    private struct Variant: Hashable {
        let position: Int64
        let first: UInt64
        let second: UInt64
    }

    private var seen: Set<Variant> = []
    private var chromosome: UInt64 = 0
    private var position: Int64 = -1
    private var furthest: Int64 = -1

    mutating func check(_ bytes: UnsafeRawBufferPointer, _ checker: VCFRecordChecker) throws(GenomicFormatError) {
        let name = KeyTable.hash(bytes[checker.columns.chromosome])
        if name != chromosome || checker.position < position {
            seen.removeAll(keepingCapacity: seen.capacity < 1_024)
            chromosome = name
            furthest = -1
        } else if checker.position > position {
            if furthest < checker.position {
                seen.removeAll(keepingCapacity: seen.capacity < 1_024)
            } else {
                seen = seen.filter { $0.position >= checker.position }
            }
        }
        position = checker.position
        for allele in checker.alternates {
            guard let variant = variant(bytes, allele, checker) else { continue }
            furthest = max(furthest, variant.position)
            guard seen.insert(variant).inserted else {
                throw checker.fault("vcf-duplicate-variant", "ALT", "the same variant stands in the file already")
            }
        }
    }

    private func variant(
        _ bytes: UnsafeRawBufferPointer, _ allele: ByteRange, _ checker: VCFRecordChecker
    ) -> Variant? {
        let first = bytes[allele.start]
        guard first != UInt8(ascii: "<"), first != UInt8(ascii: "*"), !bytes.isMissing(allele) else { return nil }
        var reference = checker.columns.reference
        var alternate = allele
        var start = checker.position
        if bytes[alternate].allSatisfy(\.isBase) {
            while !reference.isEmpty, !alternate.isEmpty,
                bytes[reference.end - 1].uppercased == bytes[alternate.end - 1].uppercased
            {
                reference.end -= 1
                alternate.end -= 1
            }
            while !reference.isEmpty, !alternate.isEmpty,
                bytes[reference.start].uppercased == bytes[alternate.start].uppercased
            {
                reference.start += 1
                alternate.start += 1
                start += 1
            }
        }
        var one: UInt64 = 0xcbf2_9ce4_8422_2325
        var two: UInt64 = 0x9e37_79b9_7f4a_7c15
        for range in [reference, alternate] {
            for byte in bytes[range] {
                one = (one ^ UInt64(byte.uppercased)) &* 0x0000_0100_0000_01b3
                two = (two ^ UInt64(byte.uppercased)) &* 0xbf58_476d_1ce4_e5b9
                two ^= two >> 31
            }
            one = (one ^ 0xFF) &* 0x0000_0100_0000_01b3
            two = (two ^ 0xFF) &* 0xbf58_476d_1ce4_e5b9
        }
        return Variant(position: start, first: one, second: two)
    }
}
