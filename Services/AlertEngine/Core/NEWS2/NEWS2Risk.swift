/// The clinical risk that a NEWS2 stands for, with the response that the Royal College of Physicians names (2017).
public enum NEWS2Risk: String, CaseIterable, Sendable {
    /// A total of 0 to 4 without a 3 in any single parameter.
    case low
    /// A total of 0 to 4 with a 3 in any single parameter.
    case lowMedium = "low-medium"
    /// A total of 5 or 6: the threshold for an urgent response.
    case medium
    /// A total of 7 or more: the threshold for an emergency response.
    case high

    /// The total from which the risk is medium.
    public static let mediumThreshold = 5
    /// The total from which the risk is high.
    public static let highThreshold = 7

    /// The risk of a total score.
    public init(total: Int, hasSingleThree: Bool) {
        if total >= Self.highThreshold {
            self = .high
        } else if total >= Self.mediumThreshold {
            self = .medium
        } else {
            self = hasSingleThree ? .lowMedium : .low
        }
    }

    /// The response, in short words; the table stands in `news2_response` of the 2017 report. To be confirmed by a clinician.
    public var response: String {
        switch self {
        case .low: "ward-based: a registered nurse decides on the frequency of monitoring"
        case .lowMedium: "urgent ward-based: the medical team reviews and decides on escalation; monitor hourly"
        case .medium: "urgent: the medical team assesses at once; monitor hourly"
        case .high: "emergency: critical-care competencies assess at once; monitor continuously"
        }
    }

    /// The severity of the alert that this risk raises; nil for low, which raises none.
    public var severity: Severity? {
        switch self {
        case .low: nil
        case .lowMedium: .lowMedium
        case .medium: .medium
        case .high: .high
        }
    }
}
