import CMongo

/// Many guarded writes. libmongoc cuts them into commands of the size that the server takes.
struct BulkUpsert {
    private let upserts: [MongoUpsert]
    private let ordered: Bool
    private var result: MongoBulkResult

    init(_ upserts: [MongoUpsert], ordered: Bool) {
        self.upserts = upserts
        self.ordered = ordered
        result = MongoBulkResult(count: upserts.count)
    }

    /// An ordered bulk stops at every document that a newer version supersedes, since the server calls that an error;
    /// such a document is looked at alone, and the bulk goes on behind it.
    mutating func write(into collection: OpaquePointer) throws(MongoError) -> MongoBulkResult {
        let updates = try prepared()
        var start = 0
        while start < upserts.count {
            let errors = try execute(updates, from: start, collection)
            guard ordered else {
                for index in errors.keys.sorted() { try resolve(index, errors[index] ?? 0, collection) }
                break
            }
            guard let (index, code) = errors.min(by: { $0.key < $1.key }) else { break }
            guard try resolve(index, code, collection) else { break }
            start = index + 1
        }
        return result
    }

    /// Every document is read before the first one is sent.
    private func prepared() throws(MongoError) -> [BSONDocument] {
        var updates: [BSONDocument] = []
        updates.reserveCapacity(upserts.count)
        for upsert in upserts { updates.append(try upsert.update()) }
        return updates
    }

    /// Sends the documents from `start` on, and notes the outcomes.
    /// - Returns: the server's error numbers by place.
    private mutating func execute(
        _ updates: [BSONDocument], from start: Int, _ collection: OpaquePointer
    ) throws(MongoError) -> [Int: Int] {
        let mode = try BSONDocument()
        mode.append("ordered", ordered)
        let upserting = try BSONDocument()
        upserting.append("upsert", true)
        defer { withExtendedLifetime((mode, upserting)) {} }
        guard let bulk = mongoc_collection_create_bulk_operation_with_opts(collection, mode.pointer) else {
            throw MongoError(.other, operation: "bulk upsert", detail: "libmongoc gave no bulk operation")
        }
        defer { mongoc_bulk_operation_destroy(bulk) }
        var error = bson_error_t()
        for index in start..<upserts.count {
            let selector = try upserts[index].selector()
            let added = withExtendedLifetime((selector, updates)) {
                mongoc_bulk_operation_update_one_with_opts(
                    bulk, selector.pointer, updates[index].pointer, upserting.pointer, &error)
            }
            guard added else { throw MongoError(error, operation: "bulk upsert") }
        }
        let reply = try BSONDocument.reply()
        let done = withExtendedLifetime(reply) { mongoc_bulk_operation_execute(bulk, reply.pointer, &error) != 0 }
        let answer = MongoDocument(bytes: reply.bytes)
        let errors = answer.entries("writeErrors") { ($0.int64("index"), $0.int64("code")) }
        let failed = Dictionary(errors.map { (start + Int($0), Int($1)) }) { first, _ in first }
        // Without write errors a failure concerns the whole call: connection, write concern, rights.
        guard done || !failed.isEmpty, !answer.contains("writeConcernErrors.0") else {
            let code = answer.int64("writeConcernErrors.0.code")
            throw code.map { _ in
                MongoError(.writeConcern, operation: "bulk upsert", detail: "the write is not durable yet")
            }
                ?? MongoError(error, operation: "bulk upsert")
        }
        let inserted = Set(answer.entries("upserted") { ($0.int64("index"), 0) }.map { start + Int($0.0) })
        let end = ordered ? failed.keys.min() ?? upserts.count : upserts.count
        for index in start..<end where failed[index] == nil {
            result.outcomes[index] = inserted.contains(index) ? .inserted : .updated
        }
        return failed
    }

    /// Decides about one document that the server refused.
    /// - Returns: false when it failed.
    @discardableResult
    private mutating func resolve(_ index: Int, _ code: Int, _ collection: OpaquePointer) throws(MongoError) -> Bool {
        let error = MongoError.server(code, operation: "bulk upsert")
        guard error.code == .duplicateKey else {
            result.failures[index] = error
            return false
        }
        do throws(MongoError) {
            result.outcomes[index] = try GuardedUpsert.write(upserts[index], into: collection)
            return true
        } catch {
            guard error.code == .duplicateKey else { throw error }
            result.failures[index] = error
            return false
        }
    }
}

extension MongoDocument {
    /// The numbers of each entry of an array of documents.
    func entries(_ name: String, _ read: (MongoDocument) -> (Int64?, Int64?)) -> [(Int64, Int64)] {
        var entries: [(Int64, Int64)] = []
        var number = 0
        while let entry = embedded("\(name).\(number)") {
            if case (let first?, let second?) = read(entry) { entries.append((first, second)) }
            number += 1
        }
        return entries
    }
}
