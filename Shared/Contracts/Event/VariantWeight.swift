import CHealthContracts

/// The weight of one variant in a ``PolygenicScoreDefined``. It names the variant by chromosome and position, by identifier, or both.
public struct VariantWeight: Equatable, Sendable {
    /// How the dosage of the effect allele enters the score.
    public enum Model: String, CaseIterable, Sendable {
        /// Once for each copy.
        case additive
        /// Once when there is any copy.
        case dominant
        /// Once when all copies are the effect allele.
        case recessive
    }

    /// The chromosome, without a prefix `chr`; may be empty.
    public var chromosome: String
    /// The first base, from 1.
    public var position: Int64?
    /// Identifier of the variant, e.g. `rs7903146`; may be empty.
    public var identifier: String
    /// The allele that the weight counts; not empty.
    public var effectAllele: String
    /// The other allele, or alleles separated by slashes; may be empty.
    public var otherAllele: String
    /// The weight; finite.
    public var weight: Double
    /// How the dosage enters the score.
    public var model: Model
    /// Fields unknown to this version of the contract, as raw protobuf; written again with the event.
    public var unknownFields: [UInt8]

    /// A weight with these fields; ``HealthEvent/validate()`` of its event checks them.
    public init(
        chromosome: String = "", position: Int64? = nil, identifier: String = "", effectAllele: String,
        otherAllele: String = "", weight: Double, model: Model = .additive, unknownFields: [UInt8] = []
    ) {
        self.chromosome = chromosome
        self.position = position
        self.identifier = identifier
        self.effectAllele = effectAllele
        self.otherAllele = otherAllele
        self.weight = weight
        self.model = model
        self.unknownFields = unknownFields
    }
}

extension VariantWeight.Model: WireEnumeration {
    static let wireOrder: [Self] = [.additive, .dominant, .recessive]
    static var protoPrefix: String { "WEIGHT_MODEL_" }
}
