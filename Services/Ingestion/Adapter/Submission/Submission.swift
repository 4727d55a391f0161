public import Domain
public import IngestionCore
import JSONDocument
public import KafkaClient
import StreamRuntime

/// What a sender hands in: bytes of a format, and what is known about them besides. As a record it is a value on the format's raw feed with
/// the rest in headers, so that gateways that publish to the topics say the same things in the same way.
public struct Submission: Sendable {
    /// How the bytes are read.
    public var format: FeedFormat
    /// The bytes as they were sent.
    public var bytes: [UInt8]
    /// The sender's registered name, which becomes the facts' source; nil for the feed's own name.
    public var source: String?
    /// The person, for formats that name none.
    public var subject: PHI<String>?
    /// The IANA name of the zone of local times that say none.
    public var timeZone: String?
    /// The name of the mapping, for the formats that need one.
    public var mapping: String?
    /// What the sender declares about the file; see `FeedContext.options`.
    public var options: [String: String]
    /// What the sender may send.
    public var terms: SenderTerms
    /// True when a person has released what was held back.
    public var isReleased = false

    /// A submission.
    public init(
        _ format: FeedFormat, _ bytes: [UInt8], source: String? = nil, subject: PHI<String>? = nil,
        timeZone: String? = nil, mapping: String? = nil, options: [String: String] = [:], terms: SenderTerms = .unbound
    ) {
        self.format = format
        self.bytes = bytes
        self.source = source
        self.subject = subject
        self.timeZone = timeZone
        self.mapping = mapping
        self.options = options
        self.terms = terms
    }

    /// The submission that stands in a record; throws when a header says what no sender can mean.
    init(_ record: StreamRecord, value: ArraySlice<UInt8>) throws(FeedRejection) {
        let named = record.header(FeedHeader.format)
        guard let standing = FeedFormat(defaultOf: record.topic) else {
            throw FeedRejection(code: "unknown-feed", place: "topic", detail: "no feed has this name")
        }
        guard let format = named.map(FeedFormat.init(rawValue:)) ?? standing, format.topic == record.topic else {
            throw FeedRejection(
                code: "unknown-format", place: "header \(FeedHeader.format)",
                detail: "must name a format that this topic carries: "
                    + FeedFormat.allCases.filter { $0.topic == record.topic }.map(\.rawValue).joined(separator: ", "))
        }
        self.init(
            format, try SubmissionEncoding.decoded(value, encoding: record.header(FeedHeader.encoding)),
            source: record.header(FeedHeader.source), subject: record.header(FeedHeader.subject).map { PHI($0) },
            timeZone: record.header(FeedHeader.timeZone), mapping: record.header(FeedHeader.mapping),
            options: try Self.options(record.header(FeedHeader.options)),
            terms: SenderTerms(header: record.header(FeedHeader.terms)))
        isReleased = record.header(StreamHeader.released) == "true"
    }

    private static func options(_ header: String?) throws(FeedRejection) -> [String: String] {
        guard let header else { return [:] }
        guard let object = (try? JSONValue(parsing: header))?.object else {
            throw FeedRejection(
                code: "invalid-options", place: "header \(FeedHeader.options)", detail: "must be a JSON object of texts"
            )
        }
        return Dictionary(object.members.compactMap { member in member.value.string.map { (member.key, $0) } }) { $1 }
    }

    /// The raw feed that carries it.
    public var topic: String { format.topic }

    /// Everything but the bytes.
    public var headers: [KafkaHeader] {
        var headers = [KafkaHeader(name: FeedHeader.format, value: format.rawValue)]
        func add(_ name: String, _ value: String?) {
            if let value { headers.append(KafkaHeader(name: name, value: value)) }
        }
        add(FeedHeader.source, source)
        add(FeedHeader.subject, subject?.reveal())
        add(FeedHeader.timeZone, timeZone)
        add(FeedHeader.mapping, mapping)
        if !options.isEmpty {
            var object: JSONObject = [:]
            for (name, value) in options.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
            add(FeedHeader.options, JSONValue.object(object).text())
        }
        add(FeedHeader.terms, terms.header)
        add(StreamHeader.released, isReleased ? "true" : nil)
        return headers
    }
}
