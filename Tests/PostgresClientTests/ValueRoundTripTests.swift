import PostgresClient
import TestSupport
import Testing

@Suite("A value comes back from the server as it was sent")
struct ValueRoundTripTests {
    @Test("each scalar type, at its edges")
    func scalars() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                func one(_ value: PostgresValue) throws -> PostgresResult {
                    // The second use comes from the statement cache.
                    _ = try connection.execute("SELECT $1", [value])
                    return try connection.execute("SELECT $1", [value])
                }
                for value in [true, false] { #expect(try one(.bool(value)).bool(0, 0) == value) }
                for value in [0, 1, -1, Int32.max, .min] { #expect(try one(.int32(value)).int32(0, 0) == value) }
                for value in [0, 1, -1, Int64.max, .min] { #expect(try one(.int64(value)).int64(0, 0) == value) }
                for value in [
                    0, -0.0, 1.5, .pi, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
                ] as [Double] {
                    #expect(try one(.double(value)).double(0, 0).bitPattern == value.bitPattern)
                }
                #expect(try one(.double(.nan)).double(0, 0).isNaN)
                let long = String(repeating: "ä", count: 100_000)
                for value in ["", "a", "Grüße, 心拍数 ♥ 🫀", "quote ' \" \\ \n\t", long] {
                    #expect(try one(.text(value)).text(0, 0) == value)
                }
                for value in [[], [0], [0, 255, 10, 0], [UInt8](repeating: 7, count: 300_000)] as [[UInt8]] {
                    #expect(try one(.bytes(value)).bytes(0, 0) == value)
                }
                let id = UUIDBytes(hi: 0x0123_4567_89AB_CDEF, lo: 0xFEDC_BA98_7654_3210)
                #expect(try one(.uuid(id)).uuid(0, 0) == id)
                for value in [0, 1, -1, 1_700_000_000_123_456, -2_208_988_800_000_000, Int64.max, .min] {
                    #expect(try one(.timestamp(microsecondsSinceEpoch: value)).timestamp(0, 0) == value)
                }
                #expect(try one(.json(#"{"a": [1, "ä", null]}"#)).text(0, 0) == #"{"a": [1, "ä", null]}"#)
            }
        }
    }

