/// Newline-delimited JSON: one value a line.
public enum NDJSON {
    /// One line that is not blank.
    public struct Line: Sendable {
        /// The line's number in the text, from 1, blank lines counted.
        public let number: Int
        /// The line's bytes without its end (`\n` or `\r\n`).
        public let bytes: ArraySlice<UInt8>
    }

    /// The lines of `bytes` that are not blank, in order. Copies nothing.
    public static func lines(of bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var number = 0
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            number += 1
            var line = bytes[start..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.contains(where: { $0 != 0x20 && $0 != 0x09 }) { lines.append(Line(number: number, bytes: line)) }
            start = end == bytes.endIndex ? end : bytes.index(after: end)
        }
        return lines
    }
}
