public import IngestionCore

/// One record of a submission that was read and not refused, on its way through the stream.
public struct IngestedRecord: Sendable {
    /// What became of it; never `.rejected`.
    public let outcome: FactOutcome
    /// The submission that it stood in, for the archive.
    public let source: ArchivedSource
}
