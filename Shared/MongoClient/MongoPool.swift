import CMongo
import Logging

/// The documents of one MongoDB database. Calls run on a few threads of their own, never on Swift's cooperative pool.
///
/// Only what both a real MongoDB and the development stand-in do rightly is offered: string `_id`, flat unique indexes,
/// `$set` and `$setOnInsert`, find with sort and limit. Writes are acknowledged by the majority and journalled, unless
/// the URI says otherwise.
///
/// A cancelled task leaves the line with `.canceled`; a call that runs already goes on until it is answered or times
/// out.
public final class MongoPool: Sendable {
    /// What the pool was made with.
    public let configuration: MongoConfiguration
    private let clients: ClientPool
    private let workers: MongoWorkers
    let logger: Logger

    /// Makes a pool; no connection is opened yet.
    /// - Throws: `.invalidConfiguration`.
    public init(_ configuration: MongoConfiguration, logger: Logger) throws(MongoError) {
        self.configuration = configuration
        self.logger = logger
        clients = try ClientPool(configuration)
        workers = MongoWorkers(threads: configuration.threads, maximumWaiters: configuration.maximumWaiters)
    }

    deinit { workers.close {} }

    /// How many calls wait for a thread now; for metrics.
    public var waiterCount: Int { workers.load.waiting }

    /// How many calls run now; for metrics.
    public var runningCount: Int { workers.load.running }

    /// Refuses new calls and those in line with `.closed`, and waits for the running ones.
    public func close() async {
        await withCheckedContinuation { continuation in
            workers.close { continuation.resume() }
        }
    }

    /// Runs a blocking call on a thread of ours.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (ClientPool) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        let cancellation = Cancellation()
        let result: Result<Value, MongoError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let number = workers.submit { [clients, logger] refusal in
                    if let refusal { return continuation.resume(returning: .failure(refusal)) }
                    do throws(MongoError) {
                        continuation.resume(returning: .success(try body(clients)))
                    } catch {
                        if error.code == .connectionLost {
                            logger.warning(
                                "MongoDB is not reached",
                                metadata: ["operation": "\(error.operation)", "detail": "\(error.detail)"])
                        }
                        continuation.resume(returning: .failure(error))
                    }
                }
                if cancellation.started(number) { workers.withdraw(number, Self.canceled) }
            }
        } onCancel: {
            if let number = cancellation.cancel() { workers.withdraw(number, Self.canceled) }
        }
        return try result.get()
    }

    private static let canceled = MongoError(
        .canceled, operation: "acquire", detail: "the surrounding task was cancelled")
}
