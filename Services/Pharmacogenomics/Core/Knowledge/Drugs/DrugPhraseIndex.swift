/// Finds drug names of one or several words in a text, the longest first. Case and every character that is no letter or
/// digit are ignored.
struct DrugPhraseIndex: Sendable {
    private var byFirstWord: [String: [(rest: [String], drug: Int)]] = [:]

    /// Adds a name.
    mutating func insert(_ name: String, drug: Int) {
        let words = Self.words(of: name)
        guard let first = words.first else { return }
        byFirstWord[first, default: []].append((Array(words.dropFirst()), drug))
        byFirstWord[first]?.sort { $0.rest.count > $1.rest.count }
    }

    /// The drugs named in a text, in order of appearance, each once.
    func matches(in text: String) -> [Int] {
        let words = Self.words(of: text)
        var found: [Int] = []
        var place = 0
        while place < words.count {
            let match = byFirstWord[words[place]]?.first { words[(place + 1)...].starts(with: $0.rest) }
            if let match {
                if !found.contains(match.drug) { found.append(match.drug) }
                place += 1 + match.rest.count
            } else {
                place += 1
            }
        }
        return found
    }

    /// The runs of letters and digits of a text, in lower case.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
