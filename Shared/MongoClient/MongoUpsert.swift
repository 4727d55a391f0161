/// A document to be written under its `_id`, unless the same or a newer version is there.
///
/// On the wire it is `updateOne({_id: id, version: {$lt: version}}, {$set: {..., version: version}}, {upsert: true})`:
///
/// - no document: the filter finds nothing, so one is inserted with the `_id` of the filter (an update with operators
///   may take it from there; a replacement may not on every server);
/// - an older version: it is updated;
/// - the same or a newer version: the filter finds nothing, the insert that follows meets the index of `_id`, and the
///   server answers with error
///   11000. The stored document is untouched.
///
/// Two writers that both insert meet the same error although the winner may be older, so after 11000 the stored version
/// is read, and the write repeated while it is smaller. Checked on MongoDB's documented behaviour and by test on
/// nx-27017 0.8.1, which gives 11000 in the same places, alone and inside ordered and unordered bulks.
public struct MongoUpsert: Sendable, Hashable {
    /// The value of `_id`.
    public var id: String
    /// The version of these contents; larger is newer.
    public var version: Int64
    /// The fields to set, as one extended JSON object without `_id` and `version`. Names at the top level must not hold
    /// a dot or begin with `$`.
    public var set: String
    /// Fields that are only written when the document is new, under the same rules; nil for none.
    public var setOnInsert: String?

    /// A document to be written.
    public init(id: String, version: Int64, set: String, setOnInsert: String? = nil) {
        self.id = id
        self.version = version
        self.set = set
        self.setOnInsert = setOnInsert
    }
}

/// What an upsert did.
public enum MongoUpsertOutcome: Sendable, Hashable {
    /// There was no document.
    case inserted
    /// An older version was there.
    case updated
    /// The same or a newer version was there, and stays.
    case superseded
}

extension MongoUpsert {
    static let versionField = "version"

    /// The filter of the guarded update.
    func selector() throws(MongoError) -> BSONDocument {
        let guarded = try BSONDocument()
        guarded.append("$lt", version)
        let selector = try BSONDocument()
        selector.append("_id", id)
        selector.append(Self.versionField, guarded)
        return selector
    }

    /// The operators of the guarded update.
    func update() throws(MongoError) -> BSONDocument {
        let update = try BSONDocument()
        let fields = try Self.fields(set)
        let names = Set(fields.keys)
        fields.append(Self.versionField, version)
        update.append("$set", fields)
        if let setOnInsert {
            let first = try Self.fields(setOnInsert)
            guard names.isDisjoint(with: first.keys) else {
                throw MongoError(
                    .invalidDocument, operation: "upsert", detail: "a field is both in `set` and in `setOnInsert`")
            }
            if !first.keys.isEmpty { update.append("$setOnInsert", first) }
        }
        return update
    }

    private static func fields(_ json: String) throws(MongoError) -> BSONDocument {
        let fields = try BSONDocument(json: json, operation: "upsert")
        var seen: Set<String> = []
        for key in fields.keys {
            guard key != "_id", key != versionField, !key.isEmpty, !key.hasPrefix("$"), !key.contains("."),
                seen.insert(key).inserted
            else {
                throw MongoError(
                    .invalidDocument, operation: "upsert",
                    detail: "a field name is `_id`, `version`, empty, doubled, has a dot or begins with $")
            }
        }
        return fields
    }
}
