import Configuration
import Foundation

/// The places that settings come from, in their order: flags, environment, file. Each is a provider of swift-configuration.
struct ConfigurationSources {
    /// One place.
    struct Source {
        /// What a person calls it, given the setting's name.
        let label: @Sendable (String) -> String
        let provider: any ConfigProvider
        /// The type in which the provider hands out a text without changing it.
        let type: ConfigType
        /// The handed-on settings that this place gives, by full name.
        let passThrough: [String: String]

        /// The text of the setting `name`, or nil when this place has none.
        func text(_ name: String) throws(ServiceKitError) -> String? {
            let components = name.split(separator: ".").map(String.init)
            do {
                let content = try provider.value(forKey: AbsoluteConfigKey(components), type: type).value?.content
                return switch content {
                case .string(let text): text
                // The provider of flags splits at commas; a setting of ours is one text.
                case .stringArray(let parts): parts.joined(separator: ",")
                default: nil
                }
            } catch {
                throw .configuration(.wrongValue, "\(label(name)) cannot be read as text")
            }
        }
    }

    static let prefix = "VITALSTREAM"
    static let fileVariable = "VITALSTREAM_CONFIG"

    let sources: [Source]

    init(
        table: ConfigurationTable, flags: [String], environment: [String: String], file: String?
    ) throws(ServiceKitError) {
        var sources = [try Self.flags(flags, table: table), try Self.environment(environment, table: table)]
        if let path = file ?? environment[Self.fileVariable], !path.isEmpty {
            sources.append(try Self.file(path, table: table))
        }
        self.sources = sources
    }

    static func variable(_ name: String) -> String {
        prefix + "_" + name.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }

    // MARK: - Flags

    private static func flags(_ arguments: [String], table: ConfigurationTable) throws(ServiceKitError) -> Source {
        var names: [String: String] = [:]
        for entry in table.entries {
            names[entry.flag] = entry.name
            if entry.isSecret { names[entry.flag + "-file"] = entry.name + "-file" }
        }
        var values: [String: String] = [:]
        var passThrough: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw .configuration(
                    .unknownKey, "unexpected argument \"\(argument)\"; a setting is given as --<key> <value>")
            }
            let flag = String(argument.prefix { $0 != "=" })
            var value = argument.contains("=") ? String(argument.dropFirst(flag.count + 1)) : nil
            let dotted = String(flag.dropFirst(2))
            let dashedFlag = "--" + dotted.replacing(".", with: "-")
            let isHandedOn = table.passThroughs.contains { dotted.hasPrefix($0.prefix + ".") }
            guard isHandedOn || names[dashedFlag] != nil else {
                throw .configuration(
                    .unknownKey, "unknown flag \(flag)\(table.suggestion(for: dotted.replacing("-", with: ".")))")
            }
            let isTruthValue = names[dashedFlag].flatMap { table.entry($0) } is ConfigurationKey<Bool>
            if value == nil, isTruthValue, rest.first != "true", rest.first != "false" { value = "true" }
            if value == nil, let next = rest.first, !next.hasPrefix("--") {
                value = next
                rest = rest.dropFirst()
            }
            guard let value else { throw .configuration(.missingValue, "flag \(flag) needs a value") }
            if isHandedOn { passThrough[dotted] = value } else { values[dashedFlag] = value }
        }
        let normal = values.map { "\($0.key)=\($0.value)" }
        return Source(
            label: { "flag --\($0.replacing(".", with: "-"))" },
            provider: CommandLineArgumentsProvider(arguments: ["serve"] + normal), type: .stringArray,
            passThrough: passThrough)
    }

    // MARK: - Environment

    private static func environment(
        _ variables: [String: String], table: ConfigurationTable
    ) throws(ServiceKitError) -> Source {
        var passThrough: [String: String] = [:]
        for family in table.passThroughs {
            guard let list = variables[variable(family.prefix)] else { continue }
            for pair in list.split(separator: ",") {
                guard let separator = pair.firstIndex(of: "="), separator > pair.startIndex else {
                    throw .configuration(
                        .wrongValue, "environment \(variable(family.prefix)): allowed is name=value,name=value")
                }
                passThrough["\(family.prefix).\(pair[..<separator])"] = String(pair[pair.index(after: separator)...])
            }
        }
        // An empty variable counts as unset: compose files and manifests write them so.
        let given = variables.filter { !$0.value.isEmpty }
        return Source(
            label: { "environment \(variable($0))" },
            provider: EnvironmentVariablesProvider(environmentVariables: given).prefixKeys(
                with: ConfigKey([prefix.lowercased()])),
            type: .string, passThrough: passThrough)
    }

    // MARK: - File

    private static func file(_ path: String, table: ConfigurationTable) throws(ServiceKitError) -> Source {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .configuration(.unreadableFile, "file \(path) cannot be read: \(reason(error))")
        }
        let root: JSONSetting
        do {
            root = try JSONDecoder().decode(JSONSetting.self, from: data)
        } catch {
            throw .configuration(
                .unreadableFile, "file \(path) is not JSON of objects, texts, numbers, truth values and lists of them")
        }
        guard case .object = root else {
            throw .configuration(.unreadableFile, "file \(path): the outermost value must be an object")
        }
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        var passThrough: [String: String] = [:]
        var unknown: [String] = []
        for (name, text) in root.leaves {
            let secret = name.hasSuffix("-file") ? table.entry(String(name.dropLast(5))) : nil
            if table.passThroughs.contains(where: { name.hasPrefix($0.prefix + ".") }) {
                passThrough[name] = text
            } else if table.entry(name) != nil || secret?.isSecret == true {
                let components = name.split(separator: ".").map(String.init)
                values[AbsoluteConfigKey(components)] = ConfigValue(
                    .string(text), isSecret: table.entry(name)?.isSecret ?? false)
            } else {
                unknown.append(name)
            }
        }
        guard unknown.isEmpty else {
            let names = unknown.sorted().map { "\($0)\(table.suggestion(for: $0))" }.joined(separator: ", ")
            throw .configuration(.unknownKey, "file \(path): unknown \(unknown.count == 1 ? "key" : "keys") \(names)")
        }
        return Source(
            label: { "file \(path), key \($0)" }, provider: InMemoryProvider(name: "file \(path)", values: values),
            type: .string,
            passThrough: passThrough)
    }

    static func reason(_ error: any Error) -> String {
        (error as? CocoaError)?.code == .fileReadNoSuchFile ? "there is no such file" : "it cannot be opened or read"
    }
}

/// A value of the configuration file.
private indirect enum JSONSetting: Decodable {
    case text(String)
    case list([JSONSetting])
    case object([String: JSONSetting])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .text("\(value)")
        } else if let value = try? container.decode(Int64.self) {
            self = .text("\(value)")
        } else if let value = try? container.decode(Double.self) {
            self = .text("\(value)")
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONSetting].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONSetting].self))
        }
    }

    /// Every setting under its dotted name; lists become texts separated by commas, null means not given.
    var leaves: [(name: String, text: String)] {
        switch self {
        case .null: []
        case .text(let text): [("", text)]
        case .list(let elements): [("", elements.flatMap(\.leaves).map(\.text).joined(separator: ","))]
        case .object(let members):
            members.flatMap { key, value in
                value.leaves.map { ($0.name.isEmpty ? key : "\(key).\($0.name)", $0.text) }
            }
        }
    }
}
