/// The alleles of a genotype by their numbers in the record.
struct GenotypeIndices {
    /// Numbers of the first two; -1 is no call, -3 that there is no second.
    var first: Int32 = -1
    var second: Int32 = -3
    /// How many there are.
    var count = 0
    var isPhased = true

    /// The genotype that a text tells (`0/1`, `.|1`, `1`); nil when it is none.
    @inline(__always)
    init?(_ text: UnsafeRawBufferPointer, alleleCount: Int) {
        if text.count == 3 {
            let left = text[0] &- 48
            let right = text[2] &- 48
            let isPhased = text[1] == UInt8(ascii: "|")
            if left < 10, right < 10, isPhased || text[1] == UInt8(ascii: "/"), Int(left) < alleleCount,
                Int(right) < alleleCount
            {
                first = Int32(left)
                second = Int32(right)
                count = 2
                self.isPhased = isPhased
                return
            }
        }
        guard read(text, alleleCount: alleleCount) else { return nil }
    }

    /// Two or fewer alleles, or more, as an event tells them.
    init(_ alleles: [Int32], isPhased: Bool) {
        count = alleles.count
        self.isPhased = isPhased
        if let head = alleles.first { first = head < 0 ? -1 : head }
        if alleles.count > 1 { second = alleles[1] < 0 ? -1 : alleles[1] }
    }

    private mutating func read(_ text: UnsafeRawBufferPointer, alleleCount: Int) -> Bool {
        var index = 0
        if text.count > 1, text[0] == UInt8(ascii: "/") || text[0] == UInt8(ascii: "|") {
            isPhased = text[0] == UInt8(ascii: "|")
            index = 1
        }
        while true {
            guard index < text.count else { return false }
            var allele: Int32 = -1
            if text[index] == UInt8(ascii: ".") {
                index += 1
            } else {
                var value = 0
                let start = index
                while index < text.count, text[index] &- 48 < 10, index - start < 6 {
                    value = value * 10 + Int(text[index] &- 48)
                    index += 1
                }
                guard index > start, value < alleleCount else { return false }
                allele = Int32(value)
            }
            if count == 0 { first = allele } else if count == 1 { second = allele }
            count += 1
            guard index < text.count else { return true }
            guard text[index] == UInt8(ascii: "/") || text[index] == UInt8(ascii: "|") else { return false }
            if text[index] == UInt8(ascii: "/") { isPhased = false }
            index += 1
        }
    }
}
