import CMongo

/// A document as the server gave it. Fields are read by name, or by path (`"patient.city"`, `"codes.0"`).
public struct MongoDocument: Sendable, Hashable {
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Relaxed extended JSON (numbers plain, dates as `{"$date": "..."}`); nil when the bytes are damaged.
    public var json: String? {
        var length = 0
        guard let text = vs_bson_json(bytes, bytes.count, &length) else { return nil }
        defer { bson_free(text) }
        return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    }

    /// The document's `_id`, when it is a string.
    public var id: String? { string("_id") }

    /// A string field; nil when it is missing or of another type.
    public func string(_ path: String) -> String? {
        find(path) { value in
            guard value.type == BSONType.string else { return nil }
            return String(decoding: UnsafeRawBufferPointer(start: value.bytes, count: Int(value.length)), as: UTF8.self)
        }
    }

    /// An integer field of 32 or 64 bits; nil when it is missing or of another type.
    public func int64(_ path: String) -> Int64? {
        find(path) { $0.type == BSONType.int32 || $0.type == BSONType.int64 ? $0.integer : nil }
    }

    /// A number field of any kind; nil when it is missing or of another type.
    public func double(_ path: String) -> Double? {
        find(path) { value in
            switch value.type {
            case BSONType.double: value.number
            case BSONType.int32, BSONType.int64: Double(value.integer)
            default: nil
            }
        }
    }

    /// A boolean field; nil when it is missing or of another type.
    public func bool(_ path: String) -> Bool? { find(path) { $0.type == BSONType.bool ? $0.integer != 0 : nil } }

    /// A date field in milliseconds since the epoch; nil when it is missing or of another type.
    public func date(_ path: String) -> Int64? { find(path) { $0.type == BSONType.date ? $0.integer : nil } }

    /// True when the field exists, even as null.
    public func contains(_ path: String) -> Bool { find(path) { _ in true } ?? false }

    /// A document inside this one.
    func embedded(_ path: String) -> MongoDocument? {
        find(path) { value in
            guard value.type == BSONType.document else { return nil }
            return MongoDocument(bytes: Array(UnsafeBufferPointer(start: value.bytes, count: Int(value.length))))
        }
    }

    /// The pointers of the value are only valid inside `read`.
    private func find<Value>(_ path: String, _ read: (vs_bson_value) -> Value?) -> Value? {
        bytes.withUnsafeBufferPointer { buffer in
            var value = vs_bson_value()
            guard vs_bson_find(buffer.baseAddress, buffer.count, path, &value) else { return nil }
            return read(value)
        }
    }
}

/// Numbers of BSON types (bsonspec.org, version 1.1).
private enum BSONType {
    static let double: Int32 = 0x01
    static let string: Int32 = 0x02
    static let document: Int32 = 0x03
    static let bool: Int32 = 0x08
    static let date: Int32 = 0x09
    static let int32: Int32 = 0x10
    static let int64: Int32 = 0x12
}
