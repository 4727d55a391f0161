/// Levels of genes over samples, as they came: what is missing, constant or named twice is kept and reported, never dropped in silence.
///
/// Shape: ``genes`` x ``samples``; units are the caller's (log intensity, counts, arbitrary units), the same for all samples of a gene.
public struct ExpressionMatrix: Sendable {
    /// The genes' names; a name may occur more than once (see ``duplicates``).
    public let genes: [String]
    /// The samples' names.
    public let samples: [String]
    /// Gene by gene the levels of all samples; NaN is missing, infinities do not occur.
    public let values: [Float]
    /// What is unusual about the data, gene by gene in the order of ``genes``.
    public let issues: [ExpressionIssue]
    /// Genes of a name that another column stands for; ascending. Methods make no edges from or to them.
    ///
    /// Of the columns of one name the one stands that has most levels; of those the one whose sorted levels come last. So it does not
    /// depend on the order of columns.
    public let duplicates: [Int]
    /// True where at least one level is missing.
    public let hasMissing: Bool

    /// A matrix of gene-major levels.
    /// - Parameter values: gene by gene, `genes.count * samples.count` levels; infinite ones become missing and are reported.
    /// - Throws: ``InferenceError`` `mismatch` when the count of values does not fit.
    public init(genes: [String], samples: [String], values: [Float]) throws(InferenceError) {
        guard values.count == genes.count * samples.count else {
            throw InferenceError(
                .mismatch,
                "\(genes.count) genes x \(samples.count) samples need \(genes.count * samples.count) levels, not \(values.count)"
            )
        }
        self.init(checked: genes, samples, values)
    }

    /// A matrix from one row of levels for each sample.
    /// - Parameter rows: sample by sample the levels of all genes.
    /// - Throws: ``InferenceError`` `mismatch` when a row has another length than `genes`; it names the row, from 1.
    public init(genes: [String], samples: [String], rows: [[Float]]) throws(InferenceError) {
        guard rows.count == samples.count else {
            throw InferenceError(.mismatch, "\(samples.count) samples need as many rows, not \(rows.count)")
        }
        var values = [Float](repeating: .nan, count: genes.count * samples.count)
        for (sample, row) in rows.enumerated() {
            guard row.count == genes.count else {
                throw InferenceError(.mismatch, "row \(sample + 1) has \(row.count) levels for \(genes.count) genes")
            }
            for gene in row.indices { values[gene * samples.count + sample] = row[gene] }
        }
        self.init(checked: genes, samples, values)
    }

    /// A matrix from one column of levels for each gene.
    /// - Parameter columns: gene by gene the levels of all samples.
    /// - Throws: ``InferenceError`` `mismatch` when a column has another length than `samples`; it names the column, from 1.
    public init(genes: [String], samples: [String], columns: [[Float]]) throws(InferenceError) {
        guard columns.count == genes.count else {
            throw InferenceError(.mismatch, "\(genes.count) genes need as many columns, not \(columns.count)")
        }
        for (gene, column) in columns.enumerated() where column.count != samples.count {
            throw InferenceError(
                .mismatch, "column \(gene + 1) has \(column.count) levels for \(samples.count) samples")
        }
        self.init(checked: genes, samples, Array(columns.joined()))
    }

    /// A matrix whose shape is known to fit.
    init(checked genes: [String], _ samples: [String], _ raw: [Float]) {
        let width = samples.count
        var values = raw
        var issues: [ExpressionIssue] = []
        var missing = Array(repeating: 0, count: genes.count)
        for gene in genes.indices {
            var infinite = 0
            var (low, high) = (Float.infinity, -Float.infinity)
            for place in gene * width..<(gene + 1) * width {
                let value = values[place]
                if value.isFinite {
                    low = min(low, value)
                    high = max(high, value)
                } else {
                    if !value.isNaN { infinite += 1 }
                    values[place] = .nan
                    missing[gene] += 1
                }
            }
            if infinite > 0 {
                issues.append(ExpressionIssue(.infinite, gene: gene, name: genes[gene], count: infinite))
            }
            if missing[gene] > 0 {
                issues.append(ExpressionIssue(.missing, gene: gene, name: genes[gene], count: missing[gene]))
            }
            if low >= high {
                issues.append(
                    ExpressionIssue(.constant, gene: gene, name: genes[gene], count: width - missing[gene]))
            }
        }
        let duplicates = Self.duplicates(genes, values, width: width, missing: missing)
        for gene in duplicates {
            issues.append(ExpressionIssue(.duplicatedName, gene: gene, name: genes[gene], count: 1))
        }
        self.genes = genes
        self.samples = samples
        self.values = values
        self.issues = issues.sorted { ($0.gene, $0.kind.place) < ($1.gene, $1.kind.place) }
        self.duplicates = duplicates
        hasMissing = missing.contains { $0 > 0 }
    }

    /// The columns whose name another column stands for.
    private static func duplicates(_ genes: [String], _ values: [Float], width: Int, missing: [Int]) -> [Int] {
        var columns: [String: [Int]] = [:]
        for (gene, name) in genes.enumerated() { columns[name, default: []].append(gene) }
        var beaten: [Int] = []
        for group in columns.values where group.count > 1 {
            let ranked = group.map { gene in
                (gene, values[gene * width..<(gene + 1) * width].filter { !$0.isNaN }.sorted())
            }
            var best = ranked[0]
            for other in ranked.dropFirst() {
                let comesLater =
                    other.1.count != best.1.count
                    ? other.1.count > best.1.count : best.1.lexicographicallyPrecedes(other.1)
                if comesLater { best = other }
            }
            beaten += group.filter { $0 != best.0 }
        }
        return beaten.sorted()
    }

    /// The number of genes.
    public var geneCount: Int { genes.count }
    /// The number of samples.
    public var sampleCount: Int { samples.count }

    /// The levels of one gene, sample by sample.
    public func levels(of gene: Int) -> ArraySlice<Float> {
        values[gene * samples.count..<(gene + 1) * samples.count]
    }
}

extension ExpressionMatrix: Equatable {
    /// Equal names and bit-equal levels; what is missing equals what is missing.
    public static func == (one: ExpressionMatrix, other: ExpressionMatrix) -> Bool {
        one.genes == other.genes && one.samples == other.samples
            && one.values.elementsEqual(other.values) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
}
