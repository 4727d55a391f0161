/// What every source file keeps to, whatever is in it.
enum FileShape {
    /// A file that passes this wants to be two.
    static let mostLines = 400
    /// An executable's main.swift configures, composes and runs.
    static let mostMainLines = 60

    /// The modules whose types may be `@unchecked Sendable`: they own a C handle, whose thread safety Swift cannot see.
    static let clientModules = ["KafkaClient", "PostgresClient", "MongoClient", "Cryptography"]

    static func violations(in text: SourceText, at path: String) -> [Violation] {
        lengthViolations(text, path) + safetyViolations(text, path)
    }

    private static func lengthViolations(_ text: SourceText, _ path: String) -> [Violation] {
        // A trailing newline ends the last line; it does not begin another.
        let count = text.lines.last?.isEmpty == true ? text.lines.count - 1 : text.lines.count
        if path.hasPrefix("Services/"), path.hasSuffix("/App/main.swift"), count >= mostMainLines {
            return [
                Violation(
                    place: path, subject: "\(count) lines",
                    reason: "main.swift stays under \(mostMainLines): compose here, write the rest in Adapter")
            ]
        }
        if count > mostLines {
            return [
                Violation(
                    place: path, subject: "\(count) lines", reason: "over \(mostLines): this file wants to be two rooms"
                )
            ]
        }
        return []
    }

    private static func safetyViolations(_ text: SourceText, _ path: String) -> [Violation] {
        text.code.enumerated().flatMap { index, line -> [Violation] in
            let place = "\(path):\(index + 1)"
            guard let word = ["@unchecked Sendable", "nonisolated(unsafe)"].first(where: { line.contains($0) }) else {
                return []
            }
            var found: [Violation] = []
            if path.hasPrefix("Shared/") || path.hasPrefix("Services/"),
                !clientModules.contains(where: { path.hasPrefix("Shared/\($0)/") })
            {
                found.append(
                    Violation(
                        place: place, subject: word,
                        reason: "only a client module, which owns a C handle, may vouch for its own thread safety"))
            }
            let before = text.lines[max(0, index - 6)...index]
            if !before.contains(where: { $0.contains("// Safety:") || $0.contains("/// Safety:") }) {
                found.append(
                    Violation(
                        place: place, subject: "\(word) without Safety",
                        reason: "a `// Safety:` line above names the lock or the guarantee that makes it true"))
            }
            return found
        }
    }
}
