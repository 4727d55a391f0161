/// One row of a service's table of settings, whatever the type of its value.
public protocol ConfigurationEntry: Sendable {
    /// The dotted name, e.g. `stream.byte-budget`. The flag and the variable are made from it.
    var name: String { get }
    /// What the setting does, one sentence or two.
    var documentation: String { get }
    /// What a value looks like, e.g. `a duration such as 30s`.
    var allowed: String { get }
    /// The default as the help text shows it, or nil when there is none.
    var defaultText: String? { get }
    /// The default on this machine, in normal form; nil when there is none.
    var defaultNormalText: String? { get }
    /// Whether the value must never be printed. A secret may also be given as the path of a file, in `<name>-file`.
    var isSecret: Bool { get }

    /// The value that `text` stands for and its normal form, or nil when it is not allowed.
    func parse(_ text: String) -> (value: any Sendable, normalText: String)?
}

extension ConfigurationEntry {
    /// The command-line flag, e.g. `--stream-byte-budget`.
    public var flag: String { "--" + name.replacing(".", with: "-") }

    /// The environment variable, e.g. `VITALSTREAM_STREAM_BYTE_BUDGET`.
    public var environmentVariable: String { ConfigurationSources.variable(name) }
}
