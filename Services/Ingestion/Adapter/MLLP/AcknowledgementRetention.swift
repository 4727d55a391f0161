import Domain
import Logging
import ServiceLifecycle

/// Forgets acknowledgements, once an hour, that no sender will ask for again.
struct AcknowledgementRetention: Service {
    /// How long an acknowledgement is kept: longer than any interface engine repeats a message.
    static let time = Duration.seconds(30 * 86_400)

    let store: PostgresAcknowledgementStore
    let clock: any WallClock
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await store.prune(before: clock.now().advanced(by: .zero - Self.time))
                } catch {
                    logger.warning("old acknowledgements were not removed", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: .seconds(3_600))
            }
        }
    }
}
