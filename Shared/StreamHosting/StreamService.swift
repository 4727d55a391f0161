import ServiceLifecycle
import StreamRuntime

/// The stream application as a service: stops with a graceful shutdown.
struct StreamService<Processor: StreamProcessor>: Service {
    let application: StreamApplication<Processor>

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            application.stop()
        }
    }
}
