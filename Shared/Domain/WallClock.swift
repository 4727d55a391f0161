/// The port through which the outer rooms read the time; Core never reads a clock.
public protocol WallClock: Sendable {
    /// The present time.
    func now() -> Timestamp
}
