/// A cut of a node's samples.
struct TreeSplit {
    /// The regulator that is cut; negative for none.
    var regulator: Int
    /// The last bin that goes to the left.
    var bin: UInt8
    /// The word of the left samples.
    var sum: Int64
    /// What the squared sums of both sides over their counts add up to.
    var score: Double
}

/// The samples of a tree in the order of its nodes, and the search for cuts among them.
struct NodeSamples: ~Copyable {
    /// The number of samples in the tree.
    private(set) var count = 0

    private let bins: SharedBins
    private let codes: UnsafeMutablePointer<UInt8>
    private let members: UnsafeMutablePointer<Int32>
    private let words: UnsafeMutablePointer<Int64>
    private let spareMembers: UnsafeMutablePointer<Int32>
    private let spareWords: UnsafeMutablePointer<Int64>
    /// The bins of a node's samples for the regulator at hand.
    private let row: UnsafeMutablePointer<UInt8>
    private let histogram: UnsafeMutablePointer<Int64>
    private let marks: UnsafeMutablePointer<UInt64>
    /// 1 / count, and 0 for 0.
    private let reciprocal: UnsafeMutablePointer<Double>

    /// Room for all samples.
    init(_ bins: SharedBins) {
        let samples = bins.sampleCount
        self.bins = bins
        codes = .allocate(capacity: max(bins.codes.count, 1))
        bins.codes.withUnsafeBufferPointer { [codes] source in
            for place in source.indices { (codes + place).initialize(to: source[place]) }
        }
        members = .allocate(capacity: samples)
        members.initialize(repeating: 0, count: samples)
        words = .allocate(capacity: samples)
        words.initialize(repeating: 0, count: samples)
        spareMembers = .allocate(capacity: samples)
        spareMembers.initialize(repeating: 0, count: samples)
        spareWords = .allocate(capacity: samples)
        spareWords.initialize(repeating: 0, count: samples)
        row = .allocate(capacity: samples)
        row.initialize(repeating: 0, count: samples)
        histogram = .allocate(capacity: SharedBins.most)
        histogram.initialize(repeating: 0, count: SharedBins.most)
        marks = .allocate(capacity: SharedBins.most / 64)
        marks.initialize(repeating: 0, count: SharedBins.most / 64)
        reciprocal = .allocate(capacity: samples + 1)
        for count in 0...samples { (reciprocal + count).initialize(to: count == 0 ? 0 : 1 / Double(count)) }
    }

    deinit {
        codes.deallocate()
        members.deallocate()
        words.deallocate()
        spareMembers.deallocate()
        spareWords.deallocate()
        row.deallocate()
        histogram.deallocate()
        marks.deallocate()
        reciprocal.deallocate()
    }

    /// Takes in the samples of a weight above 0, and gives the word of all. The weights add up to the number of samples at most.
    mutating func fill(_ values: [Int64], _ weights: [Int64]) -> Int64 {
        var total: Int64 = 0
        count = 0
        for (sample, weight) in weights.enumerated() where weight > 0 {
            members[count] = Int32(truncatingIfNeeded: sample)
            words[count] = (values[sample] * weight) << 20 + weight
            total += words[count]
            count += 1
        }
        return total
    }

    /// What a sum adds to the score of a split.
    @inline(__always)
    func score(_ sum: Int64) -> Double {
        let level = Double(sum >> 20)
        return level * level * reciprocal[Int(sum & 0xfffff)]
    }

    /// Whether all samples from a place to another have one level of the target.
    func isConstant(from start: Int, to end: Int) -> Bool {
        // The words of one level are multiples of each other by their weights.
        let (first, weight) = (words[start] >> 20, words[start] & 0xfffff)
        for place in start + 1..<end where (words[place] >> 20) * weight != first * (words[place] & 0xfffff) {
            return false
        }
        return true
    }

    /// The one way to part two samples; nil when the regulator does not tell them apart.
    func pair(at start: Int, sum: Int64, _ regulator: Int) -> TreeSplit? {
        let own = codes + regulator * bins.sampleCount
        let (a, b) = (own[Int(members[start])], own[Int(members[start + 1])])
        guard a != b else { return nil }
        let left = a < b ? words[start] : words[start + 1]
        return TreeSplit(regulator: regulator, bin: min(a, b), sum: left, score: score(left) + score(sum &- left))
    }

