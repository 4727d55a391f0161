/// The levels of genes with mean 0 and length 1, so that an inner product is a correlation.
struct StandardScores: Sendable {
    /// The number of samples.
    let sampleCount: Int
    /// Gene by gene the standardised levels; all 0 for a constant gene.
    let values: [Double]

    /// Standardised levels, gene by gene.
    init(_ levels: [Float], sampleCount: Int) {
        self.init(levels.map(Double.init), sampleCount: sampleCount)
    }

    /// Standardised levels, gene by gene.
    init(_ levels: [Double], sampleCount: Int) {
        self.sampleCount = sampleCount
        var values = levels
        for start in stride(from: 0, to: sampleCount > 0 ? values.count : 0, by: sampleCount) {
            let range = start..<start + sampleCount
            guard let first = values[range].first, values[range].contains(where: { $0 != first }) else {
                for place in range { values[place] = 0 }
                continue
            }
            let mean = values[range].reduce(0, +) / Double(sampleCount)
            for place in range { values[place] -= mean }
            let length = values[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
            for place in range { values[place] = length > 0 ? values[place] / length : 0 }
        }
        self.values = values
    }

    /// The correlations of one gene with all genes, -1...1.
    func correlations(of gene: Int) -> [Double] {
        let count = sampleCount > 0 ? values.count / sampleCount : 0
        var result = Array(repeating: 0.0, count: count)
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let own = base + gene * sampleCount
            for other in 0..<count {
                result[other] = max(-1, min(1, innerProduct(own, base + other * sampleCount, sampleCount)))
            }
        }
        return result
    }
}

/// The inner product of two vectors: eight partial sums in a fixed order, so that it is the same on every machine.
@inline(__always)
func innerProduct(_ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ count: Int) -> Double {
    var (first, second) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    let (a, b) = (UnsafeRawPointer(one), UnsafeRawPointer(other))
    let whole = count & ~7
    var place = 0
    while place < whole {
        let byte = place * MemoryLayout<Double>.stride
        first +=
            a.loadUnaligned(fromByteOffset: byte, as: SIMD4<Double>.self)
            * b.loadUnaligned(fromByteOffset: byte, as: SIMD4<Double>.self)
        second +=
            a.loadUnaligned(fromByteOffset: byte + 32, as: SIMD4<Double>.self)
            * b.loadUnaligned(fromByteOffset: byte + 32, as: SIMD4<Double>.self)
        place += 8
    }
    var sum = (first + second).sum()
    while place < count {
        sum += one[place] * other[place]
        place += 1
    }
    return sum
}
