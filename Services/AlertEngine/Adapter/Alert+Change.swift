import AlertEngineCore
import Contracts

extension Alert.Severity {
    init(_ severity: Severity) {
        switch severity {
        case .low: self = .low
        case .lowMedium: self = .lowMedium
        case .medium: self = .medium
        case .high: self = .high
        }
    }
}

extension Alert.Transition {
    init(_ transition: AlertChange.Transition) {
        switch transition {
        case .raised: self = .raised
        case .escalated: self = .escalated
        case .resolved: self = .resolved
        }
    }
}
