/// A finished piece of work within a trace, as OpenTelemetry describes it.
///
/// Attributes are scalars and text by type; patient data has no way in (a `PHI` value describes itself as redacted).
public struct Span: Sendable, Equatable {
    /// What the work is to its neighbours.
    public enum Kind: Int, Sendable, CaseIterable {
        /// Work inside the service.
        case `internal` = 1
        /// The answer to a synchronous request.
        case server = 2
        /// A synchronous request to somebody else.
        case client = 3
        /// The sending of a message.
        case producer = 4
        /// The processing of a message.
        case consumer = 5
    }

    /// How the work ended.
    public enum Status: Sendable, Equatable {
        /// Nothing was said.
        case unset
        /// It did what it was asked.
        case ok
        /// It failed; the text names the cause without patient data.
        case error(String)
    }

    /// The value of an attribute.
    public enum Attribute: Sendable, Equatable {
        /// A text.
        case string(String)
        /// A whole number.
        case integer(Int64)
        /// A number; must be finite to be exported.
        case double(Double)
        /// A truth value.
        case boolean(Bool)
    }

    /// The span's own identity and its trace.
    public var context: TraceContext
    /// The span that caused this one; nil at the root.
    public var parent: SpanID?
    /// A name of low cardinality, e.g. `handle health.observation.recorded.v1`.
    public var name: String
    /// What the work is to its neighbours.
    public var kind: Kind
    /// When the work began.
    public var start: Timestamp
    /// When the work ended.
    public var end: Timestamp
    /// Facts about the work, by OpenTelemetry's names where there is one.
    public var attributes: [String: Attribute]
    /// Other contexts that the work is related to, e.g. the records of a batch.
    public var links: [TraceContext]
    /// How the work ended.
    public var status: Status

    /// A finished span.
    public init(
        context: TraceContext, parent: SpanID? = nil, name: String, kind: Kind = .internal, start: Timestamp,
        end: Timestamp, attributes: [String: Attribute] = [:], links: [TraceContext] = [], status: Status = .unset
    ) {
        self.context = context
        self.parent = parent
        self.name = name
        self.kind = kind
        self.start = start
        self.end = end
        self.attributes = attributes
        self.links = links
        self.status = status
    }
}

/// The port through which finished spans leave a service.
public protocol SpanExporter: Sendable {
    /// Takes `span` for export. Never blocks and never fails: a span that finds no room is dropped and counted. Spans that are not
    /// sampled are ignored.
    func export(_ span: Span)
}

/// Exports nothing; the exporter of a service without a collector.
public struct NoSpanExporter: SpanExporter {
    /// An exporter that drops every span.
    public init() {}

    /// Does nothing.
    public func export(_ span: Span) {}
}
