import Foundation
import Logging
import PostgresClient
import Synchronization
import TestSupport

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a pool on a fresh database, and closes the pool whatever happens.
func withPool<Value>(
    _ adapt: (inout PostgresConfiguration) -> Void = { _ in }, isolation: isolated (any Actor)? = #isolation,
    _ body: (PostgresPool) async throws -> Value
) async throws -> Value {
    var configuration = try await TemporaryPostgres.shared.makeDatabase()
    adapt(&configuration)
    return try await withPool(on: configuration, body)
}

/// Runs `body` with a pool, and closes the pool whatever happens.
func withPool<Value>(
    on configuration: PostgresConfiguration, isolation: isolated (any Actor)? = #isolation,
    _ body: (PostgresPool) async throws -> Value
) async throws -> Value {
    let pool = PostgresPool(configuration, logger: quiet)
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
func postgresError(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void) async
    -> PostgresError?
{
    do {
        try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// The error that `body` throws, when it is ours.
func thrown(_ body: () throws -> Void) -> PostgresError? {
    do {
        try body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Lets one thread wait for another.
final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func raise() { semaphore.signal() }

    /// Waits for at most ten seconds.
    func await() { _ = semaphore.wait(timeout: .now() + 10) }
}

/// A value behind a lock.
final class Locked<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func with<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { state in
            var copy = state
            let result = body(&copy)
            state = copy
            return result
        }
    }
}

/// Runs something that blocks on a thread of its own.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
