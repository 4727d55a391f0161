/// What became of one observation. The raw value is the metric label.
public enum EvaluationOutcome: String, CaseIterable, Sendable {
    /// It was taken and the rules that watch it were evaluated.
    case evaluated
    /// Its code is watched by no rule.
    case notWatched = "not-watched"
    /// It has no usable value: absent, of another type, cancelled or only registered.
    case notUsable = "not-usable"
    /// Its unit does not measure its parameter.
    case unknownUnit = "unknown-unit"
    /// Its value is physiologically impossible.
    case implausible
    /// It claims to have been observed later than it was received.
    case fromFuture = "from-future"
    /// A newer reading of the same parameter is known.
    case superseded
    /// It withdrew a reading that had been taken (entered in error).
    case retracted
}
