import ServiceLifecycle

/// A part of a service: something that starts, runs until it is stopped, and tidies up.
public struct ServiceComponent: Sendable {
    /// What it means when the component's `run()` returns before the service was asked to stop.
    public enum EarlyEnd: Sendable {
        /// It should have gone on: the service stops and exits with a failure.
        case isFailure
        /// The work is done: the service stops and exits with success.
        case stopsService
        /// The others go on.
        case isFine
    }

    /// A name for messages.
    public let name: String
    /// What runs.
    public let service: any Service
    /// What an end before the stop means.
    public let earlyEnd: EarlyEnd
    /// Runs before `service`, after the components before this one have started; when it throws, the service does not start.
    public let onStart: (@Sendable () async throws -> Void)?
    /// Runs after `service` has ended, before the components that started earlier are stopped.
    public let onStop: (@Sendable () async -> Void)?

    /// The component `name`.
    public init(
        _ name: String, _ service: any Service, earlyEnd: EarlyEnd = .isFailure,
        onStart: (@Sendable () async throws -> Void)? = nil, onStop: (@Sendable () async -> Void)? = nil
    ) {
        self.name = name
        self.service = service
        self.earlyEnd = earlyEnd
        self.onStart = onStart
        self.onStop = onStop
    }

    /// A component that only starts and stops, e.g. a connection pool or a migration.
    public init(
        _ name: String, onStart: (@Sendable () async throws -> Void)? = nil, onStop: (@Sendable () async -> Void)? = nil
    ) {
        self.init(name, UntilStopped(), onStart: onStart, onStop: onStop)
    }
}

/// A service that does nothing until it is stopped.
private struct UntilStopped: Service {
    func run() async throws { try? await gracefulShutdown() }
}
