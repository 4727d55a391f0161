import PostgresClient
import TestSupport
import Testing

@Suite("A transaction happens as a whole or not at all, and we know which unless we say that we do not")
struct TransactionTests {
    private struct Stop: Error {}

    private static func makeTable(_ pool: PostgresPool) async throws {
        try await pool.withConnection { try $0.executeScript("CREATE TABLE t (n int PRIMARY KEY)") }
    }

    private static func rows(_ pool: PostgresPool) async throws -> [Int32] {
        try await pool.withConnection { connection throws in
            let result = try connection.execute("SELECT n FROM t ORDER BY n")
            return try (0..<result.rowCount).map { try result.int32($0, 0) }
        }
    }

    @Test("a body that returns is committed, a body that throws is rolled back")
    func commitAndRollback() async throws {
        try await withPool { pool async throws in
            try await Self.makeTable(pool)
            try await pool.transaction { _ = try $0.execute("INSERT INTO t VALUES (1)") }
            await #expect(throws: Stop.self) {
                try await pool.transaction { connection throws in
                    try connection.execute("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            }
            #expect(try await Self.rows(pool) == [1])
        }
    }

    @Test("a body that swallows a failed statement is told that nothing was committed")
    func swallowed() async throws {
        try await withPool { pool async throws in
            try await Self.makeTable(pool)
            let error = await postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    _ = try? connection.execute("SELECT 1 / 0")
                }
            }
            #expect(error?.code == .transactionAborted && error?.isRetriable == false)
            #expect(try await Self.rows(pool) == [])
        }
    }

    @Test("a transaction inside a transaction is a savepoint")
    func nested() async throws {
        try await withPool { pool async throws in
            try await Self.makeTable(pool)
            try await pool.transaction { connection throws in
                try connection.execute("INSERT INTO t VALUES (1)")
                let inner = thrown {
                    try connection.transaction {
                        try connection.execute("INSERT INTO t VALUES (2)")
                        try connection.execute("SELECT 1 / 0")
                    }
                }
                #expect(inner?.sqlState == "22012")
                try connection.transaction { _ = try connection.execute("INSERT INTO t VALUES (3)") }
            }
            #expect(try await Self.rows(pool) == [1, 3])
        }
    }

    @Test("a transaction that a body leaves open is rolled back when the connection is given back")
    func leftOpen() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            try await Self.makeTable(pool)
            try await pool.withConnection { connection throws in
                try connection.executeScript("BEGIN")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
            #expect(try await Self.rows(pool) == [])
            #expect(try await pool.withConnection { $0.isInTransaction } == false)
        }
    }

    @Test("a deferred constraint that fails at COMMIT is its own error, not an unknown outcome")
    func deferredConstraint() async throws {
        try await withPool { pool async throws in
            try await pool.withConnection {
                try $0.executeScript(
                    "CREATE TABLE t (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO t VALUES (1)")
            }
            let error = await postgresError {
                try await pool.transaction { _ = try $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.code == .uniqueViolation)
            #expect(try await Self.rows(pool) == [1])
        }
    }

    @Test("a connection cut after the server committed is an unknown outcome, and the rows are there")
    func answerLost() async throws {
        try await withCut(.swallowingAnswer) { pool, direct, proxy async throws in
            let error = await postgresError {
                try await pool.transaction { _ = try $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.code == .commitOutcomeUnknown && error?.isRetriable == false && proxy.cutCount == 1)
            #expect(try await Self.rows(direct) == [1])
            #expect(try await Self.rows(pool) == [1], "the pool has a new connection")
        }
    }

    @Test("a connection cut before COMMIT reached the server is an unknown outcome too, and the rows are not there")
    func commitLost() async throws {
        try await withCut(.beforeForwarding) { pool, direct, proxy async throws in
            let error = await postgresError {
                try await pool.transaction { _ = try $0.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.code == .commitOutcomeUnknown && proxy.cutCount == 1)
            #expect(try await Self.rows(direct) == [])
        }
    }

    @Test("a server that falls silent during COMMIT is given up after the statement time-out and its grace")
    func silentServer() async throws {
        try await withCut(.silencing, adapt: { $0.statementTimeout = .milliseconds(1) }) {
            pool, direct, _ async throws in
            let error = await postgresError {
                try await pool.transaction { connection throws in
                    try connection.executeScript("SET LOCAL statement_timeout = 0")
                    try connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.code == .commitOutcomeUnknown)
            #expect(try await Self.rows(direct) == [1])
        }
    }

    @Test("a backend that is killed outside COMMIT is a lost connection, and nothing was stored")
    func killedInBody() async throws {
        try await withPool { pool async throws in
            try await Self.makeTable(pool)
            let error = await postgresError {
                try await pool.transaction { connection throws in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    let victim = connection.backendProcessID
                    try pool.blockingWithConnection {
                        _ = try $0.execute("SELECT pg_terminate_backend($1, 5000)", [.int32(victim)])
                    }
                    try connection.execute("INSERT INTO t VALUES (2)")
                }
            }
            #expect(error?.code == .connectionLost && error?.isRetriable == true)
            #expect(try await Self.rows(pool) == [])
        }
    }

    /// A table `t`, a pool through a proxy that cuts at the next COMMIT, and a pool that goes straight to the server.
    private func withCut(
        _ cut: CuttingProxy.Cut, adapt: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (_ pool: PostgresPool, _ direct: PostgresPool, _ proxy: CuttingProxy) async throws -> Void
    ) async throws {
        let configuration = try await TemporaryPostgres.shared.makeDatabase()
        let proxy = try CuttingProxy(upstreamPort: configuration.port)
        defer { proxy.close() }
        var proxied = configuration
        proxied.port = proxy.port
        adapt(&proxied)
        try await withPool(on: configuration) { direct async throws in
            try await Self.makeTable(direct)
            try await withPool(on: proxied) { pool async throws in
                try await pool.withConnection { _ = try $0.execute("SELECT 1") }
                proxy.arm(cut, marker: "COMMIT")
                try await body(pool, direct, proxy)
            }
        }
    }
}
