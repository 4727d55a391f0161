/// The genes that may regulate, as a list of names finds them.
public struct RegulatorList: Sendable, Hashable {
    /// The genes, as numbers of ``ExpressionMatrix/genes``; ascending, each once.
    public let genes: [Int]
    /// Names of the list that no column has, in the order of the list, each once.
    public let unknown: [String]
}

extension ExpressionMatrix {
    /// The genes that may regulate.
    /// - Parameter names: the regulators' names; nil for all genes. Of a duplicated name the column that stands is taken.
    public func regulators(named names: [String]? = nil) -> RegulatorList {
        let beaten = Set(duplicates)
        guard let names else {
            return RegulatorList(genes: genes.indices.filter { !beaten.contains($0) }, unknown: [])
        }
        var column: [String: Int] = [:]
        for (gene, name) in genes.enumerated() where !beaten.contains(gene) { column[name] = gene }
        var (found, unknown, seen): (Set<Int>, [String], Set<String>) = ([], [], [])
        for name in names where seen.insert(name).inserted {
            if let gene = column[name] { found.insert(gene) } else { unknown.append(name) }
        }
        return RegulatorList(genes: found.sorted(), unknown: unknown)
    }

    /// The matrix without the columns in ``duplicates``: each name once.
    public func withoutDuplicates() -> ExpressionMatrix {
        guard !duplicates.isEmpty else { return self }
        let beaten = Set(duplicates)
        return select(genes: genes.indices.filter { !beaten.contains($0) })
    }

    /// The matrix of some genes, in the order given; numbers that do not exist are left out.
    public func select(genes wanted: [Int]) -> ExpressionMatrix {
        let known = wanted.filter(genes.indices.contains)
        var chosen: [Float] = []
        chosen.reserveCapacity(known.count * sampleCount)
        for gene in known { chosen += levels(of: gene) }
        return ExpressionMatrix(checked: known.map { genes[$0] }, samples, chosen)
    }

    /// The matrix of some samples, in the order given (a sample may be taken twice); numbers that do not exist are left out.
    public func select(samples wanted: [Int]) -> ExpressionMatrix {
        let known = wanted.filter(samples.indices.contains)
        var chosen: [Float] = []
        chosen.reserveCapacity(known.count * geneCount)
        for gene in genes.indices {
            for sample in known { chosen.append(values[gene * sampleCount + sample]) }
        }
        return ExpressionMatrix(checked: genes, known.map { samples[$0] }, chosen)
    }

    /// The matrix with each missing level replaced by the median of its gene (midpoint of the two middle ones); 0 for a gene without levels.
    ///
    /// For methods that cannot do without; the fast mode can (see ``StumpStatistics``).
    public func medianImputed() -> ExpressionMatrix {
        guard hasMissing else { return self }
        var filled = values
        for gene in genes.indices {
            let present = levels(of: gene).filter { !$0.isNaN }.sorted()
            guard present.count < sampleCount else { continue }
            let half = present.count / 2
            let median: Float =
                present.isEmpty
                ? 0 : present.count % 2 == 1 ? present[half] : present[half - 1] / 2 + present[half] / 2
            for place in gene * sampleCount..<(gene + 1) * sampleCount where filled[place].isNaN {
                filled[place] = median
            }
        }
        return ExpressionMatrix(checked: genes, samples, filled)
    }
}
