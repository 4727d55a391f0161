/// Numbers for people.
public enum HumanText {
    /// `1234567` as `1,234,567`.
    public static func count(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    /// A duration with two units at most: `350 ms`, `4.2 s`, `3 min 5 s`, `7 h 20 min`, `2 d 4 h`.
    public static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        if seconds < 0 || attoseconds < 0 { return "-" + Self.duration(.zero - duration) }
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        switch seconds {
        case 0: return "\(milliseconds) ms"
        case 1..<60: return "\(seconds).\(milliseconds / 100 % 10) s"
        case 60..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        case 3600..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
        }
    }

    /// A number with one decimal.
    public static func tenths(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let scaled = Int64((value * 10).rounded())
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / 10).\(abs(scaled) % 10)"
    }

    /// Bytes as `512 B`, `1.5 kB`, `3.2 MB`.
    public static func bytes(_ value: Int) -> String {
        switch abs(value) {
        case 0..<1_000: "\(value) B"
        case 1_000..<1_000_000: tenths(Double(value) / 1e3) + " kB"
        default: tenths(Double(value) / 1e6) + " MB"
        }
    }

    /// Rows as a table: columns as wide as their widest cell, numbers to the right.
    public static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                let isNumber = rows.allSatisfy { ($0[column].first.map { $0.isNumber || $0 == "-" }) ?? true }
                line += (column > 0 ? "  " : "") + (isNumber ? padding + cell : cell + padding)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
