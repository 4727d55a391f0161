import Domain

/// Names and constant values of the Kafka headers of an event: CloudEvents 1.0, Kafka binary content mode.
public enum CloudEventHeader {
    /// The event id: 36 characters of UUID text.
    public static let id = "ce_id"
    /// The service that published the event, as a URI reference, e.g. `/vitalstream/ingestion`.
    public static let source = "ce_source"
    /// The event type; equal to the topic's name.
    public static let type = "ce_type"
    /// When the event was made: RFC 3339 in UTC.
    public static let time = "ce_time"
    /// The version of CloudEvents.
    public static let specVersion = "ce_specversion"
    /// The media type of the record's value.
    public static let contentType = "content-type"
    /// W3C trace context.
    public static let traceParent = "traceparent"

    /// The value of ``specVersion``.
    public static let specVersionValue = "1.0"
    /// The value of ``contentType`` for protobuf.
    public static let protobuf = "application/x-protobuf"
    /// The value of ``contentType`` for the JSON mirror.
    public static let json = "application/json"

    /// The headers of `event`, published by the service `source`, without ``traceParent``.
    public static func headers(of event: some HealthEvent, source: String) -> [(name: String, value: String)] {
        [
            (id, event.eventID.description), (Self.source, source), (type, event.ceType),
            (time, event.producedAt.iso8601), (specVersion, specVersionValue), (contentType, protobuf),
        ]
    }
}
