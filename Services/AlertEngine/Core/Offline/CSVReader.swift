/// Splits comma-separated values (RFC 4180) into records, whatever the size of the chunks that they come in.
///
/// Lines end with LF or CRLF; a field in double quotes may hold commas, line ends and doubled quotes; a byte-order mark and empty lines are
/// skipped. Text that is not UTF-8 is repaired with U+FFFD.
struct CSVReader {
    /// One record and the line on which it begins, counted from 1.
    struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    /// A field longer than this ends the reading: such a file is no table of observations.
    static let longestField = 1 << 16

    private enum Place {
        case start, plain, quoted, afterQuote
    }

    private var place = Place.start
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var line = 1
    private var recordLine = 1
    private var isFirstRecord = true

    /// Takes the next bytes and hands each record that they complete to `body`.
    mutating func read(_ bytes: some Sequence<UInt8>, _ body: (Record) throws -> Void) throws {
        for byte in bytes {
            if let record = try take(byte) { try body(record) }
        }
    }

    /// Hands the last record to `body` when the file does not end with a line end.
    mutating func finish(_ body: (Record) throws -> Void) throws {
        guard place != .quoted else {
            throw AlertEngineError(
                code: .malformedFile, operation: "read CSV", detail: "line \(recordLine): a quoted field is not closed")
        }
        if let record = endRecord() { try body(record) }
    }

    private mutating func take(_ byte: UInt8) throws(AlertEngineError) -> Record? {
        switch (place, byte) {
        case (.quoted, UInt8(ascii: "\"")):
            place = .afterQuote
        case (.afterQuote, UInt8(ascii: "\"")):
            field.append(byte)
            place = .quoted
        case (.quoted, _):
            if byte == UInt8(ascii: "\n") { line += 1 }
            field.append(byte)
        case (.start, UInt8(ascii: "\"")):
            place = .quoted
        case (_, UInt8(ascii: ",")):
            endField()
        case (_, UInt8(ascii: "\n")):
            line += 1
            return endRecord()
        default:
            field.append(byte)
            place = .plain
        }
        guard field.count <= Self.longestField else {
            throw AlertEngineError(
                code: .malformedFile, operation: "read CSV", detail: "line \(recordLine): a field is too long")
        }
        return nil
    }

    private mutating func endField() {
        if fields.isEmpty, isFirstRecord, field.starts(with: [0xEF, 0xBB, 0xBF]) { field.removeFirst(3) }
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        place = .start
    }

    private mutating func endRecord() -> Record? {
        if field.last == UInt8(ascii: "\r") { field.removeLast() }
        let isEmpty = fields.isEmpty && field.isEmpty && place != .afterQuote
        defer {
            fields.removeAll(keepingCapacity: true)
            field.removeAll(keepingCapacity: true)
            place = .start
            recordLine = line
        }
        guard !isEmpty else { return nil }
        endField()
        isFirstRecord = false
        return Record(line: recordLine, fields: fields)
    }
}
