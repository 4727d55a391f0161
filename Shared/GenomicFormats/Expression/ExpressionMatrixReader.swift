/// How an expression matrix is written.
public struct ExpressionMatrixForm: Equatable, Sendable {
    /// What a row is.
    public enum Orientation: String, Sendable, CaseIterable {
        /// A row is a gene, a column a sample.
        case genesBySamples = "genes-by-samples"
        /// A row is a sample, a column a gene.
        case samplesByGenes = "samples-by-genes"
    }

    /// What a row is; it is declared, never guessed.
    public var orientation: Orientation
    /// What the values are, e.g. `TPM`, `counts`, `log2`; `counts` may not be negative.
    public var unit: String
    /// False when rows have no name: they are then called by their number, from 1.
    public var hasRowNames: Bool
    /// Columns of other facts, e.g. a time.
    public var ignoredColumns: Set<String>

    /// A form.
    public init(
        orientation: Orientation, unit: String = "", hasRowNames: Bool = true, ignoredColumns: Set<String> = []
    ) {
        self.orientation = orientation
        self.unit = unit
        self.hasRowNames = hasRowNames
        self.ignoredColumns = ignoredColumns
    }
}

/// What an ``ExpressionMatrixReader`` found, in the order of the file.
public enum ExpressionMatrixEvent: Equatable, Sendable {
    /// The names of the columns. Come once, before any row.
    case columns([String])
    /// A row: its name and a value for each column; nil is a missing value, which is not zero.
    case row(name: String, values: [Double?], line: Int)
    /// A row that is refused; those that follow are judged for themselves.
    case refused(GenomicFormatError)
}

/// Reads an expression matrix as CSV or TSV, row by row.
///
/// The head may begin with a cell above the row names or leave it out. Missing values are empty, `NA`, `NaN`, `null` or `.`.
public final class ExpressionMatrixReader {
    private let form: ExpressionMatrixForm
    private var splitter = LineSplitter(limit: 64 << 20)
    private let rows: Rows

