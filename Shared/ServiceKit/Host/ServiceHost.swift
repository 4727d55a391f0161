import ArgumentParser
import Domain
import Foundation
import Hummingbird
import Logging
import Metrics
import ServiceLifecycle
import Synchronization
import UnixSignals

/// A running service: its settings, logger, metrics, health, routes and tracing, and the order in which its parts start and stop.
///
/// The HTTP server starts first and stops last, so that probes and metrics are answered throughout. The components start one after
/// the other in the order given, and stop in the reverse order on SIGTERM or SIGINT. `/startupz` passes once all have started.
public struct ServiceHost: Sendable {
    /// The service's name in kebab case, e.g. `alert-engine`.
    public let name: String
    /// The settings in effect.
    public let configuration: ServiceConfiguration
    /// The service's logger.
    public let logger: Logger
    /// The service's metrics; also reachable through swift-metrics.
    public let metrics: PrometheusRegistry
    /// The service's health checks.
    public let health: HealthRegistry
    /// Where finished spans go.
    public let spans: any SpanExporter

    /// Runs the service `name` until it is stopped.
    ///
    /// - Parameters:
    ///   - name: the service's name in kebab case.
    ///   - configuration: its settings.
    ///   - onListening: called with the port of the HTTP server once it listens.
    ///   - components: makes the parts in the order in which they start; may add checks and metrics to the host, and routes to the router.
    /// - Throws: a ``ServiceKitError`` with the first cause when a part failed or the stop took longer than `stream.drain-deadline`.
    public static func run(
        name: String, configuration: ServiceConfiguration,
        onListening: @escaping @Sendable (Int) -> Void = { _ in },
        components: (ServiceHost, Router<ServiceRequestContext>) async throws -> [ServiceComponent]
    ) async throws(ServiceKitError) {
        let (host, exporter) = try make(name: name, configuration: configuration)
        let router = Router(context: ServiceRequestContext.self)
        AdminRoutes.add(to: router, health: host.health, metrics: host.metrics)
        let own: [ServiceComponent]
        do {
            own = try await components(host, router)
        } catch let error as ServiceKitError {
            throw error
        } catch {
            throw ServiceKitError(.componentFailed, operation: "\(name) did not start", detail: "\(error)")
        }
        let server = ServerComponent(host: host, responder: router.buildResponder(), onListening: onListening)
        var parts = [ServiceComponent("http", server)]
        if let exporter { parts.append(ServiceComponent("traces", exporter)) }
        try await host.run(parts + own, serverGate: server.listening)
    }

    /// The whole of a service's `serve`: reads the settings, prints them where `--print-configuration` asks, runs the service, and ends
    /// with the exit code 0 after a graceful stop, or 1 after one line on standard error that names the cause.
    public static func serve(
        _ name: String, options: ServeOptions, table: ConfigurationTable = .standard(),
        components: (ServiceHost, Router<ServiceRequestContext>) async throws -> [ServiceComponent]
    ) async throws {
        do {
            let configuration = try options.configuration(table: table)
            if options.printsConfiguration {
                print(configuration.effectiveText)
                return
            }
            try await run(name: name, configuration: configuration, components: components)
            FileDescriptorSink.standardError.flush(within: 1)
        } catch {
            FileDescriptorSink.standardError.flush(within: 1)
            FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private static func make(
        name: String, configuration: ServiceConfiguration
    ) throws(ServiceKitError) -> (ServiceHost, OTLPHTTPExporter?) {
        let registry = PrometheusRegistry(service: name)
        ProcessMetrics.register(in: registry)
        ServiceBootstrap.once(configuration: configuration, metrics: registry)
        var exporter: OTLPHTTPExporter?
        if let endpoint = configuration.value(ServiceKeys.otlpEndpoint) {
            exporter = OTLPHTTPExporter(
                endpoint: endpoint, service: name, instance: configuration.value(ServiceKeys.instance))
            guard let exporter else {
                throw .configuration(
                    .wrongValue, "\(ServiceKeys.otlpEndpoint.name): \"\(endpoint)\" is not a URL with a host")
            }
            registry.counter("spans_exported_total", help: "Spans that the collector accepted.") {
                Double(exporter.counts.exported)
            }
            registry.counter("spans_dropped_total", help: "Spans lost for lack of room or an unwilling collector.") {
                Double(exporter.counts.dropped)
            }
        }
        let host = ServiceHost(
            name: name, configuration: configuration, logger: Logger(label: name), metrics: registry,
            health: HealthRegistry(), spans: exporter ?? NoSpanExporter())
        return (host, exporter)
    }

    /// Starts `parts` in their order and stops them in the reverse order.
    private func run(_ parts: [ServiceComponent], serverGate: StartGate) async throws(ServiceKitError) {
        let state = HostState()
        let deadline = configuration.value(ServiceKeys.drainDeadline)
        var services: [any Service] = []
        var before = StartGate()
        before.open()
        for (index, part) in parts.enumerated() {
            let started = StartGate()
            services.append(HostedComponent(component: part, before: before, started: started, state: state))
            // The server has started when it listens, the others when they begin to run.
            before = index == 0 ? serverGate : started
        }
        services.append(
            StopObserver(before: before, health: health, deadline: deadline, name: name, state: state))
        var groupConfiguration = ServiceGroupConfiguration(
            services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0, serviceName: name) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        groupConfiguration.maximumGracefulShutdownDuration = deadline
        let group = ServiceGroup(configuration: groupConfiguration)
        state.attach(group)
        defer { state.isDone = true }
        do {
            try await group.run()
        } catch {
            state.note(ServiceKitError(.componentFailed, operation: name, detail: "\(error)"))
        }
        if let failure = state.failure { throw failure }
        guard state.isCut else { return }
        let cause =
            Task.isCancelled
            ? "the task that ran the service was cancelled"
            : "the components did not stop within \(ServiceKeys.drainDeadline.name) = \(ConfigurationSyntax.text(deadline))"
        throw ServiceKitError(.drainDeadline, operation: "stop", detail: cause)
    }
}
