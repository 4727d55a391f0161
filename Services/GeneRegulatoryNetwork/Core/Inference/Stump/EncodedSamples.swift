/// All samples of a matrix in the whole numbers of a dictionary, laid out for counting.
struct EncodedSamples: Sendable {
    /// The dictionary.
    let dictionary: StumpDictionary
    /// The number of samples.
    let sampleCount: Int
    /// Regulator by regulator the bins of all samples.
    let bins: [[UInt8]]
    /// Gene by gene the numbers to be explained.
    let responses: [[Int16]]
    /// Regulator by regulator the samples in which it was measured, those of the highest bin first.
    private let orders: [[Int32]]
    /// Regulator by regulator how many samples of its order lie in bin k or above, for each entry k; entry 0 is all of them.
    private let reach: [[Int]]

    /// Encodes the matrix a dictionary was made from; `responses` are its genes' numbers by it.
    init(
        _ expression: ExpressionMatrix, dictionary: StumpDictionary, responses: [[Int16]], runner: any ParallelRunner
    ) {
        self.dictionary = dictionary
        let width = expression.sampleCount
        sampleCount = width
        let bins = runner.gather(dictionary.regulators.count, startingWith: [UInt8]()) { row in
            expression.levels(of: dictionary.regulators[row]).map { level in
                level.isNaN ? StumpSample.missingBin : UInt8(StumpDictionary.bin(of: level, dictionary.cuts[row]))
            }
        }
        self.responses = responses
        var (orders, reach): ([[Int32]], [[Int]]) = ([], [])
        for (row, own) in bins.enumerated() {
            var counts = Array(repeating: 0, count: dictionary.cuts[row].count + 1)
            for bin in own where bin != StumpSample.missingBin { counts[Int(bin)] += 1 }
            var place = counts
            var reached = 0
            for bin in counts.indices.reversed() {
                place[bin] = reached
                reached += counts[bin]
                counts[bin] = reached
            }
            var order = Array(repeating: Int32(0), count: reached)
            for (sample, bin) in own.enumerated() where bin != StumpSample.missingBin {
                order[place[Int(bin)]] = Int32(sample)
                place[Int(bin)] += 1
            }
            orders.append(order)
            reach.append(counts)
        }
        self.bins = bins
        self.orders = orders
        self.reach = reach
    }

    /// What the targets of a range add up to over the samples of each entry.
    ///
    /// Whole numbers in registers side by side for all targets of the range, sample after sample in the order of a regulator's bins. `Sum`
    /// must hold 32,767 times the number of samples.
    func responseSums<Sum: FixedWidthInteger & SignedInteger & Sendable>(
        of targets: Range<Int>, as: Sum.Type
    ) -> [ResponseSums] {
        let incomplete = targets.filter { responses[$0].contains(StumpSample.missing) }
        // One column for each target, and one that counts its samples where some are missing.
        let width = (targets.count + incomplete.count + 15) / 16 * 16
        var table = Array(repeating: Sum(0), count: max(sampleCount * width, 1))
        for (column, target) in targets.enumerated() {
            for (sample, response) in responses[target].enumerated() where response != StumpSample.missing {
                table[sample * width + column] = Sum(response)
            }
        }
        for (place, target) in incomplete.enumerated() {
            for (sample, response) in responses[target].enumerated() where response != StumpSample.missing {
                table[sample * width + targets.count + place] = 1
            }
        }
        var entries = Array(repeating: Sum(0), count: dictionary.placeCount * width)
        table.withUnsafeBufferPointer { table in
            entries.withUnsafeMutableBufferPointer { entries in
                guard let table = table.baseAddress, let entries = entries.baseAddress else { return }
                for row in bins.indices { add(row, table, width: width, to: entries, stride: width) }
            }
        }
        return targets.enumerated().map { column, target in
            let counter = incomplete.firstIndex(of: target).map { targets.count + $0 }
            return ResponseSums(
                responses[target],
                sums: (0..<dictionary.placeCount).map { Int64(entries[$0 * width + column]) },
                counts: counter.map { counter in
                    (0..<dictionary.placeCount).map { Int64(entries[$0 * width + counter]) }
                })
        }
    }

    /// Sample by sample 1 where it has the entry at each of some places, else 0.
    func bits<Bit: FixedWidthInteger>(of places: Range<Int>, as: Bit.Type) -> [Bit] {
        let (depth, lanes, width) = (dictionary.depth, StumpDictionary.lanes, places.count)
        var table = Array(repeating: Bit(0), count: max(sampleCount * width, 1))
        for place in places {
            let (row, entry) = (place / (lanes * depth) * lanes + place % lanes, place / lanes % depth)
            guard row < bins.count, entry <= dictionary.cuts[row].count else { continue }
            bins[row].withUnsafeBufferPointer { bins in
                var cell = place - places.lowerBound
                for bin in bins {
                    table[cell] = bin != StumpSample.missingBin && bin >= entry ? 1 : 0
                    cell += width
                }
            }
        }
        return table
    }

    /// For each entry of a regulator, the highest cut first, the sum of the table's rows of its samples, `width` numbers side by side.
    ///
    /// The samples of a stump are those of the next higher one and those between the two cuts, so that every sample is added once.
    /// - Parameters:
    ///   - table: sample by sample `width` numbers.
    ///   - sums: where the sums of place 0 go; those of the next place go `stride` further.
    func add<Sum: FixedWidthInteger>(
        _ row: Int, _ table: UnsafePointer<Sum>, width: Int, to sums: UnsafeMutablePointer<Sum>, stride: Int
    ) {
        let (order, reach) = (orders[row], reach[row])
        var next = 0
        for entry in reach.indices.reversed() {
            let own = sums + dictionary.place(row, entry) * stride
            if entry + 1 < reach.count {
                own.update(from: sums + dictionary.place(row, entry + 1) * stride, count: width)
            } else {
                own.update(repeating: 0, count: width)
            }
            while next < reach[entry] {
                let sample = table + Int(order[next]) * width
                for column in 0..<width { own[column] &+= sample[column] }
                next += 1
            }
        }
        for entry in reach.count..<dictionary.depth {
            (sums + dictionary.place(row, entry) * stride).update(repeating: 0, count: width)
        }
    }
}
