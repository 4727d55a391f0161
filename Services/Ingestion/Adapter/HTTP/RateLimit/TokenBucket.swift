import Domain

/// So much at once, and so much a second after that. A value: time comes from the caller.
struct TokenBucket: Equatable, Sendable {
    /// What flows in a second.
    let rate: Double
    /// What it holds at most.
    let capacity: Double
    private(set) var level: Double
    private(set) var updated: Timestamp

    /// A full bucket.
    init(rate: Double, capacity: Double, now: Timestamp) {
        self.rate = rate
        self.capacity = capacity
        level = capacity
        updated = now
    }

    /// Whether it would be full at `now`: then nothing needs to be remembered of it.
    func isFull(at now: Timestamp) -> Bool { filled(at: now) >= capacity }

    /// How long until `amount` can be taken, zero when it can be now. An amount over the capacity is asked for as the capacity.
    func wait(for amount: Double, at now: Timestamp) -> Duration {
        let missing = min(amount, capacity) - filled(at: now)
        // Times are microseconds: what is missing of less than a thousandth of one is the error of the arithmetic.
        let microseconds = missing / rate * 1_000_000 - 0.001
        guard microseconds > 0 else { return .zero }
        return .microseconds(Int64(microseconds.rounded(.up)))
    }

    /// Takes `amount`, below zero if need be: what has come in already is paid for by waiting.
    mutating func take(_ amount: Double, at now: Timestamp) {
        level = filled(at: now) - amount
        updated = max(updated, now)
    }

    // A clock that goes back fills nothing.
    private func filled(at now: Timestamp) -> Double {
        let seconds = Double(max(0, now.since(updated).microseconds)) / 1_000_000
        return min(capacity, level + seconds * rate)
    }
}
