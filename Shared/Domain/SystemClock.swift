#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The machine's clock. Services hand it to the outer rooms; tests hand in a manual one.
public struct SystemClock: WallClock {
    /// The machine's clock.
    public init() {}

    /// The present time by the system's real-time clock.
    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
