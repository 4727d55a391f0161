public import Contracts
import Domain

/// What an observation event means to the alert engine.
public enum VitalIntake: Equatable, Sendable {
    /// A reading to take.
    case reading(VitalReading)
    /// A reading to withdraw: the one of this code's parameter at the observation's time.
    case retraction(ObservationCode)
    /// Nothing to take, for this reason.
    case none(EvaluationOutcome)

    /// Reads `observation`.
    public init(_ observation: borrowing ObservationRecorded, rules: borrowing RuleSet) {
        guard let code = ObservationCode(loinc: observation.code), observation.codeSystem == "http://loinc.org" else {
            self = .none(.notWatched)
            return
        }
        switch observation.status {
        case .final, .amended, .corrected, .preliminary, .unknown: break
        case .enteredInError:
            self = .retraction(code)
            return
        case .registered, .cancelled:
            self = .none(.notUsable)
            return
        }
        let ahead = observation.effectiveAt.microseconds.subtractingReportingOverflow(
            observation.receivedAt.microseconds)
        guard !ahead.overflow, ahead.partialValue <= rules.futureTolerance else {
            self = .none(.fromFuture)
            return
        }
        let parameter = code.parameter
        let value: Double
        switch observation.value {
        case .quantity(let quantity):
            guard parameter != .consciousness, parameter != .pregnancy else {
                self = .none(.notUsable)
                return
            }
            guard let canonical = Self.canonical(quantity, unit: observation.unit, code: code) else {
                self = .none(.unknownUnit)
                return
            }
            value = canonical
        case .coded(let answer, let system):
            guard let meaning = Self.meaning(answer, system: system, of: parameter) else {
                self = .none(.notUsable)
                return
            }
            value = meaning
        case .text(let text):
            guard parameter == .consciousness, let level = Consciousness(letter: text) else {
                self = .none(.notUsable)
                return
            }
            value = Double(level.rawValue)
        case .boolean, .absent:
            self = .none(.notUsable)
            return
        }
        guard rules.ranges[Int(parameter.rawValue)].contains(value) else {
            self = .none(.implausible)
            return
        }
        self = .reading(
            VitalReading(
                code: code, value: value, effectiveAt: observation.effectiveAt, eventID: observation.eventID))
    }

    private static func canonical(_ quantity: Double, unit: String, code: ObservationCode) -> Double? {
        switch code {
        case .inhaledOxygenFlow: CanonicalUnit.supplementalOxygen(flow: quantity, unit: unit)
        case .inhaledOxygenConcentration: CanonicalUnit.supplementalOxygen(concentration: quantity, unit: unit)
        default: CanonicalUnit.convert(quantity, unit: unit, to: code.parameter)
        }
    }

    /// What a coded answer means: ACVPU as SNOMED CT or as its letter, pregnancy as SNOMED CT or as LOINC answer.
    private static func meaning(_ answer: String, system: String, of parameter: VitalParameter) -> Double? {
        switch parameter {
        case .consciousness:
            let level =
                system == "http://snomed.info/sct"
                ? Int(answer).flatMap(Consciousness.init(snomed:)) : Consciousness(letter: answer)
            return level.map { Double($0.rawValue) }
        case .pregnancy:
            switch answer {
            case "77386006", "LA15173-0": return 1
            case "60001007", "LA26683-5": return 0
            default: return nil
            }
        default:
            return nil
        }
    }
}
