/// Reads GT.
struct VCFGenotypeReader {
    let version: VCFVersion
    let alternateCount: Int

    /// Two alleles of one digit with a separator between: reads them, or says that the genotype is another one.
    @inline(__always)
    func readUsual(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, into alleles: UnsafeMutablePointer<Int32>, _ isPhased: inout Bool
    ) -> Bool {
        let first = bytes[start] &- 48
        let separator = bytes[start + 1]
        let second = bytes[start + 2] &- 48
        guard first < 10, second < 10, separator == UInt8(ascii: "|") || separator == UInt8(ascii: "/"),
            Int(first) <= alternateCount, Int(second) <= alternateCount
        else { return false }
        alleles[0] = Int32(first)
        alleles[1] = Int32(second)
        isPhased = separator == UInt8(ascii: "|")
        return true
    }

    /// Any genotype: alleles separated by `/` or `|`, as of 4.4 with a leading one too. False when it is none.
    func read(
        _ bytes: UnsafeRawBufferPointer, _ range: ByteRange, _ store: GenotypeStore, _ count: inout Int,
        _ isPhased: inout Bool
    ) -> Bool {
        var index = range.start
        var hasPhased = false
        var hasUnphased = false
        if index < range.end, bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "|") {
            guard version >= .v44 else { return false }
            if bytes[index] == UInt8(ascii: "|") { hasPhased = true } else { hasUnphased = true }
            index += 1
        }
        while true {
            guard index < range.end else { return false }
            var allele: Int32 = -1
            if bytes[index] == UInt8(ascii: ".") {
                index += 1
            } else {
                var end = index
                while end < range.end, bytes[end].isDigit { end += 1 }
                guard let value = bytes.natural(ByteRange(start: index, end: end)), value <= Int64(alternateCount)
                else {
                    return false
                }
                allele = Int32(truncatingIfNeeded: value)
                index = end
            }
            store.reserve(alleles: count + 1)
            store.alleles[count] = allele
            count += 1
            guard index < range.end else { break }
            if bytes[index] == UInt8(ascii: "|") {
                hasPhased = true
            } else if bytes[index] == UInt8(ascii: "/") {
                hasUnphased = true
            } else {
                return false
            }
            index += 1
        }
        isPhased = hasPhased && !hasUnphased
        return true
    }
}
