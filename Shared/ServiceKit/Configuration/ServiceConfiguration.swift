import Foundation

/// The settings in effect: each from its flag, else its environment variable, else the file, else its default.
public struct ServiceConfiguration: Sendable {
    /// How a secret is shown.
    static let redacted = "<redacted>"

    private struct Setting: Sendable {
        let value: any Sendable
        let text: String
        let source: String
    }

    /// The table that the settings were checked against.
    public let table: ConfigurationTable
    private var settings: [String: Setting] = [:]
    private var handedOn: [String: [String: String]] = [:]

    /// Reads and checks every setting of `table`.
    ///
    /// - Parameters:
    ///   - table: the settings that exist.
    ///   - flags: the command line after the subcommand, e.g. `["--http-port", "8080"]`.
    ///   - environment: variables; only those that begin with `VITALSTREAM_` are read.
    ///   - file: the path of a JSON file, or nil for the one that `VITALSTREAM_CONFIG` names, if any.
    /// - Throws: a ``ServiceKitError`` that names every wrong setting, where it was given and what is allowed.
    public init(
        table: ConfigurationTable = .standard(), flags: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment, file: String? = nil
    ) throws(ServiceKitError) {
        self.table = table
        let sources = try ConfigurationSources(table: table, flags: flags, environment: environment, file: file).sources
        var problems: [ServiceKitError] = []
        for entry in table.entries {
            do {
                settings[entry.name] = try Self.resolve(entry, from: sources)
            } catch {
                problems.append(error)
            }
        }
        for family in table.passThroughs {
            let prefix = family.prefix + "."
            // Later sources are weaker, so that they are merged in first.
            for source in sources.reversed() {
                for (name, value) in source.passThrough where name.hasPrefix(prefix) {
                    handedOn[family.prefix, default: [:]][String(name.dropFirst(prefix.count))] = value
                }
            }
        }
        guard let first = problems.first else { return }
        throw .configuration(first.code, problems.map(\.detail).joined(separator: "; "))
    }

    private static func resolve(
        _ entry: any ConfigurationEntry, from sources: [ConfigurationSources.Source]
    ) throws(ServiceKitError) -> Setting? {
        for source in sources {
            var label = source.label(entry.name)
            var text = try source.text(entry.name)
            if entry.isSecret, let path = try source.text(entry.name + "-file") {
                guard text == nil else {
                    throw .configuration(
                        .conflict, "\(entry.name): give either \(label) or \(source.label(entry.name + "-file"))")
                }
                label = source.label(entry.name + "-file")
                text = try contents(of: path, label: label)
            }
            guard let text else { continue }
            guard let (value, normalText) = entry.parse(text) else {
                let shown = entry.isSecret ? "the secret" : "\"\(text.prefix(80))\""
                throw .configuration(
                    .wrongValue, "\(entry.name): \(shown) from \(label) is not allowed; allowed is \(entry.allowed)")
            }
            return Setting(value: value, text: normalText, source: label)
        }
        return nil
    }

    private static func contents(of path: String, label: String) throws(ServiceKitError) -> String {
        do {
            let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
            return text.hasSuffix("\n") ? String(text.dropLast()) : text
        } catch {
            throw .configuration(.unreadableFile, "\(label): file \(path) \(ConfigurationSources.reason(error))")
        }
    }

    /// The value of `key`: the one given, else its default. A key that is not in ``table`` has its default.
    public func value<Value>(_ key: ConfigurationKey<Value>) -> Value {
        (settings[key.name]?.value as? Value) ?? key.defaultValue
    }

    /// The value of a key that has no default.
    /// - Throws: `.missingValue`, naming the ways in which it can be given.
    public func require<Value>(_ key: ConfigurationKey<Value?>) throws(ServiceKitError) -> Value {
        if let value = value(key) { return value }
        throw .configuration(
            .missingValue,
            "\(key.name) is needed; give \(key.flag) or \(key.environmentVariable)\(key.isSecret ? " (or ..._FILE)" : "")"
        )
    }

    /// Whether somebody gave the setting, as opposed to its default.
    public func isGiven(_ key: some ConfigurationEntry) -> Bool { settings[key.name] != nil }

    /// The settings of a handed-on family, without the prefix.
    public func passThrough(_ family: ConfigurationTable.PassThrough) -> [String: String] {
        handedOn[family.prefix] ?? [:]
    }

    /// Every setting in effect with the place that it came from, one per line; secrets are redacted.
    public var effectiveText: String {
        var lines: [String] = []
        for entry in table.entries {
            let setting = settings[entry.name]
            let text = setting?.text ?? entry.defaultNormalText
            let shown = entry.isSecret && setting != nil ? Self.redacted : (text ?? "")
            lines.append("\(entry.name) = \(shown)  # \(setting?.source ?? (text == nil ? "not given" : "default"))")
        }
        for family in table.passThroughs {
            for (name, value) in passThrough(family).sorted(by: { $0.key < $1.key }) {
                lines.append("\(family.prefix).\(name) = \(Self.isDelicate(name) ? Self.redacted : value)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Whether a handed-on property may hold a secret; in doubt it is not shown.
    private static func isDelicate(_ name: String) -> Bool {
        ["password", "secret", "key", "token", "jaas", "oauth", "credential"].contains {
            name.lowercased().contains($0)
        }
    }
}