    /// A reader of one file of that form.
    public init(form: ExpressionMatrixForm) {
        self.form = form
        rows = Rows(form: form)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``GenomicFormatError`` when the head cannot be read (`expression-head`, `expression-duplicate`, `line-too-long`, `not-text`);
    ///   what `body` throws.
    public func push(_ chunk: UnsafeRawBufferPointer, _ body: (ExpressionMatrixEvent) throws -> Void) throws {
        do {
            try splitter.push(chunk) { line, number in try rows.read(line, number, body) }
        } catch let error as LineSplitter.TooLong {
            throw Rows.fault("line-too-long", error.line, "a line may have \(splitter.limit) bytes")
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ chunk: [UInt8], _ body: (ExpressionMatrixEvent) throws -> Void) throws {
        try chunk.withUnsafeBytes { try push($0, body) }
    }

    /// Says that the file has ended.
    ///
    /// - Throws: ``GenomicFormatError`` `expression-empty` when it held no row.
    public func finish(_ body: (ExpressionMatrixEvent) throws -> Void) throws {
        _ = try splitter.finish { line, number in try rows.read(line, number, body) }
        guard rows.hasRows else { throw Rows.fault("expression-empty", 0, "holds no rows") }
    }

    private final class Rows {
        private let form: ExpressionMatrixForm
        private var head: [String]?
        private var separator = UInt8(ascii: "\t")
        private var headLine = 0
        private var offset = 1
        /// The columns of the cells that count.
        private var kept: [Int] = []
        private var names: Set<String> = []
        private var rowNumber = 0
        private(set) var hasRows = false

        init(form: ExpressionMatrixForm) {
            self.form = form
        }

        func read(
            _ line: UnsafeRawBufferPointer, _ number: Int, _ body: (ExpressionMatrixEvent) throws -> Void
        ) throws {
            guard line.isUTF8, !line.contains(0) else { throw Self.fault("not-text", number, "must be text in UTF-8") }
            guard !line.isEmpty else { return }
            guard let head else {
                if line[0] == UInt8(ascii: "#") { return }
                return try readHead(line, number)
            }
            guard let cells = TableLine.cells(line, separator: separator) else {
                return try body(.refused(Self.fault("expression-quotes", number, "a quoted cell has no end")))
            }
            if !hasRows { try begin(head, firstRow: cells, number, body) }
            guard let columns = self.head, cells.count == columns.count + offset else {
                let expected = (self.head?.count ?? 0) + offset
                return try body(
                    .refused(Self.fault("expression-ragged", number, "must have \(expected) cells, not \(cells.count)"))
                )
            }
            try body(row(cells, number))
        }

        private func readHead(_ line: UnsafeRawBufferPointer, _ number: Int) throws {
            separator = line.contains(9) ? 9 : UInt8(ascii: ",")
            guard var cells = TableLine.cells(line, separator: separator) else {
                throw Self.fault("expression-head", number, "a quoted cell has no end")
            }
            if cells[0].hasPrefix("\u{FEFF}") { cells[0].removeFirst() }
            head = cells
            headLine = number
        }

        /// The first row says whether the head has a cell above the row names.
        private func begin(
            _ head: [String], firstRow cells: [String], _ number: Int, _ body: (ExpressionMatrixEvent) throws -> Void
        ) throws {
            var columns = head
            if form.hasRowNames {
                offset = 1
                if head.count == cells.count { columns.removeFirst() }
            } else {
                offset = 0
            }
            guard cells.count == columns.count + offset, !columns.isEmpty else {
                throw Self.fault(
                    "expression-head", headLine,
                    "the head and the first row must have as many columns, or the head one less")
            }
            kept = columns.indices.filter { !form.ignoredColumns.contains(columns[$0]) }
            let named = kept.map { columns[$0] }
            guard !named.contains(""), !named.isEmpty else {
                throw Self.fault("expression-head", headLine, "every column must have a name")
            }
            guard Set(named).count == named.count else {
                throw Self.fault("expression-duplicate", headLine, "the name of a column must come once")
            }
            self.head = columns
            hasRows = true
            try body(.columns(named))
        }

        private func row(_ cells: [String], _ number: Int) -> ExpressionMatrixEvent {
            rowNumber += 1
            let name = form.hasRowNames ? cells[0] : String(rowNumber)
            guard !name.isEmpty else {
                return .refused(Self.fault("expression-name", number, "a row must have a name"))
            }
            guard names.insert(name).inserted else {
                return .refused(Self.fault("expression-duplicate", number, "the name of a row must come once"))
            }
            var values: [Double?] = []
            values.reserveCapacity(kept.count)
            for column in kept {
                var cell = cells[column + offset]
                if Self.missing.contains(cell) {
                    values.append(nil)
                    continue
                }
                let value = cell.withUTF8 { bytes in
                    let bytes = UnsafeRawBufferPointer(bytes)
                    return bytes.double(ByteRange(start: 0, end: bytes.count))
                }
                guard let value, value.isFinite else {
                    return .refused(
                        Self.fault(
                            "expression-value", number, "must be a number or missing",
                            column: "cell \(column + offset + 1)"))
                }
                guard value >= 0 || form.unit != "counts" else {
                    return .refused(
                        Self.fault(
                            "expression-negative", number, "a count must not be negative",
                            column: "cell \(column + offset + 1)"))
                }
                values.append(value)
            }
            return .row(name: name, values: values, line: number)
        }

        private static let missing: Set<String> = ["", "NA", "NaN", "nan", "N/A", "null", "NULL", "."]

        static func fault(_ code: String, _ line: Int, _ detail: String, column: String = "") -> GenomicFormatError {
            GenomicFormatError(code: code, operation: "expression", line: line, column: column, detail: detail)
        }
    }
}
