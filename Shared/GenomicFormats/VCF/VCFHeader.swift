/// What the head of a VCF file says: meta-information lines and the names of the samples.
public struct VCFHeader: Equatable, Sendable {
    /// One `##key=value` line.
    public struct MetaLine: Equatable, Sendable {
        /// The line, from 1.
        public let line: Int
        /// The key, e.g. `INFO` or `fileDate`.
        public let key: String
        /// The value of an unstructured line, as written; empty for a structured one.
        public let value: String
        /// The fields of a structured line, in order, quotes and escapes removed.
        public let fields: [Field]

        /// The value of a field, or nil.
        public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    }

    /// One `name=value` of a structured line.
    public struct Field: Equatable, Sendable {
        /// The name, e.g. `ID`.
        public let name: String
        /// The value without its quotes.
        public let value: String
        /// True when it stood in quotes.
        public let isQuoted: Bool
    }

    /// The version that `##fileformat` states.
    public internal(set) var version: VCFVersion
    /// Every well-formed meta-information line, in order.
    public internal(set) var meta: [MetaLine] = []
    /// Well-formed INFO definitions.
    public internal(set) var info: [String: VCFDefinition] = [:]
    /// Well-formed FORMAT definitions.
    public internal(set) var format: [String: VCFDefinition] = [:]
    /// Declared filters.
    public internal(set) var filters: Set<String> = []
    /// Declared contigs with their length, nil when not stated.
    public internal(set) var contigs: [String: Int64?] = [:]
    /// True when the header line has a FORMAT column.
    public internal(set) var hasFormat = false
    /// The samples, in order.
    public internal(set) var samples: [String] = []

    /// `key=ID` of the structured lines.
    var declared: Set<String> = []

    init(version: VCFVersion) {
        self.version = version
    }

    /// `GRCh36`, `GRCh37` or `GRCh38` as `##reference`, `##assembly` or the contigs say it; nil when they say nothing. Contig lengths are
    /// those of chromosome 1.
    public var assembly: String? {
        for contig in ["1", "chr1"] {
            switch contigs[contig] ?? nil {
            case 249_250_621: return "GRCh37"
            case 248_956_422: return "GRCh38"
            case 247_249_719: return "NCBI36"
            default: continue
            }
        }
        for line in meta {
            let texts = line.key == "reference" ? [line.value] : line.key == "contig" ? [line["assembly"] ?? ""] : []
            for text in texts {
                if let build = GenomeBuild(mentionedIn: text) { return build.rawValue }
            }
        }
        return nil
    }
}
