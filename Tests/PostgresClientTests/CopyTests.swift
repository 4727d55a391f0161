import PostgresClient
import TestSupport
import Testing

@Suite("COPY stores all rows or none")
struct CopyTests {
    private static let table = """
        CREATE TABLE t (
            id uuid, n int8, v float8, label text, body bytea, at timestamptz, doc jsonb, ok bool, small int2, i int4)
        """
    private static let copy = "COPY t FROM STDIN (FORMAT binary)"

    @Test("100,000 rows of every type arrive, equal to what the server computes itself")
    func manyRows() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript(Self.table)
                let stored = try connection.copyIn(Self.copy) { rows throws in
                    for number in 0..<100_000 {
                        try rows.beginRow(fieldCount: 10)
                        rows.append(UUIDBytes(hi: 0, lo: UInt64(number)))
                        rows.append(Int64(number))
                        rows.append(Double(number) / 4)
                        number % 10 == 0 ? rows.appendNull() : rows.append("Zeile \(number) ä")
                        rows.append([UInt8](repeating: UInt8(number & 255), count: number % 7))
                        rows.append(timestamp: Int64(number) * 1_000_000)
                        rows.append(jsonb: "{\"n\": \(number)}")
                        rows.append(number % 2 == 0)
                        rows.append(Int16(number % 1000))
                        rows.append(Int32(number))
                    }
                    #expect(rows.rowCount == 100_000)
                }
                #expect(stored == 100_000)
                let wrong = try connection.execute(
                    """
                    SELECT count(*) FROM generate_series(0, 99999) AS g FULL JOIN t ON t.n = g WHERE
                        (t.id = lpad(to_hex(g), 32, '0')::uuid AND t.v = g / 4.0::float8
                        AND t.label IS NOT DISTINCT FROM CASE WHEN g % 10 = 0 THEN NULL ELSE 'Zeile ' || g || ' ä' END
                        AND length(t.body) = g % 7 AND t.at = to_timestamp(g) AND (t.doc->>'n')::int = g
                        AND t.ok = (g % 2 = 0) AND t.small = g % 1000 AND t.i = g) IS NOT TRUE
                    """)
                #expect(try wrong.int64(0, 0) == 0)
                #expect(try connection.execute("SELECT count(*) FROM t").int64(0, 0) == 100_000)
            }
        }
    }

    @Test("an error of the body, of the row's shape or of the server stores nothing, and the connection goes on")
    func failures() async throws {
        struct Stop: Error {}
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript("CREATE TABLE t (n int8 PRIMARY KEY, v text NOT NULL)")
                let copy = "COPY t (n, v) FROM STDIN (FORMAT binary)"
                #expect(throws: Stop.self) {
                    try connection.copyIn(copy) { rows throws in
                        try rows.beginRow(fieldCount: 2)
                        rows.append(1 as Int64)
                        rows.append("a")
                        throw Stop()
                    }
                }
                let short = #expect(throws: PostgresError.self) {
                    try connection.copyIn(copy) { rows throws in
                        try rows.beginRow(fieldCount: 2)
                        rows.append(1 as Int64)
                    }
                }
                #expect(short?.code == .invalidParameter)
                let long = #expect(throws: PostgresError.self) {
                    try connection.copyIn(copy) { rows throws in
                        try rows.beginRow(fieldCount: 1)
                        rows.append(1 as Int64)
                        rows.append("a")
                        try rows.beginRow(fieldCount: 2)
                    }
                }
                #expect(long?.code == .invalidParameter)
                let double = #expect(throws: PostgresError.self) {
                    try connection.copyIn(copy) { rows throws in
                        for _ in 0..<2 {
                            try rows.beginRow(fieldCount: 2)
                            rows.append(1 as Int64)
                            rows.append("a")
                        }
                    }
                }
                #expect(double?.code == .uniqueViolation && double?.constraint == "t_pkey")
                let text = #expect(throws: PostgresError.self) { try connection.copyIn("COPY t FROM STDIN") { _ in } }
                #expect(text?.code == .invalidParameter)
                #expect(!connection.isBroken)
                #expect(try connection.execute("SELECT count(*) FROM t").int64(0, 0) == 0)
                #expect(try connection.copyIn(copy) { _ in } == 0)
            }
        }
    }

    @Test("a COPY through execute breaks the connection instead of hanging it")
    func misuse() async throws {
        try await withPool { pool async throws in
            let error = await postgresError {
                try await pool.withConnection { _ = try $0.execute("COPY (SELECT 1) TO STDOUT") }
            }
            #expect(error != nil)
            #expect(try await pool.withConnection { try $0.execute("SELECT 1").int32(0, 0) } == 1)
        }
    }
}
