import CMongo

/// The single guarded write, with the race of two inserts resolved; see `MongoUpsert`.
enum GuardedUpsert {
    private static let attempts = 8

    static func write(_ upsert: MongoUpsert, into collection: OpaquePointer) throws(MongoError) -> MongoUpsertOutcome {
        let update = try upsert.update()
        let selector = try upsert.selector()
        let options = try BSONDocument()
        options.append("upsert", true)
        var attempt = 1
        while true {
            do throws(MongoError) {
                return try once(selector, update, options, collection)
            } catch {
                guard error.code == .duplicateKey else { throw error }
                if let stored = try storedVersion(upsert.id, collection), stored >= upsert.version {
                    return .superseded
                }
                // An older version was inserted between our look and our insert, or another unique index is violated.
                guard attempt < attempts else { throw error }
                attempt += 1
            }
        }
    }

    private static func once(
        _ selector: BSONDocument, _ update: BSONDocument, _ options: BSONDocument, _ collection: OpaquePointer
    ) throws(MongoError) -> MongoUpsertOutcome {
        var error = bson_error_t()
        let reply = try BSONDocument.reply()
        let done = withExtendedLifetime((selector, update, options, reply)) {
            mongoc_collection_update_one(
                collection, selector.pointer, update.pointer, options.pointer, reply.pointer, &error)
        }
        guard done else { throw MongoError(error, operation: "upsert") }
        return MongoDocument(bytes: reply.bytes).contains("upsertedId") ? .inserted : .updated
    }

    /// The version of the stored document; nil when there is none. A stored document without an integer version counts
    /// as the oldest one, which the guard then never matches.
    private static func storedVersion(_ id: String, _ collection: OpaquePointer) throws(MongoError) -> Int64? {
        let filter = try BSONDocument()
        filter.append("_id", id)
        let options = try BSONDocument()
        options.append("limit", 1 as Int64)
        defer { withExtendedLifetime((filter, options)) {} }
        guard let cursor = mongoc_collection_find_with_opts(collection, filter.pointer, options.pointer, nil) else {
            throw MongoError(.other, operation: "upsert", detail: "libmongoc gave no cursor")
        }
        defer { mongoc_cursor_destroy(cursor) }
        var current: OpaquePointer?
        if mongoc_cursor_next(cursor, &current), let current {
            return MongoDocument(bytes: BSONDocument.bytes(current)).int64(MongoUpsert.versionField)
        }
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoError(error, operation: "upsert") }
        return nil
    }
}
