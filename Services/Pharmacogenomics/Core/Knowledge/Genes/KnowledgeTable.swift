/// One knowledge table: a view over the bytes of a tab-separated file.
///
/// The format: UTF-8; lines end with a line feed (or carriage return and line feed); lines that begin with `#` and
/// empty lines are skipped; the first other line names the columns; every further line has as many fields as there are
/// columns; an empty field is an absent value. Fields are found once, at the start, and made into values when they are
/// asked for. An accessor's error names file, line and column.
public struct KnowledgeTable: Sendable {
    /// A column of this table, from `column(_:)`.
    public struct Column: Sendable, Hashable {
        /// The column's number from 0.
        public let index: Int
    }

    /// The file name, for errors.
    public let name: String
    /// The columns' names in their order.
    public let columnNames: [String]
    /// The number of rows below the column names.
    public let rowCount: Int
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Row by row the offset of every field and, after the last one, of the end of its line plus 1.
    private let offsets: [UInt32]
    private let lines: [UInt32]

    /// Finds rows and fields. Fails when there is no line of column names or a row has another number of fields.
    public init(name: String, bytes: [UInt8]) throws(KnowledgeError) {
        var scan = Scan()
        try scan.run(bytes, name: name)
        self.name = name
        self.bytes = bytes
        columnNames = scan.columns
        offsets = scan.offsets
        lines = scan.lines
        rowCount = scan.lines.count
    }

    /// The column of that name; fails when the table has none.
    public func column(_ name: String) throws(KnowledgeError) -> Column {
        guard let index = columnNames.firstIndex(of: name) else {
            throw KnowledgeError(
                code: .missingColumn, file: self.name,
                detail: "no column \(name); there are \(columnNames.joined(separator: ", "))")
        }
        return Column(index: index)
    }

    /// The column of that name, nil when the table has none.
    public func optionalColumn(_ name: String) -> Column? {
        columnNames.firstIndex(of: name).map { Column(index: $0) }
    }

    /// The line of the file, from 1, that a row stands in.
    public func line(ofRow row: Int) -> Int { Int(lines[row]) }

    /// Where in `bytes` a field stands.
    public func range(_ row: Int, _ column: Column) -> Range<Int> {
        let start = row * (columnNames.count + 1) + column.index
        return Int(offsets[start])..<Int(offsets[start + 1]) - 1
    }

    /// A field's bytes, empty when absent.
    public func field(_ row: Int, _ column: Column) -> ArraySlice<UInt8> { bytes[range(row, column)] }

    /// A field's text, empty when absent.
    public func text(_ row: Int, _ column: Column) -> String {
        String(decoding: field(row, column), as: UTF8.self)
    }

    /// The members of a field that is a list, empty when absent.
    public func list(_ row: Int, _ column: Column, separator: UInt8 = UInt8(ascii: ";")) -> [String] {
        field(row, column).split(separator: separator).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a field is absent.
    public func isEmpty(_ row: Int, _ column: Column) -> Bool { range(row, column).isEmpty }

    /// Whether a field holds exactly this text.
    public func field(_ row: Int, _ column: Column, equals text: StaticString) -> Bool {
        let range = range(row, column)
        guard range.count == text.utf8CodeUnitCount else { return false }
        return bytes[range].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The error of a field of this table.
    public func error(
        _ row: Int, _ column: Column, _ detail: String, code: KnowledgeError.Code = .malformedField
    ) -> KnowledgeError {
        KnowledgeError(
            code: code, file: name, line: line(ofRow: row), detail: "column \(columnNames[column.index]): \(detail)")
    }
}

/// Finds the fields of a table's bytes.
private struct Scan {
    var columns: [String] = []
    var offsets: [UInt32] = []
    var lines: [UInt32] = []

    mutating func run(_ bytes: [UInt8], name: String) throws(KnowledgeError) {
        var at = 0
        var line: UInt32 = 0
        while at < bytes.count {
            line += 1
            let feed = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let end = feed > at && bytes[feed - 1] == UInt8(ascii: "\r") ? feed - 1 : feed
            defer { at = feed + 1 }
            if end == at || bytes[at] == UInt8(ascii: "#") { continue }
            if columns.isEmpty {
                columns = bytes[at..<end].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                    .map { String(decoding: $0, as: UTF8.self) }
                guard Set(columns).count == columns.count, !columns.contains("") else {
                    throw KnowledgeError(
                        code: .missingColumn, file: name, line: Int(line),
                        detail: "column names must be given once each and not be empty")
                }
                continue
            }
            try addRow(bytes, at..<end, line: line, name: name)
        }
        if columns.isEmpty {
            throw KnowledgeError(code: .missingColumn, file: name, detail: "no line names the columns")
        }
    }

    private mutating func addRow(
        _ bytes: [UInt8], _ range: Range<Int>, line: UInt32, name: String
    ) throws(KnowledgeError) {
        offsets.append(UInt32(range.lowerBound))
        var fields = 1
        for index in range where bytes[index] == UInt8(ascii: "\t") {
            offsets.append(UInt32(index + 1))
            fields += 1
        }
        offsets.append(UInt32(range.upperBound + 1))
        guard fields == columns.count else {
            throw KnowledgeError(
                code: .wrongFieldCount, file: name, line: Int(line),
                detail: "\(fields) fields, but there are \(columns.count) columns")
        }
        lines.append(line)
    }
}
