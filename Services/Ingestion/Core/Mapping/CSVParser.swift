/// Comma-separated values by RFC 4180 as they arrive: quotes, doubled quotes, line ends within quotes, CR, LF or CRLF, a byte-order mark.
///
/// Hands on rows of any number of fields; who knows the header judges them. Bounded: a field, a row and its fields have limits.
public struct CSVParser {
    /// One row.
    public struct Row: Sendable, Equatable {
        /// The number of the row in the file, from 1; blank lines do not count.
        public let number: Int
        /// The line on which it begins, from 1.
        public let line: Int
        /// The fields, quotes resolved. Bytes that are no UTF-8 become U+FFFD.
        public let fields: [String]
        /// What is wrong with it, or nil: `csv-quote` (text after a closing quote, or a quote never closed), `csv-field-limit`,
        /// `csv-column-limit`.
        public let fault: String?
    }

    private enum State {
        case start, plain, quoted, quoteInQuoted, afterQuote
    }

    private let delimiter: UInt8
    private let fieldLimit: Int
    private let columnLimit: Int
    private var state = State.start
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var fault: String?
    private var number = 0
    private var line = 1
    private var rowLine = 1
    private var isAfterCR = false
    private var isBlank = true
    private var markLeft: [UInt8]? = [0xEF, 0xBB, 0xBF]

    /// A parser. A field has at most `fieldLimit` bytes and a row at most `columnLimit` fields; what is more is dropped and the row marked.
    public init(delimiter: UInt8 = UInt8(ascii: ","), fieldLimit: Int = 64 << 10, columnLimit: Int = 4_096) {
        self.delimiter = delimiter
        self.fieldLimit = fieldLimit
        self.columnLimit = columnLimit
    }

    /// The rows that `bytes` complete.
    public mutating func parse(_ bytes: some Sequence<UInt8>) -> [Row] {
        var rows: [Row] = []
        for byte in bytes {
            if let mark = markLeft {
                if byte == mark.first {
                    markLeft = mark.count == 1 ? nil : Array(mark.dropFirst())
                    continue
                }
                markLeft = nil
                for held in ([0xEF, 0xBB, 0xBF] as [UInt8]).prefix(3 - mark.count) { take(held, &rows) }
            }
            take(byte, &rows)
        }
        return rows
    }

    /// The last row, when the file does not end with a line end.
    public mutating func finish() -> [Row] {
        if state == .quoted { fault = fault ?? "csv-quote" }
        return endRow().map { [$0] } ?? []
    }

    private mutating func take(_ byte: UInt8, _ rows: inout [Row]) {
        let wasAfterCR = isAfterCR
        isAfterCR = false
        switch byte {
        case 0x0A where state != .quoted:
            // A line feed after a carriage return belongs to it.
            if !wasAfterCR {
                line += 1
                if let row = endRow() { rows.append(row) }
            }
            rowLine = line
        case 0x0D where state != .quoted:
            isAfterCR = true
            line += 1
            if let row = endRow() { rows.append(row) }
            rowLine = line
        case delimiter where state != .quoted:
            isBlank = false
            endField()
        case 0x22:
            isBlank = false
            switch state {
            case .start: state = .quoted
            case .quoted: state = .quoteInQuoted
            case .quoteInQuoted:
                append(byte)
                state = .quoted
            case .plain, .afterQuote: append(byte)
            }
        default:
            if byte == 0x0A { line += 1 }
            if state != .quoted {
                if byte != 0x20, byte != 0x09 { isBlank = false }
                if state == .quoteInQuoted || state == .afterQuote {
                    fault = fault ?? "csv-quote"
                    state = .afterQuote
                } else {
                    state = .plain
                }
            }
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        guard field.count < fieldLimit else {
            fault = fault ?? "csv-field-limit"
            return
        }
        field.append(byte)
    }

    private mutating func endField() {
        if fields.count < columnLimit {
            fields.append(String(decoding: field, as: UTF8.self))
        } else {
            fault = fault ?? "csv-column-limit"
        }
        field.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRow() -> Row? {
        defer {
            fields = []
            field.removeAll(keepingCapacity: true)
            fault = nil
            isBlank = true
            state = .start
        }
        guard !isBlank else { return nil }
        endField()
        number += 1
        return Row(number: number, line: rowLine, fields: fields, fault: fault)
    }
}
