/// A setting with a type: its name, what is allowed, its default and its documentation.
///
///     static let budget = ConfigurationKey.bytes("stream.byte-budget", default: 64 << 20, "Memory for records in flight.")
///     let budget = configuration.value(Keys.budget)
public struct ConfigurationKey<Value: Sendable>: ConfigurationEntry {
    /// The dotted name.
    public let name: String
    /// What the setting does.
    public let documentation: String
    /// What a value looks like.
    public let allowed: String
    /// The value when nobody gives one.
    public let defaultValue: Value
    /// The default as the help text shows it; nil when there is none.
    public let defaultText: String?
    /// Whether the value must never be printed.
    public let isSecret: Bool

    private let read: @Sendable (String) -> Value?
    private let write: @Sendable (Value) -> String

    /// A setting that `read` parses (nil for what is not allowed) and `write` prints.
    public init(
        _ name: String, allowed: String, default defaultValue: Value, defaultText: String?, secret: Bool = false,
        _ documentation: String, read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.name = name
        self.documentation = documentation
        self.allowed = allowed
        self.defaultValue = defaultValue
        self.defaultText = defaultText
        isSecret = secret
        self.read = read
        self.write = write
    }

    /// The default on this machine, in normal form; nil when there is none.
    public var defaultNormalText: String? { defaultText == nil ? nil : write(defaultValue) }

    /// The value that `text` stands for, or nil when it is not allowed.
    public func parse(_ text: String) -> (value: any Sendable, normalText: String)? {
        read(text).map { ($0, write($0)) }
    }

    /// The same setting without a default: its value is nil until somebody gives one.
    public func optional() -> ConfigurationKey<Value?> {
        ConfigurationKey<Value?>(
            name, allowed: allowed, default: nil, defaultText: nil, secret: isSecret, documentation,
            read: { [read] text in read(text).map(Optional.some) }, write: { [write] value in value.map(write) ?? "" })
    }
}

extension ConfigurationKey where Value == String {
    /// A text that is not empty.
    public static func text(
        _ name: String, default defaultValue: String = "", defaultText: String? = nil, secret: Bool = false,
        _ documentation: String
    ) -> Self {
        Self(
            name, allowed: "a text", default: defaultValue, defaultText: defaultText ?? defaultValue, secret: secret,
            documentation, read: { $0.isEmpty ? nil : $0 }, write: { $0 })
    }

    /// `host:port` pairs, separated by commas.
    public static func addresses(_ name: String, default defaultValue: String, _ documentation: String) -> Self {
        Self(
            name, allowed: "host:port pairs separated by commas", default: defaultValue, defaultText: defaultValue,
            documentation,
            read: { text in
                let parts = text.split(separator: ",", omittingEmptySubsequences: false)
                return parts.allSatisfy { ConfigurationSyntax.isHostAndPort($0) } ? text : nil
            }, write: { $0 })
    }

    /// A URL with one of `schemes`.
    public static func url(_ name: String, schemes: [String], secret: Bool = false, _ documentation: String) -> Self {
        Self(
            name, allowed: "a URL that begins with " + schemes.map { "\($0)://" }.joined(separator: " or "),
            default: "",
            defaultText: nil, secret: secret, documentation,
            read: { text in
                schemes.contains { text.hasPrefix("\($0)://") && text.utf8.count > $0.utf8.count + 3 } ? text : nil
            }, write: { $0 })
    }
}

extension ConfigurationKey where Value == Int {
    /// A whole number within `range`.
    public static func integer(
        _ name: String, default defaultValue: Int, in range: ClosedRange<Int>, _ documentation: String
    ) -> Self {
        Self(
            name, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)", default: defaultValue,
            defaultText: "\(defaultValue)", documentation,
            read: { Int($0).flatMap { range.contains($0) ? $0 : nil } }, write: { "\($0)" })
    }

    /// A number of bytes within `range`.
    public static func bytes(
        _ name: String, default defaultValue: Int, in range: ClosedRange<Int> = 1...(1 << 40), _ documentation: String
    ) -> Self {
        let low = ConfigurationSyntax.text(bytes: range.lowerBound)
        let high = ConfigurationSyntax.text(bytes: range.upperBound)
        return Self(
            name, allowed: "a byte count such as 64MiB, from \(low) to \(high)", default: defaultValue,
            defaultText: ConfigurationSyntax.text(bytes: defaultValue), documentation,
            read: { ConfigurationSyntax.bytes($0).flatMap { range.contains($0) ? $0 : nil } },
            write: { ConfigurationSyntax.text(bytes: $0) })
    }
}

extension ConfigurationKey where Value == Double {
    /// A number within `range`.
    public static func number(
        _ name: String, default defaultValue: Double, in range: ClosedRange<Double>, _ documentation: String
    ) -> Self {
        Self(
            name, allowed: "a number from \(range.lowerBound) to \(range.upperBound)", default: defaultValue,
            defaultText: "\(defaultValue)", documentation,
            read: { Double($0).flatMap { range.contains($0) ? $0 : nil } }, write: { "\($0)" })
    }
}

extension ConfigurationKey where Value == Bool {
    /// A truth value; its flag alone means true.
    public static func boolean(_ name: String, default defaultValue: Bool, _ documentation: String) -> Self {
        Self(
            name, allowed: "true or false", default: defaultValue, defaultText: "\(defaultValue)", documentation,
            read: { Bool($0) }, write: { "\($0)" })
    }
}

extension ConfigurationKey where Value == Duration {
    /// A time span within `range`.
    public static func duration(
        _ name: String, default defaultValue: Duration, in range: ClosedRange<Duration>, _ documentation: String
    ) -> Self {
        let low = ConfigurationSyntax.text(range.lowerBound)
        let high = ConfigurationSyntax.text(range.upperBound)
        return Self(
            name, allowed: "a duration with its unit (us, ms, s, m, h) such as 30s, from \(low) to \(high)",
            default: defaultValue, defaultText: ConfigurationSyntax.text(defaultValue), documentation,
            read: { ConfigurationSyntax.duration($0).flatMap { range.contains($0) ? $0 : nil } },
            write: { ConfigurationSyntax.text($0) })
    }
}

extension ConfigurationKey where Value == [UInt8] {
    /// A secret of exactly `count` bytes, as hexadecimal or Base64.
    public static func secretKey(_ name: String, count: Int, _ documentation: String) -> Self {
        Self(
            name, allowed: "\(count) bytes as hexadecimal or Base64", default: [], defaultText: nil, secret: true,
            documentation, read: { ConfigurationSyntax.key($0, count: count) },
            write: { _ in ServiceConfiguration.redacted })
    }
}

extension ConfigurationKey where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the cases of `Value`.
    public static func choice(_ name: String, default defaultValue: Value, _ documentation: String) -> Self {
        Self(
            name, allowed: Value.allCases.map(\.rawValue).joined(separator: " | "), default: defaultValue,
            defaultText: defaultValue.rawValue, documentation, read: { Value(rawValue: $0) }, write: { $0.rawValue })
    }
}
