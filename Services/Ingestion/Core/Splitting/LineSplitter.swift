/// Cuts between lines; with `repeatsFirstLine` the first line, the head of a CSV, stands in front of every piece. A line end inside double quotes
/// belongs to its line.
struct LineSplitter: FeedSplitter {
    /// The longest line, in bytes.
    static let longestLine = 16 << 20

    private let size: Int
    private let knowsQuotes: Bool
    private var head: [UInt8]?
    private var piece: [UInt8] = []
    private var line: [UInt8] = []
    private var isQuoted = false

    init(size: Int, repeatsFirstLine: Bool) {
        self.size = size
        knowsQuotes = repeatsFirstLine
        head = repeatsFirstLine ? nil : []
    }

    mutating func split(_ bytes: some Collection<UInt8>) throws(FeedRejection) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        for byte in bytes {
            line.append(byte)
            if byte == UInt8(ascii: "\""), knowsQuotes { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted {
                if let full = take() { pieces.append(full) }
            } else if line.count > Self.longestLine {
                throw FeedRejection(
                    code: "line-too-long", place: "", detail: "a line must have at most \(Self.longestLine) bytes")
            }
        }
        return pieces
    }

    mutating func finish() -> [UInt8]? {
        if !line.isEmpty, let full = take() { return full }
        defer { piece = [] }
        return piece.isEmpty ? nil : (head ?? []) + piece
    }

    /// Adds the line to the piece; the piece when it is full.
    private mutating func take() -> [UInt8]? {
        defer { line.removeAll(keepingCapacity: true) }
        guard let head else {
            self.head = line
            return nil
        }
        piece += line
        guard piece.count >= size else { return nil }
        defer { piece.removeAll(keepingCapacity: true) }
        return head + piece
    }
}
