import CMongo

/// Owns one `bson_t`. Whoever hands `pointer` to C keeps the document alive over the call with `withExtendedLifetime`.
final class BSONDocument {
    let pointer: OpaquePointer
    private let isReply: Bool

    /// An empty document.
    init() throws(MongoError) {
        guard let pointer = bson_new() else { throw Self.noMemory }
        self.pointer = pointer
        isReply = false
    }

    private init(reply: OpaquePointer) {
        pointer = reply
        isReply = true
    }

    /// Memory for a reply, which a call of libmongoc initialises.
    static func reply() throws(MongoError) -> BSONDocument {
        guard let reply = vs_reply_new() else { throw noMemory }
        return BSONDocument(reply: reply)
    }

    private static var noMemory: MongoError { MongoError(.other, operation: "allocate", detail: "no memory") }

    /// Reads one object of extended JSON, canonical or relaxed.
    /// - Throws: `.invalidDocument`; the text is not part of the error.
    init(json: String, operation: String) throws(MongoError) {
        var error = bson_error_t()
        let length = json.utf8.count
        // libbson would stop at the first complete object and ignore what follows it.
        guard JSONExtent.isOneObject(json.utf8) else {
            throw MongoError(.invalidDocument, operation: operation, detail: "the text is not one JSON object")
        }
        let parsed = json.withCString { text in
            text.withMemoryRebound(to: UInt8.self, capacity: length) { bson_new_from_json($0, length, &error) }
        }
        guard let parsed else {
            throw MongoError(.invalidDocument, operation: operation, detail: "the text is not extended JSON")
        }
        pointer = parsed
        isReply = false
    }

    deinit {
        if isReply { vs_reply_free(pointer) } else { bson_destroy(pointer) }
    }

    func append(_ key: String, _ value: Int64) { bson_append_int64(pointer, key, -1, value) }
    func append(_ key: String, _ value: Int32) { bson_append_int32(pointer, key, -1, value) }
    func append(_ key: String, _ value: Bool) { bson_append_bool(pointer, key, -1, value) }
    func append(_ key: String, _ value: BSONDocument) { bson_append_document(pointer, key, -1, value.pointer) }
    func append(_ key: String, array value: BSONDocument) { bson_append_array(pointer, key, -1, value.pointer) }

    func append(_ key: String, _ value: String) {
        var value = value
        value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                _ = bson_append_utf8(pointer, key, -1, $0.baseAddress, Int32(bytes.count))
            }
        }
    }

    /// The names at the top level.
    var keys: [String] {
        var keys: [String] = []
        withUnsafeMutablePointer(to: &keys) { keys in
            vs_bson_each_key(pointer, keys) { context, key in
                guard let key else { return }
                context?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: key))
            }
        }
        return keys
    }

    /// A copy of the serialised form.
    var bytes: [UInt8] { Self.bytes(pointer) }

    static func bytes(_ document: OpaquePointer) -> [UInt8] {
        Array(UnsafeBufferPointer(start: bson_get_data(document), count: Int(vs_bson_length(document))))
    }
}

/// Where a JSON object ends. It only counts brackets outside strings; libbson checks the rest.
enum JSONExtent {
    static func isOneObject(_ text: some Sequence<UInt8>) -> Bool {
        var depth = 0
        var inString = false
        var escaped = false
        var ended = false
        for byte in text {
            if inString {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if ended || (depth == 0 && byte != UInt8(ascii: "{")) { return false }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return false }
                ended = depth == 0
            case UInt8(ascii: "\""):
                if depth == 0 { return false }
                inString = true
            default:
                if depth == 0 { return false }
            }
        }
        return ended && !inString
    }
}
