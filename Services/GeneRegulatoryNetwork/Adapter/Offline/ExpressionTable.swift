public import GeneRegulatoryNetworkCore

/// A table of levels, read.
///
/// Two layouts are known by the first cell of the header. `gene` and its like: a row for each gene, its name first, a column for each sample.
/// `sample` and its like: a row for each sample, its name first, a column for each gene. A gene's own name, over numbers: a row for each sample
/// and a column for each gene, the samples without names (they are called S1, S2...). Where names stand under a header cell that says
/// nothing, the orientation must be told.
public struct ExpressionTable: Sendable {
    /// How a table lies.
    public enum Orientation: String, Sendable, CaseIterable {
        /// A row for each gene.
        case genesInRows = "genes-in-rows"
        /// A row for each sample.
        case samplesInRows = "samples-in-rows"
    }

    /// The levels.
    public let matrix: ExpressionMatrix
    /// How the table lay.
    public let orientation: Orientation
    /// What a reader of the network should know, a line each: names that occur twice, levels that are missing, constant genes.
    public let remarks: [String]

    /// Reads a table.
    /// - Parameters:
    ///   - bytes: the text, UTF-8; fields parted by tabs or commas. Empty, `NA` and `NaN` are missing.
    ///   - file: its name, for errors.
    ///   - orientation: how it lies; nil for what its header says.
    /// - Throws: ``OfflineError`` that names the line and the column.
    public init(_ bytes: [UInt8], file: String, orientation: Orientation? = nil) throws(OfflineError) {
        var reader = Reader(TextTable(file: file, bytes: bytes), orientation)
        try reader.read()
        (matrix, self.orientation) = try reader.matrix()
        var remarks: [String] = []
        var seen: Set<String> = []
        for sample in matrix.samples where !seen.insert(sample).inserted {
            remarks.append("sample \(sample): the name occurs twice, both are kept")
        }
        self.remarks = remarks + matrix.issues.map(\.description)
    }
}

extension ExpressionTable {
    /// Goes through the rows.
    private struct Reader {
        private let table: TextTable
        private let told: Orientation?
        private var header: [String] = []
        private var headerLine = 0
        private var layout: (orientation: Orientation, names: Bool)?
        private var rowNames: [String] = []
        private var columnNames: [String] = []
        private var values: [Float] = []

        init(_ table: TextTable, _ orientation: Orientation?) {
            self.table = table
            told = orientation
        }

        private static let geneWords: Set<String> = [
            "gene", "genes", "gene_id", "geneid", "gene_name", "gene_symbol", "symbol", "ensembl", "ensembl_id",
            "ensembl_gene_id", "hgnc_symbol",
        ]
        private static let sampleWords: Set<String> = [
            "sample", "samples", "sample_id", "sample_name", "cell", "cells", "cell_id", "barcode", "condition",
            "conditions", "experiment", "chip",
        ]
        private static let timeWords: Set<String> = ["series", "time"]

        mutating func read() throws(OfflineError) {
            var number = 0
            // The rows are visited by a closure that throws; what it gathers lies in self.
            var reader = self
            try table.rows { (row) throws(OfflineError) in
                defer { number += 1 }
                if number == 0 {
                    reader.header = try reader.table.texts(row)
                    reader.headerLine = row.line
                } else {
                    if number == 1 { try reader.decide(first: row) }
                    try reader.take(row)
                }
            }
            self = reader
        }

        private mutating func decide(first row: TextTable.Row) throws(OfflineError) {
            let corner = header.first?.lowercased() ?? ""
            let isWord = Self.geneWords.contains(corner) || Self.sampleWords.contains(corner)
            // R writes no cell above the names of the rows.
            let isShort = header.count + 1 == row.fields.count && !isWord
            guard told != nil || isShort || !Self.timeWords.contains(corner) else {
                throw OfflineError(
                    .malformed, table.file, line: headerLine, column: 1,
                    "'\(header.first ?? "")' heads a time series; infer reads samples of a steady state")
            }
            let isNamed = row.fields.first.map { table.number($0) == nil } ?? false
            let orientation: Orientation
            if let told {
                orientation = told
            } else if isShort || corner.isEmpty {
                throw ambiguity("the header does not say what the names of the rows are")
            } else if Self.geneWords.contains(corner) {
                orientation = .genesInRows
            } else if Self.sampleWords.contains(corner) || !isNamed {
                orientation = .samplesInRows
            } else {
                throw ambiguity("'\(header.first ?? "")' does not say whether rows are genes or samples")
            }
            let names =
                orientation == .genesInRows || isShort || isNamed || corner.isEmpty || Self.sampleWords.contains(corner)
            layout = (orientation, names)
            columnNames = names && !isShort ? Array(header.dropFirst()) : header
            guard !columnNames.isEmpty else {
                throw OfflineError(.malformed, table.file, line: headerLine, "there is no column of levels")
            }
            let offset = names && !isShort ? 2 : 1
            for (index, name) in columnNames.enumerated() where name.isEmpty {
                throw OfflineError(
                    .malformed, table.file, line: headerLine, column: index + offset, "the name is empty")
            }
        }

        private func ambiguity(_ what: String) -> OfflineError {
            OfflineError(
                .malformed, table.file, line: headerLine, column: 1,
                "\(what); give --orientation genes-in-rows or samples-in-rows")
        }

        private mutating func take(_ row: TextTable.Row) throws(OfflineError) {
            guard let layout else { return }
            let expected = columnNames.count + (layout.names ? 1 : 0)
            guard row.fields.count == expected else {
                throw OfflineError(
                    .malformed, table.file, line: row.line, column: min(row.fields.count, expected) + 1,
                    "\(row.fields.count) columns where the header has \(expected)")
            }
            if layout.names {
                let name = try table.text(row.fields[0], row, column: 1)
                guard !name.isEmpty else {
                    throw OfflineError(.malformed, table.file, line: row.line, column: 1, "the name is empty")
                }
                rowNames.append(name)
            } else {
                rowNames.append("S\(rowNames.count + 1)")
            }
            for column in (layout.names ? 1 : 0)..<expected {
                guard let value = table.number(row.fields[column]) else {
                    throw OfflineError(
                        .malformed, table.file, line: row.line, column: column + 1,
                        "not a number; what is missing is empty, NA or NaN")
                }
                values.append(Float(value))
            }
        }

        func matrix() throws(OfflineError) -> (ExpressionMatrix, Orientation) {
            guard let layout else {
                throw OfflineError(.malformed, table.file, "there is no row of levels under a header")
            }
            do throws(InferenceError) {
                switch layout.orientation {
                case .genesInRows:
                    return (try ExpressionMatrix(genes: rowNames, samples: columnNames, values: values), .genesInRows)
                case .samplesInRows:
                    let (genes, samples) = (columnNames.count, rowNames.count)
                    var turned = [Float](repeating: 0, count: values.count)
                    for sample in 0..<samples {
                        for gene in 0..<genes { turned[gene * samples + sample] = values[sample * genes + gene] }
                    }
                    return (try ExpressionMatrix(genes: columnNames, samples: rowNames, values: turned), .samplesInRows)
                }
            } catch {
                throw OfflineError(.malformed, table.file, error.detail)
            }
        }
    }
}
