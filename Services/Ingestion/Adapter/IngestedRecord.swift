public import IngestionCore

/// One submitted resource or data point that was mapped, on its way through the stream.
public struct IngestedRecord: Sendable {
    /// What became of it; its verdict is `.facts`.
    public let outcome: FactOutcome
    /// The feed that it came from.
    public let source: String
}
