/// What an INFO or FORMAT key is declared to hold.
public struct VCFDefinition: Equatable, Sendable {
    /// How many values a field has.
    public enum Number: Equatable, Sendable {
        /// So many.
        case exactly(Int)
        /// One for each alternate allele (`A`).
        case perAlternate
        /// One for each allele (`R`).
        case perAllele
        /// One for each genotype (`G`).
        case perGenotype
        /// One for each allele of GT (`P`, from 4.4).
        case perPhase
        /// One for each local alternate allele (`LA`, from 4.5).
        case perLocalAlternate
        /// One for each local allele (`LR`, from 4.5).
        case perLocalAllele
        /// One for each genotype of local alleles (`LG`, from 4.5).
        case perLocalGenotype
        /// One for each possible base modification (`M`, from 4.5).
        case perModification
        /// Any number (`.`).
        case any

        /// The letter or number in a header; nil for one that the version does not know.
        public init?(_ text: String, isFormat: Bool, version: VCFVersion) {
            switch text {
            case "A": self = .perAlternate
            case "G": self = .perGenotype
            case ".": self = .any
            case "R" where version >= .v42: self = .perAllele
            case "P" where isFormat && version >= .v44: self = .perPhase
            case "LA" where isFormat && version >= .v45: self = .perLocalAlternate
            case "LR" where isFormat && version >= .v45: self = .perLocalAllele
            case "LG" where isFormat && version >= .v45: self = .perLocalGenotype
            case "M" where isFormat && version >= .v45: self = .perModification
            default:
                guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit), let count = Int32(text) else { return nil }
                self = .exactly(Int(count))
            }
        }
    }

    /// The type of each value.
    public enum ValueType: String, Sendable {
        /// 32-bit, without the eight smallest values.
        case integer = "Integer"
        /// A decimal number, an infinity or NaN.
        case float = "Float"
        /// Present or not (INFO only).
        case flag = "Flag"
        /// One character.
        case character = "Character"
        /// Text.
        case string = "String"
    }

    /// How many values.
    public let number: Number
    /// Of which type; nil where the specification leaves it open.
    public let type: ValueType?

    /// A definition.
    public init(number: Number, type: ValueType?) {
        self.number = number
        self.type = type
    }
}
