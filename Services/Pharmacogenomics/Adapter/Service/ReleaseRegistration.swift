import Contracts
import Logging
import ServiceLifecycle
import StreamRuntime

/// Hands the executable's own tables to the stream once it runs, as a release like any other; then it is done.
struct ReleaseRegistration: Service {
    let package: KnowledgePackage
    let version: String
    let application: StreamApplication<PharmacogenomicsProcessor>
    let logger: Logger

    func run() async throws {
        // Packing takes longer than the rest of the start, so nobody waits for it.
        let release = try BuiltInRelease.event(of: package, version: version)
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    let outcomes = try await application.submit(
                        release.encoded(), key: Array(release.key.utf8), topic: release.topic)
                    if case .rejected(let rejection) = outcomes.first {
                        logger.error("the built-in tables were refused", metadata: ["reason": "\(rejection)"])
                    }
                    return
                } catch is StreamError {
                    // No lane is open yet, or there is no room.
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }
    }
}

/// Watches for what changes without an event, until the service stops.
struct BoundaryWatchService: Service {
    let watch: BoundaryWatch

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await watch.run() }
    }
}
