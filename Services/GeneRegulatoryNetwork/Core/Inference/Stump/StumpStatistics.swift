/// The sufficient statistics of boosted stumps over a set of samples: whole numbers only, so that adding and removing samples in any order
/// leaves exactly what a rebuild from the remaining samples gives.
///
/// Kept for each pair of regulators: how many samples lie in each pair of their bins; for each regulator's bin and each gene: the sum of the
/// gene's numbers and how many there are. The co-counts of stumps are sums over bins (``StumpBoosting/infer(from:runner:)`` makes them).
/// A sample changes one cell per pair of regulators and one per regulator and gene.
public struct StumpStatistics: Sendable, Equatable {
    /// The frozen cuts and scales.
    public let dictionary: StumpDictionary
    /// How many samples there are.
    public private(set) var sampleCount = 0

    /// Regulator by regulator its number of bins; the last one is "missing".
    private let binCounts: [Int]
    /// Where the bins of each regulator begin among all bins, and at the end their number.
    private let binStarts: [Int]
    /// Where the table of a regulator and each one at or after it begins.
    private let tableStarts: [Int]
    private var pairCounts: [UInt32]
    private var binSums: [Int64]
    private var binPresent: [UInt32]
    private var totals: [Int64]
    private var squares: [Int64]
    private var present: [Int64]

    /// Statistics of no sample.
    public init(_ dictionary: StumpDictionary) {
        self.dictionary = dictionary
        binCounts = dictionary.cuts.map { $0.count + 2 }
        var starts = [0]
        for count in binCounts { starts.append((starts.last ?? 0) + count) }
        binStarts = starts
        let all = starts.last ?? 0
        var tables = [0]
        for row in binCounts.indices { tables.append((tables.last ?? 0) + binCounts[row] * (all - starts[row])) }
        tableStarts = tables
        pairCounts = Array(repeating: 0, count: tables.last ?? 0)
        binSums = Array(repeating: 0, count: all * dictionary.genes.count)
        binPresent = Array(repeating: 0, count: all * dictionary.genes.count)
        totals = Array(repeating: 0, count: dictionary.genes.count)
        squares = totals
        present = totals
    }

    /// Statistics of some samples.
    /// - Throws: ``InferenceError`` `mismatch` for a sample that was not encoded by this dictionary.
    public init(_ dictionary: StumpDictionary, samples: some Sequence<StumpSample>) throws(InferenceError) {
        self.init(dictionary)
        for sample in samples { try add(sample) }
    }

    /// Adds a sample.
    /// - Throws: ``InferenceError`` `mismatch` when it was not encoded by this dictionary; nothing has changed then.
    public mutating func add(_ sample: StumpSample) throws(InferenceError) {
        let bins = try bins(of: sample)
        count(sample, bins, by: 1)
    }

    /// Takes out a sample that was added.
    /// - Throws: ``InferenceError`` `mismatch` when it was not encoded by this dictionary, or no sample with a level in one of its bins is
    ///   there; nothing has changed then. (A sample that never was added but shares all bins with others is not noticed; adding it again
    ///   undoes it exactly.)
    public mutating func remove(_ sample: StumpSample) throws(InferenceError) {
        let bins = try bins(of: sample)
        for (row, bin) in bins.enumerated() where pairCounts[tableStarts[row] + bin * (binCounts[row] + 1)] == 0 {
            throw InferenceError(.mismatch, "a sample to be removed was never added")
        }
        count(sample, bins, by: -1)
    }

    /// The place of the sample among each regulator's bins.
    private func bins(of sample: StumpSample) throws(InferenceError) -> [Int] {
        guard sample.bins.count == binCounts.count, sample.responses.count == dictionary.genes.count else {
            throw InferenceError(.mismatch, "a sample was encoded by another dictionary")
        }
        var bins = Array(repeating: 0, count: binCounts.count)
        for (row, bin) in sample.bins.enumerated() {
            let missing = binCounts[row] - 1
            guard bin == StumpSample.missingBin || Int(bin) < missing else {
                throw InferenceError(.mismatch, "a sample was encoded by another dictionary")
            }
            bins[row] = bin == StumpSample.missingBin ? missing : Int(bin)
        }
        return bins
    }

