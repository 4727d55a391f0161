/// The cells of one line of a CSV or TSV table.
enum TableLine {
    /// The cells between `separator`; a cell in double quotes may hold the separator and doubled quotes (RFC 4180). Nil when a quote has no
    /// end or text follows it.
    static func cells(_ line: UnsafeRawBufferPointer, separator: UInt8) -> [String]? {
        var cells: [String] = []
        let quote = UInt8(ascii: "\"")
        var start = 0
        while true {
            if start < line.count, line[start] == quote {
                var text: [UInt8] = []
                var index = start + 1
                while true {
                    guard index < line.count else { return nil }
                    if line[index] == quote {
                        guard index + 1 < line.count, line[index + 1] == quote else { break }
                        index += 1
                    }
                    text.append(line[index])
                    index += 1
                }
                cells.append(String(decoding: text, as: UTF8.self))
                guard index + 1 < line.count else { return cells }
                guard line[index + 1] == separator else { return nil }
                start = index + 2
            } else {
                let end = line.offset(of: separator, from: start, to: line.count)
                cells.append(line.text(ByteRange(start: start, end: end)))
                guard end < line.count else { return cells }
                start = end + 1
            }
        }
    }
}
