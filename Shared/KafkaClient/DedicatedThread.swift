import CKafka
import Glibc

/// A thread of the operating system for one blocking loop, off Swift's cooperative pool.
enum DedicatedThread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts `body` on a detached thread called `name` (15 bytes of it are kept). When the system has no thread to
    /// give, the error says so.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(KafkaError) {
        let context = Unmanaged.passRetained(Body(name, body)).toOpaque()
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                vs_kafka_name_thread(body.name)
                body.run()
                return nil
            }, context)
        guard result == 0 else {
            Unmanaged<Body>.fromOpaque(context).release()
            throw KafkaError(
                code: .other, operation: "start thread", detail: String(cString: strerror(result)), isRetriable: true)
        }
        pthread_detach(thread)
    }

    /// Runs blocking `work` on a thread of its own and hands its outcome back to the caller's task.
    static func run<Value: Sendable>(
        _ name: String, _ work: @escaping @Sendable () throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let outcome: Result<Value, KafkaError> = await withCheckedContinuation { continuation in
            do throws(KafkaError) {
                try start(name) {
                    do throws(KafkaError) {
                        continuation.resume(returning: .success(try work()))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }
}
