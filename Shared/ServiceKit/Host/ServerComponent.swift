import Hummingbird
import ServiceLifecycle

/// The HTTP server of a service; opens `listening` once it accepts connections.
struct ServerComponent: Service {
    let host: ServiceHost
    let responder: RouterResponder<ServiceRequestContext>
    let onListening: @Sendable (Int) -> Void
    let listening = StartGate()

    func run() async throws {
        let address = host.configuration.value(ServiceKeys.httpHost)
        let port = host.configuration.value(ServiceKeys.httpPort)
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: host.name),
            onServerRunning: { channel in
                onListening(channel.localAddress?.port ?? port)
                listening.open()
            },
            logger: host.logger)
        try await application.run()
    }
}
