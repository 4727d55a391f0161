extension RecommendedAction {
    /// The action as one plain English sentence.
    public var text: String {
        let about = qualifier.map { " (\($0))" } ?? ""
        return sentence(String(value)) + about + "."
    }

    private func sentence(_ value: String) -> String {
        switch code {
        case .contraindicated: value.isEmpty ? "Do not give" : "Do not give: \(value)"
        case .avoid: value.isEmpty ? "Avoid" : "Avoid: \(value)"
        case .alternative: value.isEmpty ? "Consider another drug" : "Consider another drug: \(value)"
        case .dosePercent: "Give \(Self.range(value)) % of the standard dose"
        case .doseStartPercent: "Start at \(Self.range(value)) % of the standard dose"
        case .doseMaximum: value.hasPrefix("under ") ? "Keep the dose \(value)" : "Give at most \(value)"
        case .dose: "Give \(value)"
        case .doseIncrease: value.isEmpty ? "Expect to need a higher dose" : "Raise the dose: \(value)"
        case .doseDecrease: value.isEmpty ? "Expect to need a lower dose" : "Lower the dose: \(value)"
        case .algorithm: "Compute the dose with the algorithm \(value)"
        case .titrate: Self.titration(value)
        case .delay: "Wait: \(value)"
        case .duration: "Duration: \(value)"
        case .monitor: "Monitor \(value)"
        case .testFirst: "Test first: \(value)"
        case .label: "Label: \(value)"
        case .standard: value.isEmpty ? "Use the standard dose" : "Use the standard dose: \(value)"
        case .noRecommendation: value.isEmpty ? "The source gives no recommendation" : "No recommendation: \(value)"
        }
    }

    private static func titration(_ value: String) -> String {
        switch value {
        case "slow": "Raise the dose slowly"
        case "fast": "Raise the dose fast"
        default: "Titrate: \(value)"
        }
    }

    private static func range(_ value: String) -> String {
        value.split(separator: "-").joined(separator: " to ")
    }
}
