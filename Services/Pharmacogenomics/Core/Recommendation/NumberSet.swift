/// A set of small numbers, as bits; walked in ascending order.
struct NumberSet: Sendable {
    private var words: [UInt64]

    /// An empty set of numbers below `count`.
    init(below count: Int) {
        words = [UInt64](repeating: 0, count: (max(count, 0) + 63) >> 6)
    }

    /// Whether nothing is in it.
    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Adds a number below the set's bound.
    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

    /// Adds the numbers of a set of the same bound.
    mutating func formUnion(_ other: NumberSet) {
        for word in words.indices { words[word] |= other.words[word] }
    }

    func contains(_ number: Int) -> Bool { words[number >> 6] & (1 << UInt64(number & 63)) != 0 }

    /// Walks the numbers in ascending order.
    func forEach(_ body: (Int) -> Void) {
        for place in words.indices {
            var word = words[place]
            while word != 0 {
                body(place << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
