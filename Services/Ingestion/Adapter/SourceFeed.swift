import Contracts

/// The kinds of submission. A request lane hands newline-delimited data points in under a name of its own, because no topic carries them.
enum SourceFeed: Sendable {
    case fhir
    case openMHealth
    case openMHealthLines

    /// The name under which newline-delimited data points are submitted.
    static let linesTopic = Topic.wearableFeed + "+ndjson"

    init?(topic: String) {
        switch topic {
        case Topic.ehrFeed: self = .fhir
        case Topic.wearableFeed: self = .openMHealth
        case Self.linesTopic: self = .openMHealthLines
        default: return nil
        }
    }

    /// The name that events of the feed carry as their source, however they came in: the same record is the same fact by topic and by HTTP.
    var source: String {
        switch self {
        case .fhir: Topic.ehrFeed
        case .openMHealth, .openMHealthLines: Topic.wearableFeed
        }
    }
}
