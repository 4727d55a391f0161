import IngestionCore

/// Which submitted sources are kept, encrypted, in the document store.
public enum ArchiveScope: String, Sendable, CaseIterable {
    /// Health records, HL7 messages and genomics. A data point of a wearable is kept whole in its row, and there are hundreds times as many of them.
    case ehr
    /// Every source.
    case all
    /// None.
    case none

    /// True when the sources of a feed are kept.
    func contains(_ feed: FeedFormat.Feed) -> Bool {
        switch self {
        case .ehr: feed != .wearable
        case .all: true
        case .none: false
        }
    }
}
