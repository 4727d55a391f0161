import Domain
import JSONDocument

/// What documents and resources are put together from: an absent value leaves no member.
extension JSONObject {
    mutating func set(_ key: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        self[key] = .string(text)
    }

    mutating func set(_ key: String, _ number: Double?) {
        guard let number, let text = JSONNumber(number) else { return }
        self[key] = .number(text)
    }

    mutating func set(_ key: String, _ time: Timestamp?) {
        guard let time else { return }
        self[key] = .string(time.iso8601)
    }

    /// A list; an empty one leaves no member.
    mutating func set(_ key: String, _ list: [JSONValue]) {
        guard !list.isEmpty else { return }
        self[key] = .array(list)
    }

    mutating func set(_ key: String, texts: [String]) { set(key, texts.map { .string($0) }) }
}

extension JSONValue {
    /// The number, without a point where it is whole.
    static func number(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
    /// The integer.
    static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}
