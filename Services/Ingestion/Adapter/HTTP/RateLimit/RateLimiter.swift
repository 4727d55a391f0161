public import Domain

/// How often and how much one sender may send.
public struct RateAllowance: Equatable, Sendable {
    /// Requests a second, on average.
    public var requestsPerSecond: Double
    /// Unpacked bytes a second, on average.
    public var bytesPerSecond: Double

    /// An allowance; both are above zero.
    public init(requestsPerSecond: Double, bytesPerSecond: Double) {
        self.requestsPerSecond = max(requestsPerSecond, 1e-6)
        self.bytesPerSecond = max(bytesPerSecond, 1)
    }
}

/// Token buckets for each sender: requests and bytes, each with ten seconds' worth to spend at once. A value: no clock, no lock, no socket.
///
/// The table holds a bounded number of senders. A sender whose buckets are full again is forgotten first; when all are busy, the one seen
/// longest ago is.
public struct RateLimiter: Sendable {
    private struct Sender: Sendable {
        var requests: TokenBucket
        var bytes: TokenBucket
        var seen: Timestamp
    }

    /// Seconds of the average that may be spent at once.
    static let burst = 10.0

    private let capacity: Int
    private var senders: [String: Sender] = [:]

    /// Room for `capacity` senders.
    public init(capacity: Int = 10_000) {
        self.capacity = max(1, capacity)
    }

    /// How many senders are remembered.
    public var count: Int { senders.count }

    /// How long `sender` has to wait for its next request; nothing is taken.
    public func wait(of sender: String, _ allowance: RateAllowance, at now: Timestamp) -> Duration {
        guard let known = senders[sender], known.requests.rate == allowance.requestsPerSecond else { return .zero }
        return known.requests.wait(for: 1, at: now)
    }

    /// Takes one request of `sender`, or says how long to wait; the wait costs nothing.
    public mutating func admit(_ sender: String, _ allowance: RateAllowance, at now: Timestamp) -> Duration {
        var state = state(of: sender, allowance, at: now)
        // A debt of bytes has to be paid before anything more is taken.
        let wait = max(state.requests.wait(for: 1, at: now), state.bytes.wait(for: 1, at: now))
        if wait == .zero { state.requests.take(1, at: now) }
        state.seen = max(state.seen, now)
        senders[sender] = state
        return wait
    }

    /// Charges `bytes` that `sender` has sent.
    public mutating func charge(_ sender: String, bytes: Int, _ allowance: RateAllowance, at now: Timestamp) {
        var state = state(of: sender, allowance, at: now)
        state.bytes.take(Double(bytes), at: now)
        senders[sender] = state
    }

    private mutating func state(of sender: String, _ allowance: RateAllowance, at now: Timestamp) -> Sender {
        if let known = senders[sender], known.requests.rate == allowance.requestsPerSecond,
            known.bytes.rate == allowance.bytesPerSecond
        {
            return known
        }
        if senders[sender] == nil, senders.count >= capacity { makeRoom(at: now) }
        return Sender(
            requests: TokenBucket(
                rate: allowance.requestsPerSecond, capacity: max(1, allowance.requestsPerSecond * Self.burst), now: now),
            bytes: TokenBucket(
                rate: allowance.bytesPerSecond, capacity: max(1, allowance.bytesPerSecond * Self.burst), now: now),
            seen: now)
    }

    private mutating func makeRoom(at now: Timestamp) {
        senders = senders.filter { !$0.value.requests.isFull(at: now) || !$0.value.bytes.isFull(at: now) }
        while senders.count >= capacity, let oldest = senders.min(by: { $0.value.seen < $1.value.seen }) {
            senders[oldest.key] = nil
        }
    }
}
