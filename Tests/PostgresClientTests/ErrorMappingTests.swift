import PostgresClient
import TestSupport
import Testing

@Suite("A server error says what happened without saying whose data it was")
struct ErrorMappingTests {
    @Test(
        "each class of failure has its code",
        arguments: [
            ("INSERT INTO parent VALUES (1)", PostgresError.Code.uniqueViolation, "23505"),
            ("INSERT INTO child VALUES (99)", .foreignKeyViolation, "23503"),
            ("INSERT INTO parent VALUES (NULL)", .notNullViolation, "23502"),
            ("INSERT INTO parent VALUES (-1)", .checkViolation, "23514"),
            ("SELEC 1", .syntax, "42601"),
            ("SELECT * FROM missing", .syntax, "42P01"),
            ("SELECT 1 / 0", .other, "22012"),
            ("SELECT pg_sleep(10)", .timeout, "57014"),
        ])
    func codes(sql: String, code: PostgresError.Code, state: String) async throws {
        try await withPool({ $0.statementTimeout = .milliseconds(100) }) { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript(
                    """
                    CREATE TABLE parent (n int PRIMARY KEY CHECK (n > 0)); INSERT INTO parent VALUES (1);
                    CREATE TABLE child (n int REFERENCES parent)
                    """)
                let error = #expect(throws: PostgresError.self) { try connection.execute(sql) }
                #expect(error?.code == code && error?.sqlState == state)
                #expect(error?.isRetriable == (code == .timeout))
                #expect(try connection.execute("SELECT 1").int32(0, 0) == 1)
            }
        }
    }

    @Test("neither parameters, nor rows, nor quoted values appear in an error")
    func noValues() async throws {
        let secret = "Erika-Mustermann-1957"
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript("CREATE TABLE p (name text PRIMARY KEY, n int NOT NULL)")
                try connection.execute("INSERT INTO p VALUES ($1, 1)", [.text(secret)])
                let statements: [(String, [PostgresValue])] = [
                    ("INSERT INTO p VALUES ($1, 1)", [.text(secret)]),
                    ("INSERT INTO p VALUES ($1, NULL)", [.text(secret)]),
                    ("SELECT $1::int", [.text(secret)]),
                    ("SELECT $1::uuid", [.text("\"" + secret)]),
                    ("SELECT $1::jsonb", [.text("{\"a\": \(secret)")]),
                    ("SELECT $1::timestamptz", [.text(secret)]),
                    ("SELECT '\(secret)'::int", []),
                    ("SELECT * FROM p WHERE nme = '\(secret)'", []),
                ]
                for (sql, parameters) in statements {
                    let error = #expect(throws: PostgresError.self) { try connection.execute(sql, parameters) }
                    #expect(error?.description.contains("Mustermann") == false, "\(sql)")
                }
            }
        }
    }

    @Test("an operation is the first words of the SQL, up to the first value")
    func operations() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                func operation(_ sql: String) -> String? {
                    do throws(PostgresError) {
                        try connection.execute(sql)
                        return nil
                    } catch { return error.operation }
                }
                #expect(operation("INSERT INTO missing (a) VALUES (1)") == "INSERT INTO missing")
                #expect(operation("  SELECT 'secret' FROM missing") == "SELECT")
                #expect(operation("UPDATE missing SET name='x'") == "UPDATE missing SET name")
                #expect(operation("?") == "?")
            }
        }
    }

    @Test("a deadlock and a serialization failure are retriable")
    func collisions() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection {
                try $0.executeScript("CREATE TABLE t (n int PRIMARY KEY); INSERT INTO t VALUES (1), (2)")
            }
            let (first, second) = (Signal(), Signal())
            async let one: PostgresError? = postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("UPDATE t SET n = n WHERE n = 1")
                    first.raise()
                    second.await()
                    try connection.execute("UPDATE t SET n = n WHERE n = 2")
                }
            }
            async let two: PostgresError? = postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("UPDATE t SET n = n WHERE n = 2")
                    second.raise()
                    first.await()
                    try connection.execute("UPDATE t SET n = n WHERE n = 1")
                }
            }
            let failures = await [one, two].compactMap { $0 }
            #expect(failures.map(\.code) == [.deadlock] && failures.allSatisfy(\.isRetriable))

            let collision = await postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    try connection.execute("SELECT * FROM t")
                    try pool.blockingWithConnection { _ = try $0.execute("UPDATE t SET n = n WHERE n = 1") }
                    try connection.execute("UPDATE t SET n = n WHERE n = 1")
                }
            }
            #expect(collision?.code == .serializationFailure && collision?.isRetriable == true)
        }
    }

    @Test("a lock that is not given in time is a lock time-out")
    func lockTimeout() async throws {
        try await withPool({ $0.lockTimeout = .milliseconds(100) }) { pool async throws in
            let error = await postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("SELECT pg_advisory_xact_lock(2)")
                    try pool.blockingWithConnection { _ = try $0.execute("SELECT pg_advisory_xact_lock(2)") }
                }
            }
            #expect(error?.code == .lockTimeout && error?.isRetriable == true)
        }
    }

    @Test("a plan made stale by DDL is remade outside a transaction, and retriable inside one")
    func stalePlan() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection { connection throws in
                try connection.executeScript("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
                #expect(try connection.execute("SELECT * FROM t").columnCount == 1)
                try connection.executeScript("ALTER TABLE t ADD b int")
                #expect(try connection.execute("SELECT * FROM t").columnCount == 2)
                try connection.executeScript("ALTER TABLE t ADD c int")
                func inTransaction() throws -> Int {
                    try connection.transaction { try connection.execute("SELECT * FROM t").columnCount }
                }
                let error = #expect(throws: PostgresError.self) { try inTransaction() }
                #expect(error?.code == .stalePlan && error?.isRetriable == true)
                #expect(try inTransaction() == 3)
                try connection.executeScript("DEALLOCATE ALL")
                #expect(try connection.execute("SELECT * FROM t").columnCount == 3)
            }
        }
    }
}
