public import Domain
public import IngestionCore

/// One fact on its way into the tables.
public struct IngestionRow: Sendable, Equatable {
    /// The fact.
    public let fact: Fact
    /// The submitted record that told it.
    public let recordID: EventID
    /// Whose patient it is.
    public let tenant: String
}
