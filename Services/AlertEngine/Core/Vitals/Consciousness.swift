/// The level of consciousness on the ACVPU scale of NEWS2.
public enum Consciousness: UInt8, CaseIterable, Sendable {
    /// Alert.
    case alert = 0
    /// New confusion, disorientation or agitation.
    case confusion = 1
    /// Responds to voice.
    case voice = 2
    /// Responds to pain.
    case pain = 3
    /// Unresponsive.
    case unresponsive = 4

    /// The letter of the scale: A, C, V, P or U.
    public var letter: String {
        switch self {
        case .alert: "A"
        case .confusion: "C"
        case .voice: "V"
        case .pain: "P"
        case .unresponsive: "U"
        }
    }

    /// The level that one letter of ACVPU names (either case), or nil.
    public init?(letter: some StringProtocol) {
        switch letter {
        case "A", "a": self = .alert
        case "C", "c": self = .confusion
        case "V", "v": self = .voice
        case "P", "p": self = .pain
        case "U", "u": self = .unresponsive
        default: return nil
        }
    }

    /// The level that a SNOMED CT concept names (UK Core value set ACVPU), or nil.
    init?(snomed concept: Int) {
        switch concept {
        case 248_234_008: self = .alert
        case 130_987_000: self = .confusion
        case 300_202_002: self = .voice
        case 450_847_001: self = .pain
        case 422_768_004: self = .unresponsive
        default: return nil
        }
    }
}
