import Contracts
import IngestionCore
public import JSONDocument

/// The topics of the fleet as an AsyncAPI 3.0 document; served at `/asyncapi.json`. It is made from the contracts' own list of topics.
public enum AsyncAPIDocument {
    /// The document.
    public static func document() -> JSONValue {
        var channels = JSONObject()
        var operations = JSONObject()
        var messages = JSONObject()
        for topic in Topic.all {
            let isFeed = Topic.feeds.contains(topic)
            let key = name(of: topic)
            messages[key] = isFeed ? feed(topic) : event(topic)
            channels[key] = [
                "address": .string(topic),
                "messages": .object([key: ["$ref": .string("#/components/messages/\(key)")]]),
                "bindings": ["kafka": ["topic": .string(topic), "bindingVersion": "0.5.0"]],
            ]
            // Ingestion takes what the feeds bring, and sends facts; what other services send is there for whoever listens.
            operations[(isFeed ? "receive" : "send") + key] = [
                "action": isFeed ? "receive" : "send", "channel": ["$ref": .string("#/channels/\(key)")],
                "messages": [["$ref": .string("#/channels/\(key)/messages/\(key)")]],
            ]
        }
        return [
            "asyncapi": "3.0.0",
            "info": [
                "title": "Vitalstream topics", "version": "1.0.0",
                "description":
                    "Raw feeds that gateways publish, and the events of the fleet. The key of an event is the patient's pseudonym (of a score: its id), so that one patient's events stay in order.",
                "license": ["name": "Apache-2.0"],
            ],
            "defaultContentType": .string(CloudEventHeader.protobuf),
            "channels": .object(channels), "operations": .object(operations),
            "components": ["messages": .object(messages)],
        ]
    }

    /// The topic in camel case, without `.v1`: `health.observation.recorded.v1` is `HealthObservationRecorded`.
    static func name(of topic: String) -> String {
        topic.split(separator: ".").dropLast().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static let text: JSONValue = ["type": "string"]

    private static func event(_ topic: String) -> JSONValue {
        [
            "name": .string(topic), "contentType": .string(CloudEventHeader.protobuf),
            "summary": "One event, in protobuf; the messages stand in proto/health/v1",
            "headers": [
                "type": "object",
                "required": [
                    .string(CloudEventHeader.id), .string(CloudEventHeader.source), .string(CloudEventHeader.type),
                    .string(CloudEventHeader.specVersion), .string(CloudEventHeader.contentType),
                ],
                "properties": .object(eventHeaders(topic)),
            ],
            "bindings": ["kafka": ["key": ["type": "string", "maxLength": 64], "bindingVersion": "0.5.0"]],
        ]
    }

    private static func eventHeaders(_ topic: String) -> JSONObject {
        var headers = JSONObject()
        headers[CloudEventHeader.id] = ["type": "string", "format": "uuid"]
        headers[CloudEventHeader.source] = ["type": "string", "format": "uri-reference"]
        headers[CloudEventHeader.type] = ["const": .string(topic)]
        headers[CloudEventHeader.time] = ["type": "string", "format": "date-time"]
        headers[CloudEventHeader.specVersion] = ["const": .string(CloudEventHeader.specVersionValue)]
        headers[CloudEventHeader.contentType] = ["const": .string(CloudEventHeader.protobuf)]
        headers[CloudEventHeader.traceParent] = text
        return headers
    }

    private static func feed(_ topic: String) -> JSONValue {
        let formats = FeedFormat.allCases.filter { $0.topic == topic }.map { JSONValue.string($0.rawValue) }
        var headers = JSONObject()
        var format: JSONObject = ["type": "string", "enum": .array(formats)]
        if let standing = FeedFormat(defaultOf: topic) { format["default"] = .string(standing.rawValue) }
        headers[FeedHeader.format] = .object(format)
        for name in [
            FeedHeader.encoding, FeedHeader.source, FeedHeader.subject, FeedHeader.timeZone, FeedHeader.mapping,
            FeedHeader.options,
        ] {
            headers[name] = text
        }
        return [
            "name": .string(topic), "contentType": "application/octet-stream",
            "summary": "Bytes of a format as the source made them",
            "headers": ["type": "object", "properties": .object(headers)],
        ]
    }
}
