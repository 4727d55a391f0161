import JSONDocument

/// An object of a request with its place, so that a refusal can say where.
struct CDSElement {
    let object: JSONObject
    let place: String

    /// The object `value` at `place`.
    init(_ value: JSONValue, _ place: String) throws(CDSError) {
        guard case .object(let object) = value else {
            throw CDSError(.malformed, place: place, detail: "an object is expected")
        }
        self.object = object
        self.place = place
    }

    func place(of key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    /// The text of `key`; nil when it is absent. An empty text, or anything else, is malformed.
    func text(_ key: String, atMost most: Int = 4096) throws(CDSError) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= most else {
            throw CDSError(
                .malformed, place: place(of: key), detail: "a text of 1 to \(most) bytes is expected")
        }
        return text
    }

    /// The text of `key`, which has to be there.
    func requiredText(_ key: String, or code: CDSError.Code = .malformed) throws(CDSError) -> String {
        guard let text = try text(key) else {
            throw CDSError(code, place: place(of: key), detail: "the field is required")
        }
        return text
    }

    /// The object of `key`; nil when it is absent.
    func element(_ key: String) throws(CDSError) -> CDSElement? {
        guard let value = object[key] else { return nil }
        return try CDSElement(value, place(of: key))
    }

    /// The elements of the list `key`; none when it is absent.
    func list(_ key: String) throws(CDSError) -> [(value: JSONValue, place: String)] {
        guard let value = object[key] else { return [] }
        guard case .array(let elements) = value else {
            throw CDSError(.malformed, place: place(of: key), detail: "a list is expected")
        }
        return elements.enumerated().map { ($0.element, "\(place(of: key))[\($0.offset)]") }
    }

    /// The objects of the list `key`; none when it is absent.
    func elements(_ key: String) throws(CDSError) -> [CDSElement] {
        var elements: [CDSElement] = []
        for (value, place) in try list(key) { elements.append(try CDSElement(value, place)) }
        return elements
    }
}
