/// Object identifiers of the built-in types that we send and read, from PostgreSQL's `pg_type.dat` (they never change).
enum TypeOID {
    static let unknown: UInt32 = 0
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let char: UInt32 = 18
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let json: UInt32 = 114
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let timestamp: UInt32 = 1114
    static let timestamptz: UInt32 = 1184
    static let uuid: UInt32 = 2950
    static let jsonb: UInt32 = 3802

    static let jsonArray: UInt32 = 199
    static let int2Array: UInt32 = 1005
    static let varcharArray: UInt32 = 1015
    static let float4Array: UInt32 = 1021
    static let timestampArray: UInt32 = 1115
    static let boolArray: UInt32 = 1000
    static let byteaArray: UInt32 = 1001
    static let int4Array: UInt32 = 1007
    static let textArray: UInt32 = 1009
    static let int8Array: UInt32 = 1016
    static let float8Array: UInt32 = 1022
    static let timestamptzArray: UInt32 = 1185
    static let uuidArray: UInt32 = 2951
    static let jsonbArray: UInt32 = 3807
}

/// PostgreSQL counts microseconds from 2000-01-01, we from 1970-01-01 (10,957 days earlier).
enum PostgresTime {
    static let epochShift: Int64 = 10_957 * 86_400 * 1_000_000

    /// The infinities stay as they are; times that the server cannot hold become the nearest infinity.
    static func toServer(_ microseconds: Int64) -> Int64 {
        if microseconds == .max || microseconds == .min { return microseconds }
        let (value, overflow) = microseconds.subtractingReportingOverflow(epochShift)
        return overflow ? .min : value
    }

    static func fromServer(_ value: Int64) -> Int64 {
        if value == .max || value == .min { return value }
        let (microseconds, overflow) = value.addingReportingOverflow(epochShift)
        return overflow ? .max : microseconds
    }
}
