import Foundation
import PostgresClient
import TestSupport
import Testing

@Suite("A pool lends each connection to one caller at a time, in the order of the callers")
struct PoolTests {
    @Test("200 callers share 3 connections, and no connection serves two at once")
    func sharing() async throws {
        try await withPool({ $0.poolSize = 3 }) { pool async throws in
            let busy = Locked<[Int32: Int]>([:])
            let sessions = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await pool.withConnection { connection throws in
                            let session = connection.backendProcessID
                            #expect(
                                busy.with {
                                    $0[session, default: 0] += 1; return $0[session]
                                } == 1)
                            defer { busy.with { $0[session, default: 0] -= 1 } }
                            return try connection.execute("SELECT pg_backend_pid()").int32(0, 0)
                        }
                    }
                }
                return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
            }
            #expect((1...3).contains(sessions.count))
        }
    }

    @Test("waiting callers, asynchronous and blocking, are served first in, first out")
    func fairness() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            let order = Locked<[Int]>([])
            let gate = Signal()
            let held = Signal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await pool.withConnection { _ in
                        held.raise()
                        gate.await()
                    }
                }
                await blocking { held.await() }
                for number in 0..<20 {
                    if number % 3 == 0 {
                        Thread.detachNewThread {
                            try? pool.blockingWithConnection { _ in order.with { $0.append(number) } }
                        }
                    } else {
                        group.addTask { try await pool.withConnection { _ in order.with { $0.append(number) } } }
                    }
                    try await eventually("caller \(number) in line") { pool.waiterCount == number + 1 }
                }
                gate.raise()
                try await group.waitForAll()
            }
            try await eventually("all callers served") { order.with { $0.count } == 20 }
            #expect(order.with { $0 } == Array(0..<20))
        }
    }

    @Test("who waits longer than the limit is refused, and so is who finds the line full")
    func bounds() async throws {
        try await withPool({
            $0.poolSize = 1
            $0.acquireTimeout = .milliseconds(200)
            $0.maximumWaiters = 2
        }) { pool async throws in
            let (gate, held) = (Signal(), Signal())
            async let holder: Void = pool.withConnection { _ in
                held.raise()
                gate.await()
            }
            await blocking { held.await() }
            let start = ContinuousClock.now
            async let first = postgresError { try await pool.withConnection { _ in } }
            async let second = postgresError {
                try await blocking { Result { try pool.blockingWithConnection { _ in } } }.get()
            }
            try await eventually("two in line") { pool.waiterCount == 2 }
            let third = await postgresError { try await pool.withConnection { _ in } }
            #expect(third?.code == .poolExhausted)
            let waited = await [first, second]
            #expect(
                waited.map { $0?.code } == [.poolExhausted, .poolExhausted]
                    && waited.allSatisfy { $0?.isRetriable == true })
            #expect(ContinuousClock.now - start > .milliseconds(190))
            gate.raise()
            try await holder
            #expect(try await pool.withConnection { try $0.execute("SELECT 1").int32(0, 0) } == 1)
        }
    }

    @Test("cancelling a task stops its running statement on the server, and the next caller is not struck")
    func cancelRunning() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            for _ in 0..<20 {
                let started = Signal()
                let task = Task {
                    try await pool.withConnection { connection throws in
                        started.raise()
                        try connection.execute("SELECT pg_sleep(30)")
                    }
                }
                await blocking { started.await() }
                task.cancel()
                let error = await postgresError { try await task.value }
                #expect(error?.code == .queryCanceled && error?.isRetriable == false)
                #expect(try await pool.withConnection { try $0.execute("SELECT 1").int32(0, 0) } == 1)
            }
        }
    }

    @Test("cancelling a task inside a transaction rolls it back; cancelling one in line takes it out")
    func cancelWaiting() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            try await pool.withConnection { try $0.executeScript("CREATE TABLE t (n int)") }
            let (inserted, gate) = (Signal(), Signal())
            let holder = Task {
                try await pool.transaction { connection throws in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    inserted.raise()
                    gate.await()
                    try connection.execute("INSERT INTO t VALUES (2)")
                }
            }
            await blocking { inserted.await() }
            let waiter = Task { try await pool.withConnection { _ in } }
            try await eventually("one in line") { pool.waiterCount == 1 }
            waiter.cancel()
            #expect(await postgresError { try await waiter.value }?.code == .queryCanceled)
            #expect(pool.waiterCount == 0)
            holder.cancel()
            gate.raise()
            #expect(await postgresError { try await holder.value }?.code == .queryCanceled)
            #expect(try await pool.withConnection { try $0.execute("SELECT count(*) FROM t").int64(0, 0) } == 0)
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pool.withConnection { _ in }
            }
            #expect(await postgresError { try await early.value }?.code == .queryCanceled)
        }
    }

    @Test("close refuses those in line, lets the running ones finish, and leaves no session behind")
    func close() async throws {
        let server = try await TemporaryPostgres.shared
        var configuration = try await server.makeDatabase()
        configuration.poolSize = 2
        configuration.applicationName = "close-\(configuration.database)"
        let pool = PostgresPool(configuration, logger: quiet)
        let (gate, held) = (Signal(), Signal())
        let holders = (0..<2).map { _ in
            Task {
                try await pool.withConnection { connection throws in
                    held.raise()
                    gate.await()
                    return try connection.execute("SELECT 1").int32(0, 0)
                }
            }
        }
        await blocking { for _ in 0..<2 { held.await() } }
        let waiter = Task { try await pool.withConnection { _ in } }
        try await eventually("one in line") { pool.waiterCount == 1 }
        let closing = Task { await pool.close() }
        #expect(await postgresError { try await waiter.value }?.code == .closed)
        #expect(await postgresError { try await pool.withConnection { _ in } }?.code == .closed)
        for _ in 0..<2 { gate.raise() }
        for holder in holders { #expect(try await holder.value == 1) }
        await closing.value
        await pool.close()
        try await withPool(on: configuration) { other async throws in
            let name = configuration.applicationName
            try await eventually("no session is left") {
                try await other.withConnection { connection throws in
                    try connection.execute(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()",
                        [.text(name)]
                    ).int64(0, 0)
                } == 0
            }
        }
    }

    @Test("close cancels what still runs after the grace period")
    func closeImpatiently() async throws {
        try await withPool { pool async throws in
            let started = Signal()
            let task = Task {
                try await pool.withConnection { connection throws in
                    started.raise()
                    try connection.execute("SELECT pg_sleep(30)")
                }
            }
            await blocking { started.await() }
            let start = ContinuousClock.now
            await pool.close(gracePeriod: .milliseconds(100))
            #expect(await postgresError { try await task.value }?.code == .queryCanceled)
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test("a body runs on the connection's own thread, which is not one of the cooperative pool")
    func threads() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            let first = try await pool.withConnection { _ in UInt(pthread_self()) }
            let second = try await pool.withConnection { _ in UInt(pthread_self()) }
            #expect(first == second)
            let own = try await blocking {
                let mine = UInt(pthread_self())
                return Result { try pool.blockingWithConnection { _ in UInt(pthread_self()) == mine } }
            }.get()
            #expect(own)
        }
    }
}

