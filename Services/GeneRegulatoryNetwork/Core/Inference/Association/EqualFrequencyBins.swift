import Foundation

/// The levels of genes in bins of equal frequency; equal levels are never parted (``QuantileCuts``).
struct EqualFrequencyBins: Sendable {
    /// The most bins.
    static let most = 256

    /// Gene by gene the bin of each sample.
    let codes: [UInt8]
    /// The most bins a gene has.
    let binCount: Int
    /// Gene by gene how many bins hold a sample.
    let occupied: [Int]
    /// Gene by gene the sum of c ln c over its bins' counts c, in ``unit``s.
    let own: [Int64]
    /// c ln c for each count c, in ``unit``s: whole numbers, so that no sum depends on an order.
    let table: [Int64]
    /// The number of samples.
    let sampleCount: Int

    /// Parts of a whole in which c ln c is kept.
    static let unit = 0x1p32

    init(_ expression: CanonicalExpression, bins: Int) {
        let samples = expression.sampleCount
        let table = (0...samples).map { $0 < 2 ? 0 : Int64((Double($0) * log(Double($0)) * Self.unit).rounded()) }
        var codes: [UInt8] = []
        codes.reserveCapacity(expression.values.count)
        var (occupied, own): ([Int], [Int64]) = ([], [])
        for gene in 0..<expression.geneCount {
            let levels = expression.levels(of: gene)
            let cuts = QuantileCuts.cuts(of: levels, count: bins - 1)
            var counts = Array(repeating: 0, count: bins)
            for level in levels {
                var bin = 0
                while bin < cuts.count, level > cuts[bin] { bin += 1 }
                counts[bin] += 1
                codes.append(UInt8(truncatingIfNeeded: bin))
            }
            occupied.append(counts.count { $0 > 0 })
            own.append(counts.reduce(0) { $0 + table[$1] })
        }
        self.codes = codes
        self.table = table
        binCount = bins
        self.occupied = occupied
        self.own = own
        sampleCount = samples
    }

    /// The mutual information of one gene with each gene in nats, 0 or more; symmetric to the last bit.
    func information(of gene: Int, isCorrected: Bool) -> [Double] {
        let genes = occupied.count
        var result = Array(repeating: 0.0, count: genes)
        var joint = Array(repeating: UInt32(0), count: binCount * binCount)
        codes.withUnsafeBufferPointer { codes in
            joint.withUnsafeMutableBufferPointer { joint in
                table.withUnsafeBufferPointer { table in
                    for other in 0..<genes {
                        let (one, two) = (gene * sampleCount, other * sampleCount)
                        for sample in 0..<sampleCount {
                            joint[Int(codes[one + sample]) * binCount + Int(codes[two + sample])] &+= 1
                        }
                        var (sum, cells): (Int64, Int) = (0, 0)
                        for cell in joint.indices where joint[cell] != 0 {
                            sum &+= table[Int(joint[cell])]
                            cells += 1
                            joint[cell] = 0
                        }
                        // Whole numbers up to here.
                        let whole = sum - own[gene] - own[other] + table[sampleCount]
                        var nats = Double(whole) / Self.unit
                        if isCorrected { nats += Double(occupied[gene] + occupied[other] - cells - 1) / 2 }
                        result[other] = max(0, nats / Double(sampleCount))
                    }
                }
            }
        }
        return result
    }
}
