/// Lines of fields: the text of a file as the offline commands read it.
///
/// Lines end with LF, CR LF or CR; empty ones are passed over. Fields are parted by tabs, else by commas, else by blanks, whichever the first line
/// has; blanks and a pair of double quotes around a field are no part of it.
struct TextTable {
    /// A line with something in it.
    struct Row {
        /// Its number in the file, from 1.
        let line: Int
        /// Where its fields lie.
        let fields: [Range<Int>]
    }

    let file: String
    let bytes: [UInt8]

    /// Hands each line to `body`, in order.
    func rows(_ body: (Row) throws(OfflineError) -> Void) throws(OfflineError) {
        var separator: UInt8?
        var (line, start) = (0, 0)
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            line += 1
            let text = start..<end
            start = end + 1
            if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { start += 1 }
            guard bytes[text].contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            let mark = separator ?? [0x09, 0x2C].first { bytes[text].contains($0) } ?? 0x20
            separator = mark
            try body(Row(line: line, fields: fields(text, mark)))
        }
    }

    /// The text of a field.
    func text(_ field: Range<Int>, _ row: Row, column: Int) throws(OfflineError) -> String {
        guard let text = String(validating: bytes[field], as: UTF8.self) else {
            throw OfflineError(.malformed, file, line: row.line, column: column, "it is not UTF-8")
        }
        return text
    }

    /// The texts of all fields of a line.
    func texts(_ row: Row) throws(OfflineError) -> [String] {
        var texts: [String] = []
        for (index, field) in row.fields.enumerated() { texts.append(try text(field, row, column: index + 1)) }
        return texts
    }

    private func fields(_ text: Range<Int>, _ mark: UInt8) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        var start = text.lowerBound
        for place in text where bytes[place] == mark {
            if mark != 0x20 || place > start { fields.append(trimmed(start..<place)) }
            start = place + 1
        }
        if mark != 0x20 || start < text.upperBound { fields.append(trimmed(start..<text.upperBound)) }
        return fields
    }

    private func trimmed(_ field: Range<Int>) -> Range<Int> {
        var (low, high) = (field.lowerBound, field.upperBound)
        while low < high, bytes[low] == 0x20 { low += 1 }
        while low < high, bytes[high - 1] == 0x20 { high -= 1 }
        if high - low >= 2, bytes[low] == 0x22, bytes[high - 1] == 0x22 { return low + 1..<high - 1 }
        return low..<high
    }

    /// The number that a field holds; NaN when it is missing (empty, `NA`, `NaN`), nil when it is neither.
    ///
    /// A number is read as the nearest of 64 bits.
    func number(_ field: Range<Int>) -> Double? {
        if field.isEmpty { return .nan }
        return shortNumber(field) ?? longNumber(field)
    }

    /// A number of at most 15 digits and no exponent: whole number and power of ten are exact, so their quotient is the nearest.
    private func shortNumber(_ field: Range<Int>) -> Double? {
        guard field.count <= 17 else { return nil }
        var place = field.lowerBound
        let isNegative = bytes[place] == 0x2D
        if isNegative { place += 1 }
        var (whole, digits, decimals, hasPoint) = (0, 0, 0, false)
        while place < field.upperBound {
            let byte = bytes[place]
            if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                guard (0x30...0x39).contains(byte) else { return nil }
                whole = whole * 10 + Int(byte - 0x30)
                digits += 1
                if hasPoint { decimals += 1 }
            }
            place += 1
        }
        guard digits > 0, digits <= 15 else { return nil }
        let value = Double(whole) / Self.powers[decimals]
        return isNegative ? -value : value
    }

    private func longNumber(_ field: Range<Int>) -> Double? {
        let text = String(decoding: bytes[field], as: UTF8.self)
        switch text.lowercased() {
        case "na", "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            // Double also reads hexadecimal, which no table means.
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
            return Double(text)
        }
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
