/// What speaks against giving a drug: another drug beside it, or a condition. A pair that holds both ways is two of these,
/// because the times to wait differ.
public struct Contraindication: Sendable, Hashable {
    /// One side of the pair.
    public enum Subject: Sendable, Hashable, CustomStringConvertible {
        /// One drug, by its name in the dictionary.
        case drug(String)
        /// Every drug of a class, by our word for it.
        case drugClass(String)
        /// Every drug of an ATC class.
        case atc(String)
        /// Every drug that carries a flag.
        case flag(String)
        /// A condition, as a SNOMED CT concept.
        case condition(String)

        /// The form of the table: `paroxetine`, `class:maoi`, `atc:N02CC`, `flag:qt-known-risk`,
        /// `snomed:9651007`.
        public var description: String {
            switch self {
            case .drug(let name): name
            case .drugClass(let name): "class:\(name)"
            case .atc(let prefix): "atc:\(prefix)"
            case .flag(let name): "flag:\(name)"
            case .condition(let concept): "snomed:\(concept)"
            }
        }

        /// Whether a drug is meant; never for a condition.
        public func covers(_ drug: Drug) -> Bool {
            switch self {
            case .drug(let name): drug.name == name
            case .drugClass(let name): drug.drugClass == name
            case .atc(let prefix): drug.belongs(toATC: prefix)
            case .flag(let name): drug.flags.contains(name)
            case .condition: false
            }
        }
    }

    /// How absolute it is.
    public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Give with care and watch.
        case caution
        /// Do not give unless nothing else is left.
        case avoid
        /// Never give: the veto.
        case contraindicated

        /// Less severe first.
        public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .caution: 0
            case .avoid: 1
            case .contraindicated: 2
            }
        }
    }

    /// The option.
    public let subject: Subject
    /// What it must not meet: a co-medication or a condition.
    public let versus: Subject
    /// How absolute it is.
    public let severity: Severity
    /// What happens (`serotonin-syndrome`, `qt-prolongation`...).
    public let risk: String
    /// Days after the last dose of `versus` for which it still holds; 0 when only present use counts.
    public let washoutDays: Double
    /// Where it is published.
    public let source: String
}