@Suite("A pool mends itself")
struct ReconnectTests {
    @Test("callers go on after the server restarts, cleanly or by a crash", arguments: ["INT", "KILL"])
    func restart(signal: String) async throws {
        let server = try await TemporaryPostgres.start()
        do {
            try await withPool(on: server.configuration) { pool async throws in
                let before = try await pool.withConnection { try $0.execute("SELECT pg_backend_pid()").int32(0, 0) }
                try await server.pause(signal: signal)
                // The server is away while this caller waits for its connection.
                let waiting = Task {
                    try await pool.withConnection { try $0.execute("SELECT pg_backend_pid()").int32(0, 0) }
                }
                try await server.resume()
                #expect(try await waiting.value != before)
            }
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test("an idle connection that the server closed is replaced before the caller sees it")
    func idleLoss() async throws {
        try await withPool({ $0.poolSize = 1 }) { pool async throws in
            let server = try await TemporaryPostgres.shared
            for _ in 0..<5 {
                let session = try await pool.withConnection { $0.backendProcessID }
                try await server.administer("SELECT pg_terminate_backend(\(session), 5000)")
                #expect(
                    try await pool.withConnection { try $0.execute("SELECT pg_backend_pid()").int32(0, 0) } != session)
            }
        }
    }

    @Test(
        "nobody listening is a lost connection after the acquire time-out; a wrong password or database fails at once")
    func unreachable() async throws {
        var configuration = try await TemporaryPostgres.shared.configuration
        configuration.database = "missing"
        let missing = await postgresError {
            try await withPool(on: configuration) { try await $0.withConnection { _ in } }
        }
        #expect(missing?.code == .authentication && missing?.sqlState == "3D000")
        configuration.user = "nobody"
        let role = await postgresError {
            try await withPool(on: configuration) { try await $0.withConnection { _ in } }
        }
        #expect(role?.code == .authentication && role?.sqlState == "28000")
        configuration.port = try LoopbackPort.free()
        configuration.acquireTimeout = .milliseconds(300)
        let away = await postgresError {
            try await withPool(on: configuration) { try await $0.withConnection { _ in } }
        }
        #expect(away?.code == .connectionLost && away?.isRetriable == true)
    }

    @Test("the settings of the configuration hold in every session, over TCP and over the socket")
    func sessionSettings() async throws {
        let server = try await TemporaryPostgres.shared
        var configuration = try await server.makeDatabase()
        configuration.searchPath = ["Mixed \"Case\"", "public"]
        configuration.statementTimeout = .milliseconds(1234)
        configuration.lockTimeout = .seconds(2)
        configuration.idleInTransactionTimeout = .seconds(3)
        configuration.applicationName = "ward 7"
        configuration.sessionParameters = ["synchronous_commit": "off", "work_mem": "5MB"]
        for host in ["127.0.0.1", server.socketDirectory] {
            configuration.host = host
            try await withPool(on: configuration) { pool async throws in
                try await pool.withConnection { connection throws in
                    let expected = [
                        "search_path": "\"Mixed \"\"Case\"\"\",\"public\"", "statement_timeout": "1234ms",
                        "lock_timeout": "2s",
                        "idle_in_transaction_session_timeout": "3s", "application_name": "ward 7", "TimeZone": "UTC",
                        "synchronous_commit": "off", "work_mem": "5MB", "client_encoding": "UTF8",
                    ]
                    for (name, value) in expected {
                        let shown = try connection.execute("SELECT current_setting($1)", [.text(name)]).text(0, 0)
                        #expect(shown == value, "\(name)")
                    }
                }
            }
        }
    }
}
