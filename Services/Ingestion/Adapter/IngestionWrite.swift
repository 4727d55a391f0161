public import Domain

/// What a taken record writes into the service's own tables.
public enum IngestionWrite: Sendable, Equatable {
    /// A fact.
    case fact(IngestionRow)
    /// An identifier under which the record can be found again.
    case identifier(ResourceIdentifier)
}

/// An identifier of a taken record, by its keyed name.
public struct ResourceIdentifier: Sendable, Equatable {
    /// The keyed name of type and identifier; tells nobody.
    public let key: String
    /// The record.
    public let recordID: EventID
    /// Whose it is.
    public let tenant: String
    /// True when the record was to be taken only if nothing was known under the identifier.
    public let mustBeNew: Bool
}
