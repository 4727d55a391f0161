import Foundation

/// Runs what blocks on a thread of its own, never on the cooperative pool.
enum OffPool {
    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.name = "off-pool"
            thread.start()
        }
    }

    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await run { Result(catching: body) }.get()
    }
}

extension Result where Failure == any Error {
    /// What `body` gives or throws, so that something can be closed before it is passed on.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