    @Test("the server reads the values as we mean them, by its own text output")
    func meaning() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                func text(_ cast: String, _ value: PostgresValue) throws -> String {
                    try connection.execute("SELECT ($1::\(cast))::text", [value]).text(0, 0)
                }
                #expect(
                    try text("uuid", .uuid(hi: 0x0123_4567_89AB_CDEF, lo: 0xFEDC_BA98_7654_3210))
                        == "01234567-89ab-cdef-fedc-ba9876543210")
                // 1,700,000,000 s after the epoch is 2023-11-14 22:13:20 UTC (date -u -d @1700000000).
                #expect(
                    try text("timestamptz", .timestamp(microsecondsSinceEpoch: 1_700_000_000_123_456))
                        == "2023-11-14 22:13:20.123456+00")
                #expect(try text("timestamptz", .timestamp(microsecondsSinceEpoch: .max)) == "infinity")
                #expect(try text("timestamptz", .timestamp(microsecondsSinceEpoch: .min)) == "-infinity")
                #expect(try text("float8", .double(.nan)) == "NaN")
                #expect(try text("int4[]", .int32Array([1, nil, -3])) == "{1,NULL,-3}")
                #expect(try text("text[]", .textArray(["a,b", nil, "", "\"q\""])) == #"{"a,b",NULL,"","\"q\""}"#)
                #expect(try text("bytea[]", .bytesArray([[0xDE, 0xAD], nil])) == #"{"\\xdead",NULL}"#)
                #expect(try text("bool[]", .boolArray([true, false, nil])) == "{t,f,NULL}")
                #expect(try text("jsonb", .json(#"{"b":1}"#)) == #"{"b": 1}"#)
                #expect(try text("bigint", .int32(5)) == "5")
                #expect(try text("date", .text("2024-02-29")) == "2024-02-29")
            }
        }
    }

    @Test("each array type, with NULL elements, empty, and of 5,000 elements")
    func arrays() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                func one(_ value: PostgresValue) throws -> PostgresResult {
                    try connection.execute("SELECT $1", [value])
                }
                let many = Array(0..<5_000)
                let ints32 = [[], [nil], [1, nil, .max, .min], many.map { Int32($0) }] as [[Int32?]]
                for value in ints32 { #expect(try one(.int32Array(value)).int32Array(0, 0) == value) }
                let ints64 = [[], [nil], [1, nil, .max, .min], many.map { Int64($0) }] as [[Int64?]]
                for value in ints64 {
                    #expect(try one(.int64Array(value)).int64Array(0, 0) == value)
                    #expect(try one(.timestampArray(value)).timestampArray(0, 0) == value)
                }
                let doubles =
                    [[], [nil], [1.5, nil, .infinity, -.infinity], many.map { Double($0) / 7 }] as [[Double?]]
                for value in doubles { #expect(try one(.doubleArray(value)).doubleArray(0, 0) == value) }
                let notNumbers = try one(.doubleArray([.nan, nil])).doubleArray(0, 0)
                #expect(notNumbers.count == 2 && notNumbers[0]?.isNaN == true && notNumbers[1] == nil)
                let texts = [[], [nil], ["", nil, "ä,\"{}"], many.map { "n\($0)" }] as [[String?]]
                for value in texts { #expect(try one(.textArray(value)).textArray(0, 0) == value) }
                let bytes = [[], [nil], [[], nil, [0, 255]], many.map { [UInt8($0 & 255), 1] }] as [[[UInt8]?]]
                for value in bytes { #expect(try one(.bytesArray(value)).bytesArray(0, 0) == value) }
                let bools = [[], [nil], [true, nil, false]] as [[Bool?]]
                for value in bools { #expect(try one(.boolArray(value)).boolArray(0, 0) == value) }
                let ids =
                    [[], [nil], many.map { UUIDBytes(hi: UInt64($0) << 32, lo: .max - UInt64($0)) }] as [[UUIDBytes?]]
                for value in ids { #expect(try one(.uuidArray(value)).uuidArray(0, 0) == value) }
                #expect(try one(.jsonArray(["[1]", nil])).textArray(0, 0) == ["[1]", nil])
            }
        }
    }

    @Test("NULL goes into and comes out of every type, whatever the statement saw first")
    func nulls() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript(
                    """
                    CREATE TABLE t (
                        a bool, b int4, c int8, d float8, e text, f bytea, g uuid, h timestamptz, i jsonb, j text[])
                    """)
                let insert = "INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                let full: [PostgresValue] = [
                    .bool(true), .int32(1), .int64(2), .double(3), .text("4"), .bytes([5]), .uuid(hi: 6, lo: 6),
                    .timestamp(microsecondsSinceEpoch: 7), .json("8"), .textArray(["9"]),
                ]
                let empty = [PostgresValue](repeating: .null, count: 10)
                for row in [empty, full, empty] { #expect(try connection.execute(insert, row).affectedRows == 1) }
                for gap in full.indices {
                    var row = full
                    row[gap] = .null
                    #expect(try connection.execute(insert, row).affectedRows == 1)
                }
                let rows = try connection.execute("SELECT * FROM t WHERE a IS NULL AND b IS NULL")
                #expect(rows.rowCount == 2 && rows.columnCount == 10)
                for column in 0..<10 { #expect(try rows.isNull(0, column)) }
                #expect(
                    try rows.optionalInt64(0, 2) == nil && rows.optionalText(0, 4) == nil
                        && rows.optionalUUID(0, 6) == nil)
            }
        }
    }

    @Test("random values of all array types survive a round trip through a table")
    func randomArrays() async throws {
        let generator = SeededGenerator.announced()
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                var generator = generator
                func optional<Value>(_ make: (inout SeededGenerator) -> Value) -> Value? {
                    Int.random(in: 0..<5, using: &generator) == 0 ? nil : make(&generator)
                }
                for _ in 0..<30 {
                    let range = 0..<Int.random(in: 0..<60, using: &generator)
                    let texts = range.map { _ in
                        optional { random in
                            String(
                                String.UnicodeScalarView(
                                    (0..<Int.random(in: 0..<9, using: &random)).map { _ in
                                        Unicode.Scalar(UInt32.random(in: 1..<0xD800, using: &random)) ?? " "
                                    }))
                        }
                    }
                    let numbers = range.map { _ in optional { Int64.random(in: .min ... .max, using: &$0) } }
                    let doubles = range.map { _ in optional { Double.random(in: -1e300...1e300, using: &$0) } }
                    let blobs = range.map { _ in
                        optional { random in
                            (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                                UInt8.random(in: 0...255, using: &random)
                            }
                        }
                    }
                    let row = try connection.execute(
                        "SELECT $1, $2, $3, $4, cardinality($1)",
                        [.textArray(texts), .int64Array(numbers), .doubleArray(doubles), .bytesArray(blobs)])
                    #expect(try row.textArray(0, 0) == texts)
                    #expect(try row.int64Array(0, 1) == numbers)
                    #expect(try row.doubleArray(0, 2) == doubles)
                    #expect(try row.bytesArray(0, 3) == blobs)
                    #expect(try row.int32(0, 4) == Int32(range.count))
                }
            }
        }
    }

    @Test("a cell asked for as another type, or outside the result, is refused and named")
    func mismatches() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                let row = try connection.execute(
                    "SELECT 1::int8 AS n, 'x'::text AS t, NULL::int4 AS z, 1.5::numeric AS q")
                #expect(throws: PostgresError.self) { try row.text(0, 0) }
                #expect(throws: PostgresError.self) { try row.int32(0, 0) }
                #expect(throws: PostgresError.self) { try row.int64(0, 1) }
                #expect(throws: PostgresError.self) { try row.int32(0, 2) }
                #expect(throws: PostgresError.self) { try row.double(0, 3) }
                #expect(throws: PostgresError.self) { try row.uuidArray(0, 1) }
                for (line, column) in [(1, 0), (-1, 0), (0, 4), (0, -1)] {
                    #expect(throws: PostgresError.self) { try row.int64(line, column) }
                }
                let error = #expect(throws: PostgresError.self) { try row.bool(0, 1) }
                #expect(error?.code == .decoding && error?.detail.contains("(t, type OID 25)") == true)
                #expect(row.column(named: "t") == 1 && row.column(named: "missing") == nil)
            }
        }
    }
}
