import Dispatch
import TestSupport
import Testing

@testable import MongoClient

@Suite("The pool answers, refuses and closes as promised", .enabled(if: TemporaryMongo.isAvailable, "needs nx-27017"))
struct MongoPoolTests {
    @Test("ping and build information; the stand-in is refused for production")
    func server() async throws {
        try await withMongo { pool async throws in
            try await pool.ping()
            let info = try await pool.buildInfo()
            #expect(info.isDevelopmentStandIn && info.process == "nx_27017" && !info.version.isEmpty)
            #expect(await mongoError { try await pool.requireProductionServer() }?.code == .notProductionServer)
        }
    }

    @Test("insert, find, read and delete; a second insert is a duplicate key whose error holds no value")
    func documents() async throws {
        try await withMongo { pool async throws in
            try await pool.insert(#"{"_id": "Mustermann", "n": 1}"#, into: "d")
            let twice = await mongoError { try await pool.insert(#"{"_id": "Mustermann"}"#, into: "d") }
            #expect(twice?.code == .duplicateKey && twice?.description.contains("Mustermann") == false)
            for json in [#"{"n": 1}"#, #"{"_id": 7}"#, "{"] {
                #expect(await mongoError { try await pool.insert(json, into: "d") }?.code == .invalidDocument)
            }
            #expect(try await pool.find(in: "d", filter: #"{"n": 1}"#, limit: 5).map(\.id) == ["Mustermann"])
            #expect(try await pool.document("missing", in: "d") == nil)
            #expect(try await pool.delete("Mustermann", from: "d"))
            #expect(try await pool.delete("Mustermann", from: "d") == false)
            #expect(try await pool.find(in: "d", limit: 5).isEmpty)
            #expect(
                await mongoError { try await pool.createUniqueIndex(on: ["a.b"], in: "d") }?.code == .invalidDocument)
        }
    }

    @Test("many callers share two threads")
    func sharing() async throws {
        try await withMongo { pool async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask { try await pool.insert("{\"_id\": \"n\(number)\"}", into: "d") }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.find(in: "d", limit: 1_000).count == 100)
        }
    }

    @Test("a line that is full refuses; a cancelled caller leaves it; close refuses the rest")
    func line() async throws {
        let pool = try MongoPool(MongoConfiguration(threads: 1, maximumWaiters: 2), logger: quiet)
        let gate = DispatchSemaphore(value: 0)
        let running = Task {
            try await pool.run { _ throws(MongoError) in
                gate.wait()
                return "done"
            }
        }
        try await eventually("one runs") { pool.runningCount == 1 }
        let first = Task { await mongoError { try await pool.ping() } }
        try await eventually("one waits") { pool.waiterCount == 1 }
        let second = Task { await mongoError { try await pool.ping() } }
        try await eventually("two wait") { pool.waiterCount == 2 }
        #expect(await mongoError { try await pool.ping() }?.code == .poolExhausted)
        first.cancel()
        #expect(await first.value?.code == .canceled)
        let closing = Task { await pool.close() }
        #expect(await second.value?.code == .closed)
        gate.signal()
        #expect(try await running.value == "done")
        await closing.value
        #expect(await mongoError { try await pool.ping() }?.code == .closed)
        await pool.close()
    }

    @Test("a server that is away is a retriable loss, and callers go on when it comes back")
    func away() async throws {
        let port = try LoopbackPort.free()
        let pool = try MongoPool(
            MongoConfiguration(uri: "mongodb://127.0.0.1:\(port)", serverSelectionTimeout: .milliseconds(300)),
            logger: quiet)
        let error = await mongoError { try await pool.ping() }
        #expect(error?.code == .connectionLost && error?.isRetriable == true)
        await pool.close()

        let server = try await TemporaryMongo.start()
        let other = try MongoPool(
            MongoConfiguration(uri: "mongodb://127.0.0.1:\(server.port)", serverSelectionTimeout: .milliseconds(300)),
            logger: quiet)
        try await other.ping()
        try await server.stop()
        #expect(await mongoError { try await other.ping() }?.isRetriable == true)
        await other.close()
    }

    @Test("a wrong URI is refused, and neither it nor its password is printed")
    func configuration() {
        for uri in ["", "http://x", "mongodb://u:hunter2@", "mongodb://u:hunter2@h/?w=x&journal=maybe"] {
            let configuration = MongoConfiguration(uri: uri)
            let error = #expect(throws: MongoError.self) { try MongoPool(configuration, logger: quiet) }
            #expect(error?.code == .invalidConfiguration && error?.description.contains("hunter2") == false, "\(uri)")
            #expect(!"\(configuration)\(String(reflecting: configuration))".contains("hunter2"))
        }
    }
}
