import Authorization
import IngestionCore

/// The types of records that a token's scopes let a client send.
enum GrantedTypes {
    /// FHIR types and names of formats; nil for all. A scope on a whole feed (`system/wearable.c`, `system/genomics.c`) stands for each of its
    /// formats, a scope on a format (`system/fitbit.c`) for that one.
    static func types(of scopes: [Scope], for interaction: Scope.Interaction) -> Set<String>? {
        var types: Set<String> = []
        for scope in scopes where scope.interactions.contains(interaction) {
            switch scope.resourceType {
            case "*": return nil
            case "wearable": types.formUnion(names(of: .wearable))
            case "genomics": types.formUnion(names(of: .genomics))
            case "hl7v2": types.formUnion(names(of: .hl7v2))
            case let type: types.insert(type)
            }
        }
        return types
    }

    /// The type that a path alone tells: the format of a feed, or the FHIR type; nil where only the body tells.
    static func type(ofPath path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        switch (parts.first, parts.count) {
        case ("v1", 2) where parts[1] == "observations": return FeedFormat.openMHealth.rawValue
        case ("v1", 3) where parts[1] == "feeds": return parts[2]
        case ("fhir", 2...) where parts[1] != "Bundle": return parts[1]
        default: return nil
        }
    }

    private static func names(of feed: FeedFormat.Feed) -> [String] {
        FeedFormat.allCases.filter { $0.feed == feed }.map(\.rawValue)
    }
}
