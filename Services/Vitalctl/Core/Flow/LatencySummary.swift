/// The distribution of a set of latencies, in milliseconds.
public struct LatencySummary: Equatable, Sendable, Codable {
    /// How many were measured.
    public let count: Int
    /// The median.
    public let p50: Double
    /// The 95th percentile.
    public let p95: Double
    /// The 99th percentile.
    public let p99: Double
    /// The largest.
    public let maximum: Double

    /// The summary of `milliseconds`; nil when there are none.
    public init?(_ milliseconds: [Double]) {
        guard !milliseconds.isEmpty else { return nil }
        let sorted = milliseconds.sorted()
        count = sorted.count
        p50 = Self.percentile(50, of: sorted)
        p95 = Self.percentile(95, of: sorted)
        p99 = Self.percentile(99, of: sorted)
        maximum = sorted[sorted.count - 1]
    }

    /// The nearest-rank percentile: the smallest value that at least `percent` percent of `sorted` (ascending, not empty) do not exceed.
    public static func percentile(_ percent: Double, of sorted: [Double]) -> Double {
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(rank) - 1, 0), sorted.count - 1)]
    }
}
