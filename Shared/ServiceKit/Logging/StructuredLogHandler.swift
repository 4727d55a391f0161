import Domain
import Logging

/// Writes each log line as one JSON object, or as one line for people.
///
///     {"time":"2024-05-01T06:30:00.000000Z","level":"notice","label":"ingestion","message":"...","trace_id":"...","metadata":{...}}
///
/// `trace_id` and `span_id` come from ``Domain/TraceContext/current`` when the caller runs within a trace. Patient data cannot be
/// printed: a `PHI` value has no description, so a line shows `<redacted>` in its place.
public struct StructuredLogHandler: LogHandler {
    /// The least severe level that is written.
    public var logLevel: Logger.Level
    /// Metadata of the logger.
    public var metadata: Logger.Metadata = [:]
    /// Metadata from the surroundings of the call.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: ServiceKeys.LogFormat
    private let sink: any LogSink
    private let clock: any WallClock

    /// A handler for the logger `label`.
    public init(
        label: String, level: Logger.Level = .notice, format: ServiceKeys.LogFormat = .json,
        sink: any LogSink = FileDescriptorSink.standardError, clock: any WallClock = SystemClock(),
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.label = label
        logLevel = level
        self.format = format
        self.sink = sink
        self.clock = clock
        self.metadataProvider = metadataProvider
    }

    /// A value of the logger's metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes `event`.
    public func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { _, new in new } }
        if let given = event.metadata { merged.merge(given) { _, new in new } }
        sink.write(format == .json ? json(event, merged) : text(event, merged))
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> [UInt8] {
        var json = JSONText()
        json.raw("{")
        json.field("time", clock.now().iso8601)
        json.field("level", event.level.rawValue)
        json.field("label", label)
        json.field("message", event.message.description)
        if let error = event.error { json.field("error", "\(error)") }
        if let trace = TraceContext.current {
            json.field("trace_id", trace.traceID.description)
            json.field("span_id", trace.spanID.description)
        }
        if !metadata.isEmpty {
            json.key("metadata")
            Self.append(metadata, to: &json)
        }
        json.raw("}\n")
        return json.bytes
    }

    private static func append(_ metadata: Logger.Metadata, to json: inout JSONText) {
        json.raw("{")
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            json.key(key)
            append(value, to: &json)
        }
        json.raw("}")
    }

    private static func append(_ value: Logger.MetadataValue, to json: inout JSONText) {
        switch value {
        case .string(let text): json.string(text)
        case .stringConvertible(let value as Int): json.number(value)
        case .stringConvertible(let value as Int64): json.number(value)
        case .stringConvertible(let value as Int32): json.number(value)
        case .stringConvertible(let value as UInt64): json.number(value)
        case .stringConvertible(let value as Double): json.number(value)
        case .stringConvertible(let value as Bool): json.boolean(value)
        case .stringConvertible(let value): json.string(value.description)
        case .dictionary(let members): append(members, to: &json)
        case .array(let elements):
            json.raw("[")
            for element in elements {
                json.element()
                append(element, to: &json)
            }
            json.raw("]")
        }
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> [UInt8] {
        var line = "\(clock.now().iso8601) \(event.level.rawValue.uppercased()) \(label): \(event.message)"
        if let error = event.error { line += " error=\(error)" }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
        if let trace = TraceContext.current { line += " trace=\(trace.traceID)" }
        // Control characters would let a value forge a line or drive the terminal.
        let printable = line.unicodeScalars.map { scalar -> Character in
            scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}"
                ? " " : Character(scalar)
        }
        return Array(String(printable).utf8) + [10]
    }
}

extension Logger.MetadataValue {
    /// What a log line shows of protected health information: `<redacted>`, whatever the value is.
    public init<Value>(_ protected: PHI<Value>) {
        self = .string(protected.description)
    }
}
