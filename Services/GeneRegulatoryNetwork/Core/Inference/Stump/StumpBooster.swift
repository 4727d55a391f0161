/// L2 boosting of stumps in coefficient space: no sample is looked at, only counts and sums.
///
/// A stump's indicator b over the samples where its regulator was measured (m) is centred to c = b - p m, p the share of ones; a missing level
/// thus counts as the stump's mean, exactly, and the matrix of inner products stays one of real vectors (no pairwise deletion, which would not).
/// With N the co-counts, <c_a, c_b> = (N[a,b] - p_a N[m_a,b]) - p_b (N[a,m_b] - p_a N[m_a,m_b]); without missing levels the last term is 0.
struct StumpBooster<Count: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    let dictionary: StumpDictionary
    let coCounts: CoCounts<Count>
    /// Place by place 1 / the length of the centred stump; 0 where there is none to take.
    private let inverseLengths: [Lanes]
    /// Place by place the share of ones where the regulator was measured.
    private let shares: [Lanes]
    /// Place by place how many samples have the entry.
    private let ones: [Int64]
    private let floatOnes: [Float]
    private let hasMissing: Bool

    /// One number for each of eight regulators.
    typealias Lanes = SIMD8<Float>

    /// A booster on co-counts of `sampleCount` samples.
    init(_ dictionary: StumpDictionary, _ coCounts: CoCounts<Count>, sampleCount: Int) {
        self.dictionary = dictionary
        self.coCounts = coCounts
        var inverse = Array(repeating: Lanes.zero, count: dictionary.placeCount / StumpDictionary.lanes)
        var shares = inverse
        var missing = false
        for row in dictionary.regulators.indices {
            let measured = Double(coCounts.count(dictionary.place(row, 0)))
            if measured != Double(sampleCount) { missing = true }
            for entry in 1..<dictionary.depth {
                let place = dictionary.place(row, entry)
                let ones = Double(coCounts.count(place))
                guard ones > 0, ones < measured else { continue }
                let (vector, lane) = (place / StumpDictionary.lanes, place % StumpDictionary.lanes)
                shares[vector][lane] = Float(ones / measured)
                inverse[vector][lane] = Float(1 / (ones * (measured - ones) / measured).squareRoot())
            }
        }
        inverseLengths = inverse
        self.shares = shares
        ones = (0..<dictionary.placeCount).map { Int64(coCounts.count($0)) }
        floatOnes = ones.map { Float($0) }
        hasMissing = missing
    }

    /// What boosting says of each regulator of a target, in the order of the dictionary; `own` is the target's own place there, which is
    /// never taken.
    func explain(_ response: ResponseSums, own: Int?) -> StumpExplanation {
        var lengths = inverseLengths
        if let own {
            for entry in 0..<dictionary.depth {
                lengths[own / StumpDictionary.lanes * dictionary.depth + entry][own % StumpDictionary.lanes] = 0
            }
        }
        var result = StumpExplanation(dictionary)
        var products = products(response)
        products.withUnsafeMutableBufferPointer { products in
            lengths.withUnsafeBufferPointer { lengths in
                coCounts.counts.withUnsafeBufferPointer { counts in
                    guard let products = products.baseAddress, let lengths = lengths.baseAddress,
                        let counts = counts.baseAddress
                    else { return }
                    marginals(products, lengths, &result)
                    boost(products, lengths, counts, &result)
                }
            }
        }
        return result
    }

    /// Place by place the inner product of the centred stump and the centred, normed target.
    private func products(_ response: ResponseSums) -> [Lanes] {
        var products = Array(repeating: Lanes.zero, count: inverseLengths.count)
        let variation = response.variation
        guard variation > 0 else { return products }
        let mean = Double(response.total) / Double(response.count)
        let scale = 1 / variation.squareRoot()
        for row in dictionary.regulators.indices {
            let start = dictionary.place(row, 0)
            let measured = ones[start]
            guard measured > 0 else { continue }
            let (sum, factor) = (response.sums[start], scale / Double(measured))
            for entry in 1..<dictionary.depth {
                let place = dictionary.place(row, entry)
                var product = Double(response.sums[place] * measured - ones[place] * sum)
                if let counts = response.counts {
                    product -= mean * Double(counts[place] * measured - ones[place] * counts[start])
                }
                products[place / StumpDictionary.lanes][place % StumpDictionary.lanes] = Float(product * factor)
            }
        }
        return products
    }

    /// The best single stump of each regulator.
    private func marginals(
        _ products: UnsafePointer<Lanes>, _ lengths: UnsafePointer<Lanes>, _ result: inout StumpExplanation
    ) {
        for row in dictionary.regulators.indices {
            let (group, lane) = (row / StumpDictionary.lanes * dictionary.depth, row % StumpDictionary.lanes)
            var best: Float = 0
            for entry in 1..<max(dictionary.depth, 1) {
                let coefficient = (products[group + entry] * lengths[group + entry])[lane]
                if coefficient.magnitude > best.magnitude { best = coefficient }
            }
            result.marginals[row] = best
        }
    }

    private func boost(
        _ products: UnsafeMutablePointer<Lanes>, _ lengths: UnsafePointer<Lanes>, _ counts: UnsafePointer<Count>,
        _ result: inout StumpExplanation
    ) {
        let (depth, lanes, settings) = (dictionary.depth, StumpDictionary.lanes, dictionary.settings)
        let shrinkage = Float(settings.shrinkage)
        var strongest = Array(repeating: Lanes.zero, count: result.gains.count)
        for group in strongest.indices { strongest[group] = best(products, lengths, group) }
        for _ in 0..<settings.rounds {
            guard let row = Self.first(strongest) else { return }
            // Of one regulator's equals the lowest cut.
            let (group, lane) = (row / lanes, row % lanes)
            let size = strongest[group][lane]
            guard
                let entry = (1..<depth).first(where: { entry in
                    (products[group * depth + entry] * lengths[group * depth + entry])[lane].magnitude == size
                })
            else { return }
            let length = lengths[group * depth + entry][lane]
            let coefficient = products[group * depth + entry][lane] * length
            result.steps[row] += coefficient
            result.credit(strongest, row, gain: coefficient * coefficient * shrinkage * (2 - shrinkage), size, settings)
            subtract(
                shrinkage * coefficient * length, counts + dictionary.place(row, entry) * coCounts.width,
                counts + dictionary.place(row, 0) * coCounts.width, shares[group * depth + entry][lane], products)
            for group in strongest.indices { strongest[group] = best(products, lengths, group) }
        }
    }

    /// The sizes of the best coefficients of eight regulators.
    @inline(__always)
    private func best(_ products: UnsafePointer<Lanes>, _ lengths: UnsafePointer<Lanes>, _ group: Int) -> Lanes {
        // Without its sign a float's bits are in the order of its size, and whole numbers have a vector maximum.
        var best = SIMD8<Int32>.zero
        for place in group &* dictionary.depth..<(group &+ 1) &* dictionary.depth {
            let size = Self.bits(of: products[place] * lengths[place]) & 0x7fff_ffff
            best.replace(with: size, where: size .> best)
        }
        return withUnsafeBytes(of: best) { $0.load(as: Lanes.self) }
    }

    /// The bits of eight numbers; optimised it costs nothing.
    @inline(__always)
    private static func bits(of lanes: Lanes) -> SIMD8<Int32> {
        withUnsafeBytes(of: lanes) { $0.load(as: SIMD8<Int32>.self) }
    }

    /// The first regulator by name of those whose best coefficient is the largest; nil when all are 0.
    private static func first(_ strongest: [Lanes]) -> Int? {
        var top = SIMD8<Int32>.zero
        for best in strongest {
            let sizes = bits(of: best)
            top.replace(with: sizes, where: sizes .> top)
        }
        let size = Float(bitPattern: UInt32(bitPattern: top.max()))
        guard size > 0, let group = strongest.firstIndex(where: { any($0 .== size) }) else { return nil }
        for lane in 0..<StumpDictionary.lanes where strongest[group][lane] == size {
            return group * StumpDictionary.lanes + lane
        }
        return nil
    }

    /// Takes `step` times the centred stump of `row` from the target: the products of all stumps follow.
    private func subtract(
        _ step: Float, _ row: UnsafePointer<Count>, _ measured: UnsafePointer<Count>, _ share: Float,
        _ products: UnsafeMutablePointer<Lanes>
    ) {
        let flat = UnsafeMutableRawPointer(products).assumingMemoryBound(to: Float.self)
        guard hasMissing else {
            // Where all is measured, N[m, b] is the number of ones of b.
            floatOnes.withUnsafeBufferPointer { ones in
                guard let ones = ones.baseAddress else { return }
                for place in 0..<coCounts.width { flat[place] -= step * (Float(row[place]) - share * ones[place]) }
            }
            return
        }
        let (depth, lanes) = (dictionary.depth, StumpDictionary.lanes)
        for group in 0..<inverseLengths.count / depth {
            var back = Lanes.zero
            for lane in 0..<lanes {
                let place = group * depth * lanes + lane
                back[lane] = step * (Float(row[place]) - share * Float(measured[place]))
            }
            for place in group * depth..<(group + 1) * depth { products[place] += back * shares[place] }
        }
        for place in 0..<coCounts.width {
            flat[place] -= step * (Float(row[place]) - share * Float(measured[place]))
        }
    }
}
