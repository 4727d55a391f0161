import Contracts

/// Which submitted sources are kept, encrypted, in the document store.
public enum ArchiveScope: String, Sendable, CaseIterable {
    /// Resources of health records. A data point of a wearable is kept whole in its row, and there are hundreds times as many of them.
    case ehr
    /// Every source.
    case all
    /// None.
    case none

    /// True when the sources of `topic` are kept.
    func contains(topic: String) -> Bool {
        switch self {
        case .ehr: topic == Topic.ehrFeed
        case .all: true
        case .none: false
        }
    }
}
