import Domain

/// The JSON body of an OTLP/HTTP trace export (opentelemetry-proto v1: ids in hexadecimal, 64-bit numbers as texts).
enum OTLPRequest {
    /// What the spans come from.
    struct Resource: Sendable {
        var service: String
        var instance: String
        var version: String
        var further: [String: String] = [:]
    }

    static func body(_ spans: [Span], from resource: Resource) -> [UInt8] {
        var json = JSONText()
        json.raw(#"{"resourceSpans":[{"resource":{"attributes":["#)
        var attributes = [
            "service.name": resource.service, "service.instance.id": resource.instance,
            "service.namespace": "vitalstream",
            "service.version": resource.version, "telemetry.sdk.language": "swift",
        ]
        attributes.merge(resource.further) { own, _ in own }
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            append(key, .string(value), to: &json)
        }
        json.raw(#"]},"scopeSpans":[{"scope":{"name":"vitalstream"},"spans":["#)
        for span in spans {
            json.element()
            append(span, to: &json)
        }
        json.raw("]}]}]}")
        return json.bytes
    }

    private static func append(_ span: Span, to json: inout JSONText) {
        json.raw("{")
        appendIdentity(span.context, to: &json)
        if let parent = span.parent { json.field("parentSpanId", parent.description) }
        json.field("name", span.name)
        json.key("kind")
        json.number(span.kind.rawValue)
        json.field("startTimeUnixNano", nanoseconds(span.start))
        json.field("endTimeUnixNano", nanoseconds(span.end))
        if !span.attributes.isEmpty {
            json.key("attributes")
            json.raw("[")
            for (key, value) in span.attributes.sorted(by: { $0.key < $1.key }) { append(key, value, to: &json) }
            json.raw("]")
        }
        if !span.links.isEmpty {
            json.key("links")
            json.raw("[")
            for link in span.links {
                json.element()
                json.raw("{")
                appendIdentity(link, to: &json)
                json.raw("}")
            }
            json.raw("]")
        }
        json.key("status")
        switch span.status {
        case .unset: json.raw("{}")
        case .ok: json.raw(#"{"code":1}"#)
        case .error(let message):
            json.raw(#"{"code":2"#)
            json.field("message", message)
            json.raw("}")
        }
        json.raw("}")
    }

    private static func appendIdentity(_ context: TraceContext, to json: inout JSONText) {
        json.field("traceId", context.traceID.description)
        json.field("spanId", context.spanID.description)
        if let state = context.tracestate { json.field("traceState", state) }
    }

    private static func append(_ key: String, _ value: Span.Attribute, to json: inout JSONText) {
        // A non-finite double has no JSON number, so that it is left out rather than breaking the batch.
        if case .double(let number) = value, !number.isFinite { return }
        json.element()
        json.raw("{")
        json.field("key", key)
        json.key("value")
        json.raw("{")
        switch value {
        case .string(let text): json.field("stringValue", text)
        case .integer(let number): json.field("intValue", String(number))
        case .double(let number):
            json.key("doubleValue")
            json.number(number)
        case .boolean(let flag):
            json.key("boolValue")
            json.boolean(flag)
        }
        json.raw("}}")
    }

    /// Nanoseconds since the epoch; a time before it or past the year 2554 is clamped.
    private static func nanoseconds(_ time: Timestamp) -> String {
        let (product, overflow) = UInt64(max(0, time.microseconds)).multipliedReportingOverflow(by: 1000)
        return String(overflow ? UInt64.max : product)
    }
}
