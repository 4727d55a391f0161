import CMongo

extension MongoPool {
    /// Stores a new document, given as one extended JSON object with a string `_id`.
    /// - Throws: `.duplicateKey` when the `_id` (or a unique field) is taken; `.invalidDocument`.
    public func insert(_ json: String, into collection: String) async throws(MongoError) {
        try await run { clients throws(MongoError) in
            let document = try BSONDocument(json: json, operation: "insert")
            guard MongoDocument(bytes: document.bytes).id != nil else {
                throw MongoError(.invalidDocument, operation: "insert", detail: "the document needs a string `_id`")
            }
            try clients.withCollection(collection) { collection throws(MongoError) in
                var error = bson_error_t()
                let done = withExtendedLifetime(document) {
                    mongoc_collection_insert_one(collection, document.pointer, nil, nil, &error)
                }
                guard done else { throw MongoError(error, operation: "insert") }
            }
        }
    }

    /// The documents that match.
    ///
    /// - Parameters:
    ///   - filter: one extended JSON object; `{}` is all.
    ///   - sort: one JSON object of names and directions, for example `{"version": -1}`.
    ///   - limit: the largest number of documents to give; at least 1.
    public func find(
        in collection: String, filter: String = "{}", sort: String? = nil, limit: Int
    ) async throws(MongoError) -> [MongoDocument] {
        try await run { clients throws(MongoError) in
            let filter = try BSONDocument(json: filter, operation: "find")
            let options = try BSONDocument()
            options.append("limit", Int64(max(limit, 1)))
            if let sort { options.append("sort", try BSONDocument(json: sort, operation: "find")) }
            return try clients.find(in: collection, filter: filter, options: options)
        }
    }

    /// The document with this `_id`, or nil.
    public func document(_ id: String, in collection: String) async throws(MongoError) -> MongoDocument? {
        try await run { clients throws(MongoError) in
            let filter = try BSONDocument()
            filter.append("_id", id)
            return try clients.find(in: collection, filter: filter, options: try BSONDocument()).first
        }
    }

    /// Removes the document with this `_id`; true when there was one.
    @discardableResult
    public func delete(_ id: String, from collection: String) async throws(MongoError) -> Bool {
        try await run { clients throws(MongoError) in
            let filter = try BSONDocument()
            filter.append("_id", id)
            return try clients.withCollection(collection) { collection throws(MongoError) in
                var error = bson_error_t()
                let reply = try BSONDocument.reply()
                let done = withExtendedLifetime((filter, reply)) {
                    mongoc_collection_delete_one(collection, filter.pointer, nil, reply.pointer, &error)
                }
                guard done else { throw MongoError(error, operation: "delete") }
                return MongoDocument(bytes: reply.bytes).int64("deletedCount") == 1
            }
        }
    }

    /// Writes a document unless the same or a newer version is there; see `MongoUpsert`.
    @discardableResult
    public func upsert(_ upsert: MongoUpsert, into collection: String) async throws(MongoError) -> MongoUpsertOutcome {
        try await run { clients throws(MongoError) in
            try clients.withCollection(collection) { collection throws(MongoError) in
                try GuardedUpsert.write(upsert, into: collection)
            }
        }
    }

    /// Writes many documents in few round trips, each guarded as in `upsert`.
    ///
    /// - Parameter ordered: true writes them one after the other and stops at the first failure, so that two versions
    ///   of one document may be in the same call; false lets the server choose, and tries them all.
    /// - Returns: what became of each, in the order of `upserts`; nil where it failed, or was not reached.
    /// - Throws: the errors of the connection, and `.invalidDocument` before anything is written. A failure that
    ///   concerns one document is in `MongoBulkResult.failures`.
    @discardableResult
    public func bulkUpsert(
        _ upserts: [MongoUpsert], into collection: String, ordered: Bool = true
    ) async throws(MongoError) -> MongoBulkResult {
        if upserts.isEmpty { return MongoBulkResult(count: 0) }
        return try await run { clients throws(MongoError) in
            try clients.withCollection(collection) { collection throws(MongoError) in
                var bulk = BulkUpsert(upserts, ordered: ordered)
                return try bulk.write(into: collection)
            }
        }
    }
}

extension ClientPool {
    func find(
        in collection: String, filter: BSONDocument, options: BSONDocument
    ) throws(MongoError) -> [MongoDocument] {
        try withCollection(collection) { collection throws(MongoError) in
            defer { withExtendedLifetime((filter, options)) {} }
            guard let cursor = mongoc_collection_find_with_opts(collection, filter.pointer, options.pointer, nil) else {
                throw MongoError(.other, operation: "find", detail: "libmongoc gave no cursor")
            }
            defer { mongoc_cursor_destroy(cursor) }
            var documents: [MongoDocument] = []
            var current: OpaquePointer?
            while mongoc_cursor_next(cursor, &current) {
                if let current { documents.append(MongoDocument(bytes: BSONDocument.bytes(current))) }
            }
            var error = bson_error_t()
            if mongoc_cursor_error(cursor, &error) { throw MongoError(error, operation: "find") }
            return documents
        }
    }
}
