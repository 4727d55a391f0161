/// All settings of a service: the fleet's own and what the service adds. The help text and the checks are made from it.
public struct ConfigurationTable: Sendable {
    /// A family of settings that is handed on as it is, e.g. librdkafka's properties under `kafka.overrides`.
    public struct PassThrough: Sendable {
        /// The dotted prefix without its last dot.
        public let prefix: String
        /// What the settings are handed on to.
        public let documentation: String

        /// The family under `prefix`.
        public init(_ prefix: String, _ documentation: String) {
            self.prefix = prefix
            self.documentation = documentation
        }
    }

    /// The settings in the order of the help text.
    public private(set) var entries: [any ConfigurationEntry]
    /// The families that are handed on.
    public private(set) var passThroughs: [PassThrough]
    private var positions: [String: Int] = [:]

    /// A table of `entries`. A later entry replaces an earlier one of the same name, so that a service can set its own default.
    public init(_ entries: [any ConfigurationEntry], passThroughs: [PassThrough] = []) {
        self.entries = []
        self.passThroughs = passThroughs
        add(entries)
    }

    /// The fleet's settings followed by the service's own.
    public static func standard(adding own: [any ConfigurationEntry] = []) -> ConfigurationTable {
        ConfigurationTable(ServiceKeys.all + own, passThroughs: [ServiceKeys.kafkaOverrides])
    }

    private mutating func add(_ own: [any ConfigurationEntry]) {
        for entry in own {
            if let position = positions[entry.name] {
                entries[position] = entry
            } else {
                positions[entry.name] = entries.count
                entries.append(entry)
            }
        }
    }

    func entry(_ name: String) -> (any ConfigurationEntry)? { positions[name].map { entries[$0] } }

    /// The names that look most like `name`, for an error that says what may have been meant.
    func suggestion(for name: String) -> String {
        let near = entries.map { (name: $0.name, distance: ConfigurationSyntax.distance($0.name, name)) }
            .min { $0.distance < $1.distance }
        guard let near, near.distance <= max(2, name.utf8.count / 4) else { return "" }
        return "; did you mean \(near.name)?"
    }

    /// Every setting with its flag, what is allowed, its default and its variable; part of a service's `--help`.
    public var help: String {
        var lines = [
            "SETTINGS",
            "A setting is taken from its flag, else from its environment variable, else from the JSON file of --config (or of",
            "\(ConfigurationSources.fileVariable)), else it has its default. The setting a.b-c is the flag --a-b-c, the variable",
            "VITALSTREAM_A_B_C and {\"a\": {\"b-c\": ...}} in the file. A secret may be given as the path of a file: --a-b-c-file,",
            "VITALSTREAM_A_B_C_FILE. --print-configuration shows what is in effect and where it came from.",
            "",
        ]
        for entry in entries {
            lines.append("\(entry.flag) (\(entry.allowed))")
            let defaultText = entry.defaultText.map { "Default: \($0.isEmpty ? "empty" : $0)." } ?? "No default."
            lines.append("    \(entry.documentation) \(defaultText)\(entry.isSecret ? " Secret." : "")")
        }
        for family in passThroughs {
            lines.append("--\(family.prefix).NAME (any value)")
            lines.append("    \(family.documentation)")
        }
        return lines.joined(separator: "\n")
    }
}
