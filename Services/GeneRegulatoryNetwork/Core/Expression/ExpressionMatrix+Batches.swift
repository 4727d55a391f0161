extension ExpressionMatrix {
    /// The matrix with each gene's mean within each batch taken away, so that what differs between batches is gone.
    ///
    /// The means come from whole-number sums (``FixedPointScale``), so they do not depend on the order of samples; the centred levels are
    /// deviations in the gene's unit. A level that is alone in its batch says nothing after that and becomes missing (reported).
    /// Do this before the matrix is cut and quantised: the statistics of the result are then exact like any others.
    /// - Parameter batches: sample by sample the name of its batch.
    /// - Throws: ``InferenceError`` `mismatch` when the number of batches is not that of samples.
    public func centred(withinBatches batches: [String]) throws(InferenceError) -> ExpressionMatrix {
        guard batches.count == sampleCount else {
            throw InferenceError(.mismatch, "\(sampleCount) samples need as many batch names, not \(batches.count)")
        }
        var number: [String: Int] = [:]
        let batch = batches.map { name in
            if let known = number[name] { return known }
            number[name] = number.count
            return number.count - 1
        }
        var centred = values
        for gene in genes.indices {
            let scale = FixedPointScale(spanning: levels(of: gene))
            var sums = Array(repeating: Int64(0), count: number.count)
            var counts = Array(repeating: Int64(0), count: number.count)
            for sample in samples.indices {
                guard let whole = scale.quantised(values[gene * sampleCount + sample]) else { continue }
                sums[batch[sample]] += Int64(whole)
                counts[batch[sample]] += 1
            }
            for sample in samples.indices {
                let (place, own) = (gene * sampleCount + sample, batch[sample])
                guard counts[own] > 1 else {
                    centred[place] = .nan
                    continue
                }
                let mean = scale.offset + scale.step * (Double(sums[own]) / Double(counts[own]))
                centred[place] = Float(Double(centred[place]) - mean)
            }
        }
        return ExpressionMatrix(checked: genes, samples, centred)
    }
}