    private mutating func count(_ sample: StumpSample, _ bins: [Int], by change: Int) {
        let step = UInt32(truncatingIfNeeded: change)
        pairCounts.withUnsafeMutableBufferPointer { cells in
            for row in bins.indices {
                // A table of `binCounts[row]` x the bins of the other; the tables of one regulator follow each other.
                let (own, ownCount, base) = (
                    bins[row], binCounts[row], tableStarts[row] - binStarts[row] * binCounts[row]
                )
                for other in row..<bins.count {
                    let cell = base + binStarts[other] * ownCount + own * binCounts[other] + bins[other]
                    cells[cell] &+= step
                }
            }
        }
        let genes = dictionary.genes.count
        let values = sample.responses.map { $0 == StumpSample.missing ? 0 : Int64($0) * Int64(change) }
        let counted = sample.responses.map { $0 == StumpSample.missing ? 0 : step }
        binSums.withUnsafeMutableBufferPointer { sums in
            binPresent.withUnsafeMutableBufferPointer { present in
                for row in bins.indices {
                    let start = (binStarts[row] + bins[row]) * genes
                    for gene in 0..<genes {
                        sums[start + gene] &+= values[gene]
                        present[start + gene] &+= counted[gene]
                    }
                }
            }
        }
        for gene in 0..<genes where sample.responses[gene] != StumpSample.missing {
            totals[gene] &+= values[gene]
            squares[gene] &+= values[gene] * Int64(sample.responses[gene])
            present[gene] += Int64(change)
        }
        sampleCount += change
    }

    /// How many samples there are in each pair of bins of two regulators, `row` at or before `other` in the dictionary: `row`'s bin by
    /// `other`'s; the last bin of each is "missing".
    public func jointCounts(_ row: Int, _ other: Int) -> [UInt32] {
        let start = tableStarts[row] + (binStarts[other] - binStarts[row]) * binCounts[row]
        return Array(pairCounts[start..<start + binCounts[row] * binCounts[other]])
    }

    /// The co-counts of all entries.
    func coCounts<Count: FixedWidthInteger & UnsignedInteger & Sendable>(
        as: Count.Type, runner: any ParallelRunner
    ) -> CoCounts<Count> {
        let width = dictionary.placeCount
        var counts = Array(repeating: Count(0), count: width * width)
        counts.withUnsafeMutableBufferPointer { buffer in
            // A pair of regulators is written by the call of the earlier one only.
            runner.forEach(binCounts.count, writing: buffer) { row, cells in
                for other in row..<binCounts.count { write(row, other, cells, width) }
            }
        }
        return CoCounts(width: width, counts: counts)
    }

    /// The co-counts of two regulators: sums over all bins at or above a pair, from the top down; both ways round.
    private func write<Count: FixedWidthInteger>(
        _ row: Int, _ other: Int, _ cells: UnsafeMutableBufferPointer<Count>, _ width: Int
    ) {
        let (rowBins, otherBins) = (binCounts[row], binCounts[other])
        let start = tableStarts[row] + (binStarts[other] - binStarts[row]) * rowBins
        let (one, two, lanes) = (dictionary.place(row, 0), dictionary.place(other, 0), StumpDictionary.lanes)
        var above = Array(repeating: UInt32(0), count: otherBins)
        pairCounts.withUnsafeBufferPointer { pairCounts in
            above.withUnsafeMutableBufferPointer { above in
                for bin in (0..<rowBins - 1).reversed() {
                    var right: UInt32 = 0
                    var forth = (one &+ bin &* lanes) &* width &+ two
                    var back = two &* width &+ one &+ bin &* lanes
                    forth &+= (otherBins &- 2) &* lanes
                    back &+= (otherBins &- 2) &* lanes &* width
                    for otherBin in (0..<otherBins - 1).reversed() {
                        right &+= pairCounts[start &+ bin &* otherBins &+ otherBin]
                        above[otherBin] &+= right
                        let count = Count(truncatingIfNeeded: above[otherBin])
                        cells[forth] = count
                        cells[back] = count
                        forth &-= lanes
                        back &-= lanes &* width
                    }
                }
            }
        }
    }

    /// What a target adds up to over the samples of each entry.
    func responseSums(of target: Int) -> ResponseSums {
        let genes = dictionary.genes.count
        var sums = Array(repeating: Int64(0), count: dictionary.placeCount)
        let complete = present[target] == Int64(sampleCount)
        var counts = Array(repeating: Int64(0), count: complete ? 0 : dictionary.placeCount)
        for row in binCounts.indices {
            var (sum, count): (Int64, Int64) = (0, 0)
            for bin in (0..<binCounts[row] - 1).reversed() {
                let cell = (binStarts[row] + bin) * genes + target
                sum += binSums[cell]
                count += Int64(binPresent[cell])
                let place = dictionary.place(row, bin)
                sums[place] = sum
                if !complete { counts[place] = count }
            }
        }
        return ResponseSums(
            sums: sums, counts: complete ? nil : counts, total: totals[target], squares: squares[target],
            count: present[target])
    }
}
