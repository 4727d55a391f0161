import Logging
import MongoClient
import TestSupport

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a pool on a fresh database, and closes the pool whatever happens.
func withMongo<Value>(
    _ adapt: (inout MongoConfiguration) -> Void = { _ in }, isolation: isolated (any Actor)? = #isolation,
    _ body: (MongoPool) async throws -> Value
) async throws -> Value {
    var configuration = try await TemporaryMongo.shared.makeDatabase()
    adapt(&configuration)
    let pool = try MongoPool(configuration, logger: quiet)
    do {
        let value = try await body(pool)
        await pool.close()
        return value
    } catch {
        await pool.close()
        throw error
    }
}

/// The error that `body` throws, when it is ours.
func mongoError(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void) async -> MongoError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? MongoError
    }
}
