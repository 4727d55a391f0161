import Logging
import Metrics
import Synchronization

/// Sets the process-wide backends of swift-log and swift-metrics, which may be set only once.
enum ServiceBootstrap {
    private static let isDone = Atomic<Bool>(false)

    /// Does so the first time; later calls (a second service in the same process, as in tests) change nothing.
    static func once(configuration: ServiceConfiguration, metrics: PrometheusRegistry) {
        guard !isDone.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let level = configuration.value(ServiceKeys.logLevel)
        let format = configuration.value(ServiceKeys.logFormat)
        LoggingSystem.bootstrap { StructuredLogHandler(label: $0, level: level, format: format) }
        MetricsSystem.bootstrap(metrics)
    }
}
