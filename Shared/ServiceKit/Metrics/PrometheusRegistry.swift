import Metrics
import Synchronization

/// The service's metrics: a backend of swift-metrics that is read as Prometheus text (format 0.0.4).
///
/// A label such as `records_total` becomes `vitalstream_<service>_records_total`; one that begins with `vitalstream_` stays. Counters end in
/// `_total`, timers are histograms in seconds and end in `_seconds`. Counting costs one atomic addition. Each metric has at most
/// `seriesLimit` label sets: what comes later is not recorded, and is counted in `vitalstream_<service>_metric_series_dropped_total`.
public final class PrometheusRegistry: MetricsFactory {
    /// Upper bounds in seconds for timers.
    public static let secondsBuckets: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]
    /// Upper bounds for recorders of anything else: 1, 4, 16 ... 2^24.
    public static let quantityBuckets: [Double] = (0...12).map { Double(1 << (2 * $0)) }

    enum Kind: String {
        case counter, gauge, histogram
    }

    struct Label: Hashable, Comparable {
        let name: String
        let value: String

        static func < (left: Label, right: Label) -> Bool { (left.name, left.value) < (right.name, right.value) }
    }

    struct Family {
        let kind: Kind
        var series: [[Label]: any PrometheusSeries] = [:]
    }

    struct State {
        var families: [String: Family] = [:]
        var help: [String: String] = [:]
        var buckets: [String: [Double]] = [:]
    }

    let state = Mutex(State())
    let namespace: String
    private let seriesLimit: Int
    private let dropped = PrometheusCounter()

    /// The metrics of `service` (kebab case becomes snake case).
    public init(service: String, seriesLimit: Int = 1000) {
        namespace = "vitalstream_" + Self.sanitised(service) + "_"
        self.seriesLimit = seriesLimit
        let dropped = self.dropped
        describe(
            "metric_series_dropped_total",
            "Metric handles refused because a metric had too many label sets or two types.")
        state.withLock {
            $0.families[name("metric_series_dropped_total")] = Family(kind: .counter, series: [[]: dropped])
        }
    }

    /// Sets the help text of the metric `label`, and the bucket bounds where it is a recorder or timer (before it is first used).
    public func describe(_ label: String, _ help: String, buckets: [Double]? = nil) {
        state.withLock { state in
            state.help[name(label)] = help
            if let buckets { state.buckets[name(label)] = buckets.filter(\.isFinite).sorted() }
        }
    }

    /// A gauge whose value is asked for at each scrape; nil shows nothing. `read` must not block.
    public func gauge(
        _ label: String, dimensions: [(String, String)] = [], help: String, read: @escaping @Sendable () -> Double?
    ) {
        describe(label, help)
        _ = series(name(label), .gauge, dimensions) { PrometheusCallback(read) }
    }

    /// A counter whose value is asked for at each scrape; nil shows nothing. `read` must not block, and must not fall.
    public func counter(
        _ label: String, dimensions: [(String, String)] = [], help: String, read: @escaping @Sendable () -> Double?
    ) {
        describe(label, help)
        _ = series(name(label), .counter, dimensions) { PrometheusCallback(read) }
    }

    // MARK: - MetricsFactory

    /// A counter in one atomic.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(name(label, ending: "_total"), .counter, dimensions) { PrometheusCounter() } ?? PrometheusCounter()
    }

    /// A counter of fractions.
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        series(name(label, ending: "_total"), .counter, dimensions) { PrometheusFloatingPointCounter() }
            ?? PrometheusFloatingPointCounter()
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(name(label), .gauge, dimensions) { PrometheusGauge() } ?? PrometheusGauge()
    }

    /// A histogram, or a gauge where `aggregate` is false.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let name = name(label)
        guard aggregate else {
            return series(name, .gauge, dimensions) { PrometheusGauge() } ?? PrometheusGauge()
        }
        let bounds = bounds(name, name.hasSuffix("_seconds") ? Self.secondsBuckets : Self.quantityBuckets)
        return series(name, .histogram, dimensions) { PrometheusHistogram(bounds: bounds) }
            ?? PrometheusHistogram(bounds: bounds)
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = name(label, ending: "_seconds")
        let bounds = bounds(name, Self.secondsBuckets)
        return series(name, .histogram, dimensions) { PrometheusHistogram(bounds: bounds) }
            ?? PrometheusHistogram(bounds: bounds)
    }

    /// Takes the series out of the exposition.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    /// Takes the series out of the exposition.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    /// Takes the series out of the exposition.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    /// Takes the series out of the exposition.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    /// Takes the series out of the exposition.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    // MARK: - Series

    /// The series of this name and these labels, made when it is new; nil when it may not exist.
    private func series<Series: PrometheusSeries>(
        _ name: String, _ kind: Kind, _ dimensions: [(String, String)], make: () -> Series
    ) -> Series? {
        let labels = Self.labels(dimensions)
        let found: Series? = state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return nil }
            if let series = family.series[labels] { return series as? Series }
            guard family.series.count < seriesLimit else { return nil }
            let series = make()
            family.series[labels] = series
            state.families[name] = family
            return series
        }
        if found == nil { dropped.increment(by: 1) }
        return found
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let entry = family.series.first(where: { $0.value === handler }) else { continue }
                state.families[name]?.series[entry.key] = nil
                if family.series.count == 1 { state.families[name] = nil }
                return
            }
        }
    }

    private func bounds(_ name: String, _ standard: [Double]) -> [Double] {
        state.withLock { $0.buckets[name] } ?? standard
    }

    // MARK: - Names

    func name(_ label: String, ending: String = "") -> String {
        let text = Self.sanitised(label)
        let isWhole = text.hasPrefix("vitalstream_") || text.hasPrefix("process_")
        let full = isWhole ? text : namespace + text
        return full.hasSuffix(ending) ? full : full + ending
    }

    private static func labels(_ dimensions: [(String, String)]) -> [Label] {
        var labels: [Label] = []
        for (name, value) in dimensions {
            var name = sanitised(name).replacing(":", with: "_")
            if name == "le" || name.hasPrefix("__") { name = "label_" + name }
            if !labels.contains(where: { $0.name == name }) { labels.append(Label(name: name, value: value)) }
        }
        return labels.sorted()
    }

    /// A legal metric name: letters, digits, `_` and `:`, no digit first; everything else becomes `_`.
    private static func sanitised(_ text: String) -> String {
        let name = String(
            text.unicodeScalars.map { scalar -> Character in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", ":": Character(scalar)
                default: "_"
                }
            })
        return name.first.map { $0.isNumber ? "_" + name : name } ?? "_"
    }
}
