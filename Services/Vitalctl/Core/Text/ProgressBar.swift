/// Draws how far long work has come, as one line.
public enum ProgressBar {
    /// `label [=====>    ]  45%  1,234 records  3.2 MB  12 s left`, at most `width` characters.
    ///
    /// - Parameters:
    ///   - label: what is being done.
    ///   - known: from 0 to 1; nil when the end is not known, which draws no bar.
    ///   - note: counts, at the end of the line.
    ///   - elapsed: since the start; from it follows the time left.
    ///   - width: columns of the terminal.
    public static func line(label: String, part known: Double?, note: String, elapsed: Duration, width: Int) -> String {
        guard let known else { return clipped("\(label)  \(note)  \(HumanText.duration(elapsed))", width) }
        let part = known.isFinite ? min(max(known, 0), 1) : 0
        let percent = String(Int(part * 100))
        let cells = min(max(width - label.count - note.count - 28, 10), 40)
        let filled = Int(part * Double(cells))
        let head = filled < cells && filled > 0 ? ">" : ""
        let bar =
            String(repeating: "=", count: max(0, filled - head.count)) + head
            + String(repeating: " ", count: cells - filled)
        let padding = String(repeating: " ", count: 3 - percent.count)
        return clipped("\(label) [\(bar)] \(padding)\(percent)%  \(note)\(rest(part: part, elapsed: elapsed))", width)
    }

    private static func rest(part: Double, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds)
        guard part >= 0.01, part < 1, seconds >= 1 else { return "" }
        return "  \(HumanText.duration(.seconds(Int64((seconds / part * (1 - part)).rounded())))) left"
    }

    private static func clipped(_ line: String, _ width: Int) -> String {
        line.count <= width ? line : String(line.prefix(max(0, width - 1))) + "…"
    }
}
