public import Domain
public import JSONDocument

/// What is shown to the user: one thing to know, with what can be done about it (CDS Hooks 2.0, Card Attributes).
public struct CDSCard: Sendable, Equatable {
    /// How urgent it is.
    public enum Indicator: String, Sendable, Hashable, Comparable, CaseIterable {
        /// To know.
        case info
        /// To think about.
        case warning
        /// To act upon.
        case critical

        /// Less urgent first.
        public static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .critical: 2
            }
        }
    }

    /// Who says it.
    public struct Source: Sendable, Hashable {
        /// The name.
        public let label: String
        /// Where it is published; empty when nowhere.
        public let url: String
    }

    /// A change that the user can accept.
    public struct Suggestion: Sendable, Equatable {
        /// The suggestion's identity.
        public let id: EventID
        /// What accepting it does.
        public let label: String
        /// Whether it is the best of the card's suggestions.
        public let isRecommended: Bool
        /// What accepting it changes.
        public let actions: [Action]
    }

    /// One change of a suggestion.
    public enum Action: Sendable, Equatable {
        /// Makes a resource.
        case create(JSONValue, description: String)
        /// Removes the resource of this relative reference.
        case delete(String, description: String)
    }

    /// A page to read.
    public struct Link: Sendable, Hashable {
        /// The text of the link.
        public let label: String
        /// An absolute URL.
        public let url: String
    }

    /// The card's identity: a function of the call and of what the card is about.
    public let id: EventID
    /// One sentence of less than 140 characters.
    public let summary: String
    /// GitHub-flavoured Markdown.
    public let detail: String
    /// How urgent it is.
    public let indicator: Indicator
    /// Who says it.
    public let source: Source
    /// What can be done; at most one of them.
    public let suggestions: [Suggestion]
    /// Why a user may go on all the same.
    public let overrideReasons: [OverrideReason]
    /// What to read.
    public let links: [Link]

    /// The largest number of characters of a summary.
    public static let summaryLimit = 139

    /// The answer to a call: an object with the cards.
    public static func response(_ cards: [CDSCard]) -> JSONValue { ["cards": .array(cards.map(\.json))] }

    /// The card as CDS Hooks writes it; optional fields without a value are left out.
    public var json: JSONValue {
        var card: JSONObject = [
            "uuid": .string(id.description), "summary": .string(summary), "indicator": .string(indicator.rawValue),
            "detail": .string(detail), "source": source.json,
        ]
        if !suggestions.isEmpty {
            card["suggestions"] = .array(suggestions.map(\.json))
            card["selectionBehavior"] = "at-most-one"
        }
        if !overrideReasons.isEmpty { card["overrideReasons"] = .array(overrideReasons.map(\.json)) }
        if !links.isEmpty {
            card["links"] = .array(
                links.map { ["label": .string($0.label), "url": .string($0.url), "type": "absolute"] })
        }
        return .object(card)
    }
}

/// A reason to override a card.
public enum OverrideReason: String, Sendable, Hashable, CaseIterable {
    /// Worth the risk for this person.
    case benefitOutweighsRisk = "benefit-outweighs-risk"
    /// The person has taken it and bore it well.
    case toleratedBefore = "tolerated-before"
    /// The effect or level is watched.
    case monitored
    /// There is nothing else to give.
    case noAlternative = "no-alternative"
    /// The genetic result is doubted.
    case resultDoubted = "result-doubted"

    /// The code system of the reasons.
    public static let system = "urn:vitalstream:cds:override-reason"

    /// The reason for people.
    public var display: String {
        switch self {
        case .benefitOutweighsRisk: "The benefit outweighs the risk"
        case .toleratedBefore: "Taken before with effect and without harm"
        case .monitored: "Effect or level will be monitored"
        case .noAlternative: "No suitable alternative"
        case .resultDoubted: "The genetic result is in doubt"
        }
    }

    var json: JSONValue {
        ["system": .string(Self.system), "code": .string(rawValue), "display": .string(display)]
    }
}

extension CDSCard.Source {
    var json: JSONValue {
        var source: JSONObject = ["label": .string(label)]
        if !url.isEmpty { source["url"] = .string(url) }
        source["topic"] = [
            "system": "urn:vitalstream:cds:topic", "code": "pharmacogenomics", "display": "Pharmacogenomics",
        ]
        return .object(source)
    }
}

extension CDSCard.Suggestion {
    var json: JSONValue {
        var suggestion: JSONObject = ["label": .string(label), "uuid": .string(id.description)]
        if isRecommended { suggestion["isRecommended"] = true }
        suggestion["actions"] = .array(
            actions.map { action in
                switch action {
                case .create(let resource, let description):
                    ["type": "create", "description": .string(description), "resource": resource]
                case .delete(let reference, let description):
                    ["type": "delete", "description": .string(description), "resourceId": .string(reference)]
                }
            })
        return .object(suggestion)
    }
}
