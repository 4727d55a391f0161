import Metrics
import Synchronization

/// A time series that can be read for exposition.
protocol PrometheusSeries: AnyObject, Sendable {
    /// The lines of this series: suffix of the name, further labels, value.
    func samples() -> [PrometheusSample]
}

/// One line of the exposition.
struct PrometheusSample {
    var suffix = ""
    var extraLabel: (name: String, value: String)?
    var value: String

    init(suffix: String = "", extraLabel: (name: String, value: String)? = nil, _ value: Double) {
        self.suffix = suffix
        self.extraLabel = extraLabel
        self.value = Self.text(value)
    }

    init(suffix: String = "", extraLabel: (name: String, value: String)? = nil, count: Int64) {
        self.suffix = suffix
        self.extraLabel = extraLabel
        value = String(count)
    }

    /// A number as the text format writes it: `NaN`, `+Inf`, whole numbers without a fraction.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { abs($0) < 1 << 53 ? String($0) : "\(value)" } ?? "\(value)"
    }
}

/// A count that only grows, kept in one atomic.
final class PrometheusCounter: CounterHandler, PrometheusSeries {
    private let count = Atomic<Int64>(0)

    /// Adds `amount`; a negative one is ignored, because a counter never falls.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() { count.store(0, ordering: .relaxed) }

    func samples() -> [PrometheusSample] { [PrometheusSample(count: count.load(ordering: .relaxed))] }
}

/// A sum that only grows, kept in the bits of one atomic.
final class PrometheusFloatingPointCounter: FloatingPointCounterHandler, PrometheusSeries {
    private let bits = Atomic<UInt64>(0)

    /// Adds `amount`; one that is negative or not finite is ignored.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        bits.update { $0 + amount }
    }

    func reset() { bits.store(0, ordering: .relaxed) }

    func samples() -> [PrometheusSample] { [PrometheusSample(Double(bitPattern: bits.load(ordering: .relaxed)))] }
}

/// A value that rises and falls, kept in the bits of one atomic. Also serves a recorder that does not aggregate.
final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusSeries {
    private let bits = Atomic<UInt64>(0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func increment(by amount: Double) { bits.update { $0 + amount } }
    func decrement(by amount: Double) { bits.update { $0 - amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func samples() -> [PrometheusSample] { [PrometheusSample(Double(bitPattern: bits.load(ordering: .relaxed)))] }
}

/// A distribution over fixed buckets. One short lock per observation keeps the count, the sum and the buckets in step.
final class PrometheusHistogram: RecorderHandler, TimerHandler, PrometheusSeries {
    private struct State {
        var counts: [Int64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// A histogram with these upper bounds, ascending; the bucket `+Inf` is added.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// Counts `value` in the first bucket whose bound is not below it; NaN is ignored.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if value <= bounds[middle] { high = middle } else { low = middle + 1 }
        }
        state.withLock { state in
            state.counts[low] += 1
            state.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func samples() -> [PrometheusSample] {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total: Int64 = 0
        var samples: [PrometheusSample] = []
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? PrometheusSample.text(bounds[index]) : "+Inf"
            samples.append(PrometheusSample(suffix: "_bucket", extraLabel: ("le", bound), count: total))
        }
        samples.append(PrometheusSample(suffix: "_sum", sum))
        samples.append(PrometheusSample(suffix: "_count", count: total))
        return samples
    }
}

/// A value that is asked for at each scrape.
final class PrometheusCallback: PrometheusSeries {
    private let read: @Sendable () -> Double?

    init(_ read: @escaping @Sendable () -> Double?) { self.read = read }

    func samples() -> [PrometheusSample] { read().map { [PrometheusSample($0)] } ?? [] }
}

extension Atomic where Value == UInt64 {
    /// Replaces the double in these bits by a function of it.
    fileprivate borrowing func update(_ change: (Double) -> Double) {
        var current = load(ordering: .relaxed)
        while true {
            let new = change(Double(bitPattern: current)).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: current, desired: new, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}
