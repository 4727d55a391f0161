/// How grave an alert is, in the steps of NEWS2's clinical risk. The raw values are part of the stored state.
public enum Severity: UInt8, CaseIterable, Comparable, BitwiseCopyable, Sendable {
    /// Low.
    case low = 0
    /// Between low and medium.
    case lowMedium = 1
    /// Medium: an urgent response.
    case medium = 2
    /// High: an emergency response.
    case high = 3

    /// The word in events, rows and summaries.
    public var name: String {
        switch self {
        case .low: "low"
        case .lowMedium: "low-medium"
        case .medium: "medium"
        case .high: "high"
        }
    }

    /// By gravity.
    @inlinable
    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
