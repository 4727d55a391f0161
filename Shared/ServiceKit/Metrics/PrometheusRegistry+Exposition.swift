import Synchronization

extension PrometheusRegistry {
    /// The content type of ``exposition()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics as Prometheus text 0.0.4, ordered by name and labels.
    public func exposition() -> String {
        // Series are read outside the lock: a callback may take its time or make a metric.
        let (families, help) = state.withLock { ($0.families, $0.help) }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            var lines = ""
            for (labels, series) in family.series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                for sample in series.samples() {
                    lines += name + sample.suffix + Self.text(labels, sample.extraLabel) + " " + sample.value + "\n"
                }
            }
            guard !lines.isEmpty else { continue }
            if let help = help[name] { text += "# HELP \(name) \(Self.escaped(help, quote: false))\n" }
            text += "# TYPE \(name) \(family.kind.rawValue)\n" + lines
        }
        return text
    }

    private static func text(_ labels: [Label], _ extra: (name: String, value: String)?) -> String {
        var parts = labels.map { "\($0.name)=\"\(escaped($0.value, quote: true))\"" }
        if let extra { parts.append("\(extra.name)=\"\(extra.value)\"") }
        return parts.isEmpty ? "" : "{" + parts.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quote: result.append(contentsOf: "\\\"".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
