/// What the head of a polygenic scoring file says (PGS Catalog, formats 1.0 and 2.0, and tables with the same columns).
public struct ScoringFileHead: Equatable, Sendable {
    /// Every `#key=value`, as written.
    public var values: [String: String] = [:]
    /// True when positions are those that the Catalog has harmonised (`hm_chr`, `hm_pos`).
    public var isHarmonised = false

    /// `pgs_id`, or the name when there is no id; nil when there is neither.
    public var identifier: String? { values["pgs_id"] ?? values["pgs_name"] }
    /// `pgs_name`; empty when not stated.
    public var name: String { values["pgs_name"] ?? "" }
    /// `trait_reported`; empty when not stated.
    public var trait: String { values["trait_reported"] ?? "" }
    /// `weight_type`; empty when not stated or not reported.
    public var weightType: String {
        let type = values["weight_type"] ?? ""
        return type == "NR" ? "" : type
    }
    /// The build of the positions; nil when it is not stated or not reported.
    public var build: GenomeBuild? {
        let text = isHarmonised ? values["HmPOS_build"] : values["genome_build"]
        return text.flatMap(GenomeBuild.init(mentionedIn:))
    }
}

/// One weight of a polygenic score.
public struct ScoringWeight: Equatable, Sendable {
    /// How the dosage of the effect allele enters the score.
    public enum Model: String, Sendable {
        /// Once for each copy.
        case additive
        /// Once when there is any copy.
        case dominant
        /// Once when all copies are the effect allele.
        case recessive
    }

    /// The line, from 1.
    public var line: Int
    /// The chromosome without `chr`; nil when not stated.
    public var chromosome: String?
    /// The position, from 1; nil when not stated.
    public var position: Int64?
    /// The marker, e.g. `rs7903146`; empty when not stated.
    public var identifier: String
    /// The allele that the weight counts, bases in upper case.
    public var effectAllele: String
    /// The other allele, or those that the Catalog infers separated by slashes; empty when not stated.
    public var otherAllele: String
    /// The weight.
    public var weight: Double
    /// How the dosage enters the score.
    public var model: Model
}

/// What a ``ScoringFileReader`` found, in the order of the file.
public enum ScoringFileEvent: Equatable, Sendable {
    /// The head is read. Comes once, before any weight.
    case head(ScoringFileHead)
    /// A weight.
    case weight(ScoringWeight)
    /// A line that is no weight of a single variant. A score without it would be another score.
    case refused(GenomicFormatError)
}
