/// How many samples two entries of a dictionary share, for all pairs: the Gram matrix of the stumps before they are centred, in whole numbers.
///
/// `Count` must hold the number of samples.
struct CoCounts<Count: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable, Equatable {
    /// The number of places of the dictionary: rows, and counts in a row.
    let width: Int
    /// Row by row the counts; symmetric, 0 at empty places.
    let counts: [Count]

    /// Counts that are known.
    init(width: Int, counts: [Count]) {
        self.width = width
        self.counts = counts
    }

    /// How many columns are counted side by side.
    private static var tile: Int { 256 }

    /// The counts of samples.
    ///
    /// The stumps of a regulator lie within each other, so a row of the matrix is the row of the next higher cut plus the bits of the samples
    /// between the two. With vectors of narrow whole numbers that takes fewer steps than AND and population count of every pair, above all where
    /// a processor's population count cannot be taken for granted; the counts are the same.
    init(_ samples: EncodedSamples, runner: any ParallelRunner) {
        let dictionary = samples.dictionary
        let width = dictionary.placeCount
        self.width = width
        counts = Array(unsafeUninitializedCapacity: width * width) { buffer, filled in
            filled = width * width
            // Each call writes the columns of its own tile, in all rows.
            runner.forEach((width + Self.tile - 1) / Self.tile, writing: buffer) { number, buffer in
                guard let cells = buffer.baseAddress else { return }
                let columns = number * Self.tile..<min((number + 1) * Self.tile, width)
                let bits = samples.bits(of: columns, as: Count.self)
                bits.withUnsafeBufferPointer { bits in
                    guard let bits = bits.baseAddress else { return }
                    for row in dictionary.regulators.indices {
                        samples.add(
                            row, bits, width: columns.count, to: cells + columns.lowerBound, stride: width)
                    }
                }
                // The lanes of the last vector that are no regulator's.
                for row in dictionary.regulators.count..<width / dictionary.depth {
                    for entry in 0..<dictionary.depth {
                        (cells + dictionary.place(row, entry) * width + columns.lowerBound)
                            .initialize(repeating: 0, count: columns.count)
                    }
                }
            }
        }
    }

    /// How many samples have the entry at a place.
    func count(_ place: Int) -> Count { counts[place * width + place] }
}
