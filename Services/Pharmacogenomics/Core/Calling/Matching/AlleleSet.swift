/// A set of a gene's alleles: one bit for each, in words of 64.
struct AlleleSet: Sendable, Hashable {
    private(set) var words: [UInt64]

    /// The empty set over `count` alleles.
    init(count: Int) {
        words = [UInt64](repeating: 0, count: max(1, (count + 63) / 64))
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    func contains(_ allele: Int) -> Bool { words[allele >> 6] & (1 << UInt64(allele & 63)) != 0 }

    mutating func insert(_ allele: Int) { words[allele >> 6] |= 1 << UInt64(allele & 63) }

    mutating func remove(_ allele: Int) { words[allele >> 6] &= ~(1 << UInt64(allele & 63)) }

    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    mutating func formIntersection(_ other: AlleleSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// Keeps what lies in the mask that starts at `offset` of a flat table.
    mutating func formIntersection(_ table: UnsafeBufferPointer<UInt64>, at offset: Int) {
        for index in words.indices { words[index] &= table[offset + index] }
    }

    /// How many members it shares with another set.
    func sharedCount(_ other: AlleleSet) -> Int {
        var count = 0
        for index in words.indices { count += (words[index] & other.words[index]).nonzeroBitCount }
        return count
    }

    /// The members in the order of their indices.
    var members: [Int] {
        var members: [Int] = []
        forEach { members.append($0) }
        return members
    }

    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                body(index << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }

    /// The members that may stand beside `allele`, none of them before it: those of `self` that every block allows.
    func partners(of allele: Int, blocks: [PhaseBlock]) -> AlleleSet {
        var partners = self
        let word = allele >> 6
        for index in 0..<word { partners.words[index] = 0 }
        partners.words[word] &= ~0 << UInt64(allele & 63)
        for block in blocks {
            let straight = block.first.contains(allele)
            let crossed = block.second.contains(allele)
            for index in word..<words.count {
                partners.words[index] &=
                    (straight ? block.second.words[index] : 0) | (crossed ? block.first.words[index] : 0)
            }
        }
        return partners
    }
}
