/// When a parked event is tried again, and when it is given up.
public struct RetryPolicy: Sendable, Equatable {
    /// The wait after the first failure.
    public var firstDelay: Duration
    /// The longest wait.
    public var longestDelay: Duration
    /// After this many attempts the event becomes a dead letter.
    public var maximumAttempts: Int

    /// A policy of exponential back-off, doubling from `firstDelay` to `longestDelay`.
    public init(
        firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(60), maximumAttempts: Int = 12
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.maximumAttempts = maximumAttempts
    }

    /// The wait after `attempts` failures, or nil when the event is to be given up.
    public func delay(afterAttempts attempts: Int) -> Duration? {
        guard attempts < maximumAttempts else { return nil }
        var delay = firstDelay
        for _ in 1..<max(1, attempts) {
            delay = delay * 2
            if delay >= longestDelay { return longestDelay }
        }
        return min(delay, longestDelay)
    }
}
