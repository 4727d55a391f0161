/// What is being done, for errors: SQL of ours or the caller's, or a name such as `connect`. The short form is only
/// made when an error is.
struct Operation: ExpressibleByStringLiteral {
    private let sql: String

    init(_ sql: String) { self.sql = sql }

    init(stringLiteral value: String) { sql = value }

    /// The first words of the SQL, ended by the first literal, parameter or bracket, at most five words and 60
    /// characters.
    var name: String {
        var words: [Substring] = []
        for word in sql.prefix(400).split(maxSplits: 6, whereSeparator: \.isWhitespace).prefix(5) {
            let end = word.firstIndex { "'$(\";=".contains($0) || $0.isNumber } ?? word.endIndex
            if end > word.startIndex { words.append(word[..<end]) }
            if end < word.endIndex { break }
        }
        let name = String(words.joined(separator: " ").prefix(60))
        return name.isEmpty ? "statement" : name
    }
}
