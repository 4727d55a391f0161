import PostgresClient
import TestSupport
import Testing

@Suite("A listener hears what is notified, and says when it may have missed something")
struct ListenerTests {
    @Test("notices arrive in order, with channel and payload, only from the channels asked for")
    func notices() async throws {
        try await withPool { pool async throws in
            let listener = try PostgresListener(pool.configuration, channels: ["one", "Two \"2\""], logger: quiet)
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            let sender = try await pool.withConnection { connection throws in
                for (channel, payload) in [("one", "ä 1"), ("deaf", "x"), ("Two \"2\"", ""), ("one", "3")] {
                    try connection.execute("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])
                }
                return connection.backendProcessID
            }
            for (channel, payload) in [("one", "ä 1"), ("Two \"2\"", ""), ("one", "3")] {
                guard case .notification(let notice) = await events.next() else {
                    Issue.record("no notice")
                    return
                }
                #expect(notice.channel == channel && notice.payload == payload && notice.processID == sender)
            }
            listener.close()
            #expect(await events.next() == nil)
        }
    }

    @Test("after its session was killed it listens again, and says so")
    func reconnects() async throws {
        try await withPool { pool async throws in
            var configuration = pool.configuration
            configuration.applicationName = "listener"
            let listener = try PostgresListener(configuration, channels: ["one"], logger: quiet)
            defer { listener.close() }
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            for _ in 0..<3 {
                try await pool.withConnection { connection throws in
                    let killed = try connection.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = 'listener' AND datname = current_database()
                        """)
                    #expect(killed.rowCount == 1)
                }
                #expect(await events.next() == .reconnected)
                try await pool.withConnection { _ = try $0.execute("SELECT pg_notify('one', 'x')") }
                guard case .notification = await events.next() else {
                    Issue.record("no notice")
                    return
                }
            }
        }
    }

    @Test("a reader that is too slow is told that notices were dropped")
    func overflow() async throws {
        try await withPool { pool async throws in
            let listener = try PostgresListener(pool.configuration, channels: ["one"], bufferedEvents: 4, logger: quiet)
            defer { listener.close() }
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            try await pool.withConnection { connection throws in
                _ = try connection.execute("SELECT pg_notify('one', g::text) FROM generate_series(1, 100) AS g")
            }
            var seen: [PostgresListener.Event] = []
            while seen.last != .overflowed, let event = await events.next() { seen.append(event) }
            #expect((2...101).contains(seen.count))
        }
    }

    @Test("a listener starts before its server does, and ends when its reader ends")
    func earlyAndLate() async throws {
        let server = try await TemporaryPostgres.start()
        do {
            try await server.pause()
            let listener = try PostgresListener(server.configuration, channels: ["one"], logger: quiet)
            try await server.resume()
            let reader = Task {
                for await event in listener.events { return event == .listening }
                return false
            }
            #expect(await reader.value)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }
}
