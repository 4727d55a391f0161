import Metrics
import Testing

@testable import ServiceKit

@Suite("Metrics are exposed as Prometheus text 0.0.4")
struct PrometheusTests {
    private func metrics(_ registry: PrometheusRegistry) -> String {
        registry.exposition().split(separator: "\n").filter { !$0.contains("metric_series_dropped") }.joined(
            separator: "\n")
    }

    @Test("counters, gauges and histograms in golden text, ordered by name and labels")
    func golden() {
        let registry = PrometheusRegistry(service: "alert-engine")
        registry.describe("records_total", "Records\nread \\ \"all\".")
        registry.describe("batch_records", "Records per batch.", buckets: [10, 1])
        Counter(label: "records_total", dimensions: [("topic", "b"), ("partition", "1")], factory: registry).increment(
            by: 2)
        Counter(label: "records_total", dimensions: [("partition", "0"), ("topic", "a\"b\\c\nd")], factory: registry)
            .increment()
        FloatingPointCounter(label: "dose.grams", factory: registry).increment(by: 0.25)
        Meter(label: "lag_records", factory: registry).set(-3)
        let recorder = Recorder(label: "batch_records", factory: registry)
        for value in [0, 1, 2, 10, 11] { recorder.record(value) }
        Recorder(label: "last_batch_records", dimensions: [], aggregate: false, factory: registry).record(7.5)
        #expect(
            metrics(registry) == #"""
                # HELP vitalstream_alert_engine_batch_records Records per batch.
                # TYPE vitalstream_alert_engine_batch_records histogram
                vitalstream_alert_engine_batch_records_bucket{le="1"} 2
                vitalstream_alert_engine_batch_records_bucket{le="10"} 4
                vitalstream_alert_engine_batch_records_bucket{le="+Inf"} 5
                vitalstream_alert_engine_batch_records_sum 24
                vitalstream_alert_engine_batch_records_count 5
                # TYPE vitalstream_alert_engine_dose_grams_total counter
                vitalstream_alert_engine_dose_grams_total 0.25
                # TYPE vitalstream_alert_engine_lag_records gauge
                vitalstream_alert_engine_lag_records -3
                # TYPE vitalstream_alert_engine_last_batch_records gauge
                vitalstream_alert_engine_last_batch_records 7.5
                # HELP vitalstream_alert_engine_records_total Records\nread \\ "all".
                # TYPE vitalstream_alert_engine_records_total counter
                vitalstream_alert_engine_records_total{partition="0",topic="a\"b\\c\nd"} 1
                vitalstream_alert_engine_records_total{partition="1",topic="b"} 2
                """#)
        #expect(registry.exposition().hasSuffix("\n"))
    }

    @Test("a timer is a histogram in seconds")
    func timer() {
        let registry = PrometheusRegistry(service: "test")
        let timer = Timer(label: "handle", factory: registry)
        timer.recordNanoseconds(500_000)
        timer.recordNanoseconds(500_001)
        timer.recordMilliseconds(61_000)
        let text = metrics(registry)
        #expect(text.contains(#"vitalstream_test_handle_seconds_bucket{le="0.0005"} 1"#))
        #expect(text.contains(#"vitalstream_test_handle_seconds_bucket{le="0.001"} 2"#))
        #expect(text.contains(#"vitalstream_test_handle_seconds_bucket{le="60"} 2"#))
        #expect(text.contains(#"vitalstream_test_handle_seconds_bucket{le="+Inf"} 3"#))
        #expect(text.contains("vitalstream_test_handle_seconds_sum 61.001000001"))
    }

    @Test(
        "numbers are written as Prometheus reads them",
        arguments: [
            (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e21, "1e+21"), (3, "3"), (0.1, "0.1"),
        ])
    func numbers(value: Double, text: String) {
        #expect(PrometheusSample(value).value == text)
    }

    @Test("names and labels are made legal")
    func names() {
        let registry = PrometheusRegistry(service: "test")
        Counter(label: "sl\u{e4}t-e.x", dimensions: [("le", "1"), ("0-a", "2"), ("__x", "3")], factory: registry)
            .increment()
        Counter(label: "vitalstream_other_things_total", factory: registry).increment()
        let text = metrics(registry)
        #expect(text.contains(#"vitalstream_test_sl_t_e_x_total{_0_a="2",label___x="3",label_le="1"} 1"#))
        #expect(text.contains("\nvitalstream_other_things_total 1"))
    }

    @Test("the same name and labels are the same series, in any order of labels")
    func identity() {
        let registry = PrometheusRegistry(service: "test")
        Counter(label: "x_total", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "x_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        #expect(metrics(registry).hasSuffix(#"vitalstream_test_x_total{a="1",b="2"} 2"#))
    }

    @Test("too many label sets and a second type are refused and counted")
    func cardinality() {
        let registry = PrometheusRegistry(service: "test", seriesLimit: 3)
        for index in 0..<10 {
            Counter(label: "x_total", dimensions: [("patient", "\(index)")], factory: registry).increment()
        }
        Meter(label: "x_total", factory: registry).set(1)
        let text = registry.exposition()
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("vitalstream_test_x_total{") }.count == 3)
        #expect(text.contains("vitalstream_test_metric_series_dropped_total 8\n"))
    }

    @Test("a destroyed series leaves the exposition")
    func destroy() {
        let registry = PrometheusRegistry(service: "test")
        let counter = Counter(label: "x_total", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(!registry.exposition().contains("x_total 1"))
    }

    @Test("concurrent counting loses nothing")
    func concurrency() async {
        let registry = PrometheusRegistry(service: "test")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = Counter(label: "x_total", factory: registry)
                    let fractions = FloatingPointCounter(label: "y_total", factory: registry)
                    let timer = Timer(label: "z", factory: registry)
                    for _ in 0..<5_000 {
                        counter.increment()
                        fractions.increment(by: 0.5)
                        timer.recordNanoseconds(1)
                    }
                }
            }
        }
        let text = registry.exposition()
        #expect(text.contains("vitalstream_test_x_total 40000\n"))
        #expect(text.contains("vitalstream_test_y_total 20000\n"))
        #expect(text.contains("vitalstream_test_z_seconds_count 40000\n"))
    }

    @Test("the process's own figures are sound")
    func process() throws {
        let registry = PrometheusRegistry(service: "test")
        ProcessMetrics.register(in: registry)
        let lines = registry.exposition().split(separator: "\n").filter { $0.hasPrefix("process_") }
        let values = Dictionary(
            uniqueKeysWithValues: lines.compactMap { line -> (String, Double)? in
                let parts = line.split(separator: " ")
                return Double(parts[1]).map { (String(parts[0]), $0) }
            })
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_048_576)
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        #expect(try #require(values["process_open_fds"]) >= 3)
        #expect(try #require(values["process_max_fds"]) >= 3)
        // Started within the last day and not in the future, by the clock of the kernel (whole seconds).
        let age = Double(SystemClockSeconds.now) - (try #require(values["process_start_time_seconds"]))
        #expect(age > -2 && age < 86_400)
    }
}
