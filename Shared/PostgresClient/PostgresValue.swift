/// A parameter of a statement. It is sent in PostgreSQL's binary form with its own type; the server casts on assignment
/// (an `int32` fits a `bigint` column), and SQL casts everything else (`$1::date` of a `.text`).
///
/// The array cases are made for `unnest($1, $2, ...)`; each element may be nil.
public enum PostgresValue: Sendable, Hashable {
    /// NULL of whatever type the statement wants.
    case null
    /// `bool`
    case bool(Bool)
    /// `int4`
    case int32(Int32)
    /// `int8`
    case int64(Int64)
    /// `float8`; NaN and the infinities are kept.
    case double(Double)
    /// `text`
    case text(String)
    /// `bytea`
    case bytes([UInt8])
    /// `uuid`
    case uuid(UUIDBytes)
    /// `timestamptz`, in microseconds since 1970-01-01T00:00:00Z; `Int64.max` and `.min` are `infinity` and
    /// `-infinity`.
    case timestamp(microsecondsSinceEpoch: Int64)
    /// `jsonb`, given as JSON text; the server checks it. It is assigned to `json` columns too.
    case json(String)
    /// `bool[]`
    case boolArray([Bool?])
    /// `int4[]`
    case int32Array([Int32?])
    /// `int8[]`
    case int64Array([Int64?])
    /// `float8[]`
    case doubleArray([Double?])
    /// `text[]`
    case textArray([String?])
    /// `bytea[]`
    case bytesArray([[UInt8]?])
    /// `uuid[]`
    case uuidArray([UUIDBytes?])
    /// `timestamptz[]`, in microseconds since the epoch.
    case timestampArray([Int64?])
    /// `jsonb[]`, each element given as JSON text.
    case jsonArray([String?])

    /// `uuid`, given as its halves.
    public static func uuid(hi: UInt64, lo: UInt64) -> PostgresValue { .uuid(UUIDBytes(hi: hi, lo: lo)) }

    /// `text`, or NULL for nil.
    public static func text(optional value: String?) -> PostgresValue { value.map { .text($0) } ?? .null }
    /// `int4`, or NULL for nil.
    public static func int32(optional value: Int32?) -> PostgresValue { value.map { .int32($0) } ?? .null }
    /// `int8`, or NULL for nil.
    public static func int64(optional value: Int64?) -> PostgresValue { value.map { .int64($0) } ?? .null }
    /// `float8`, or NULL for nil.
    public static func double(optional value: Double?) -> PostgresValue { value.map { .double($0) } ?? .null }
    /// `bytea`, or NULL for nil.
    public static func bytes(optional value: [UInt8]?) -> PostgresValue { value.map { .bytes($0) } ?? .null }
    /// `timestamptz`, or NULL for nil.
    public static func timestamp(optional microseconds: Int64?) -> PostgresValue {
        microseconds.map { .timestamp(microsecondsSinceEpoch: $0) } ?? .null
    }
}
