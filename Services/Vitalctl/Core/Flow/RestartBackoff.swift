/// How long to wait before a crashed process is started again.
public struct RestartBackoff: Equatable, Sendable {
    /// The first wait.
    public let first: Duration
    /// The longest wait.
    public let longest: Duration
    /// A process that lived this long is forgiven its past.
    public let forgiveness: Duration
    /// Crashes in a row.
    public private(set) var crashes = 0

    /// By default half a second, doubling to thirty, forgiven after a minute.
    public init(
        first: Duration = .milliseconds(500), longest: Duration = .seconds(30), forgiveness: Duration = .seconds(60)
    ) {
        self.first = first
        self.longest = longest
        self.forgiveness = forgiveness
    }

    /// Notes a crash after `lifetime` and answers how long to wait.
    public mutating func crashed(after lifetime: Duration) -> Duration {
        if lifetime >= forgiveness { crashes = 0 }
        crashes += 1
        var wait = first
        for _ in 1..<crashes {
            wait = wait * 2
            if wait >= longest { return longest }
        }
        return min(wait, longest)
    }
}
