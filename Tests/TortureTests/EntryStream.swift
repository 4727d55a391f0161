import Domain
import LedgerFixture
import TestSupport

/// A seeded stream of entries: some keys hot, some events repeated, as a relay that crashed would send them again.
struct EntryStream {
    private(set) var entries: [LedgerEntry] = []
    private var random: SeededGenerator
    private let name: String
    private let keys: Int
    private var number = 0

    init(_ name: String, seed: UInt64, keys: Int = 500) {
        self.name = name
        self.keys = keys
        random = SeededGenerator(seed: seed)
    }

    /// The next `count` records to publish; about one in twenty repeats an earlier event.
    mutating func next(_ count: Int) -> [LedgerEntry] {
        var batch: [LedgerEntry] = []
        while batch.count < count {
            if !entries.isEmpty, Int.random(in: 0..<20, using: &random) == 0,
                let repeated = entries.suffix(5_000).randomElement(using: &random)
            {
                batch.append(repeated)
                continue
            }
            let key = "key-\(Int.random(in: 0..<keys, using: &random))"
            let entry = LedgerEntry(
                stream: name, number: number, key: key, amount: Int64.random(in: -1000...1000, using: &random))
            number += 1
            entries.append(entry)
            batch.append(entry)
        }
        return batch
    }
}
