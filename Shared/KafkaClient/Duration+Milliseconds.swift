extension Duration {
    /// Whole milliseconds, not negative, within what C's `int` holds.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = max(self, .zero).components
        return Int32(clamping: min(seconds, 1 << 32) * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