    /// Betters the split by the best cut of a regulator: sums by bin, then from the lowest bin up.
    mutating func search(
        from start: Int, to end: Int, sum total: Int64, _ regulator: Int, _ best: inout TreeSplit
    ) {
        let own = codes + regulator * bins.sampleCount
        let binCount = bins.tops[regulator].count
        var (sum, bestScore, bestBin, bestSum): (Int64, Double, Int, Int64) = (0, best.score, -1, 0)
        @inline(__always)
        func take(_ bin: Int) {
            sum &+= histogram[bin]
            histogram[bin] = 0
            let both = score(sum) + score(total &- sum)
            // A score of all samples on one side is no split; it is the least there is.
            if both > bestScore, sum != total { (bestScore, bestBin, bestSum) = (both, bin, sum) }
        }
        if (end - start) * 4 > binCount * 3 {
            for place in start..<end { histogram[Int(own[Int(members[place])])] &+= words[place] }
            for bin in 0..<binCount where histogram[bin] != 0 { take(bin) }
        } else {
            for place in start..<end {
                let bin = Int(own[Int(members[place])])
                histogram[bin] &+= words[place]
                marks[bin &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bin)
            }
            for mark in 0...(binCount - 1) &>> 6 {
                var rest = marks[mark]
                marks[mark] = 0
                while rest != 0 {
                    take(mark &<< 6 &+ rest.trailingZeroBitCount)
                    rest &= rest &- 1
                }
            }
        }
        guard bestBin >= 0 else { return }
        best = TreeSplit(
            regulator: regulator, bin: UInt8(truncatingIfNeeded: bestBin), sum: bestSum, score: bestScore)
    }

    /// Betters the split by a random cut of a regulator between its least and its largest level in the node.
    mutating func cut(
        from start: Int, to end: Int, sum total: Int64, _ regulator: Int, _ random: inout SeededGenerator,
        _ best: inout TreeSplit
    ) {
        let own = codes + regulator * bins.sampleCount
        let size = end - start
        for place in 0..<size { row[place] = own[Int(members[start + place])] }
        var (low, high) = (UInt8.max, UInt8.min)
        for place in 0..<size {
            low = min(low, row[place])
            high = max(high, row[place])
        }
        guard low < high else { return }
        let code = bins.tops[regulator].withUnsafeBufferPointer { tops in
            let (least, most) = (Double(tops[Int(low)]), Double(tops[Int(high)]))
            let threshold = least + random.uniform() * (most - least)
            var (bin, above) = (Int(low), Int(high))
            // The last bin whose top is not above the threshold.
            while above - bin > 1 {
                let middle = (bin + above) / 2
                if Double(tops[middle]) <= threshold { bin = middle } else { above = middle }
            }
            return UInt8(truncatingIfNeeded: bin)
        }
        var sum: Int64 = 0
        let ordered = words + start
        for place in 0..<size { sum &+= row[place] <= code ? ordered[place] : 0 }
        let both = score(sum) + score(total &- sum)
        if both > best.score { best = TreeSplit(regulator: regulator, bin: code, sum: sum, score: both) }
    }

    /// Puts the samples on the side the split sends them, each side in its order, and gives the first place of the right.
    mutating func part(from start: Int, to end: Int, _ split: TreeSplit) -> Int {
        let own = codes + split.regulator * bins.sampleCount
        var (left, right) = (start, 0)
        for place in start..<end {
            let (member, word) = (members[place], words[place])
            let goesLeft = own[Int(member)] <= split.bin
            members[left] = member
            words[left] = word
            spareMembers[right] = member
            spareWords[right] = word
            left += goesLeft ? 1 : 0
            right += goesLeft ? 0 : 1
        }
        for place in 0..<right {
            members[left + place] = spareMembers[place]
            words[left + place] = spareWords[place]
        }
        return left
    }
}
