/// One record of a VCF as a value of its own, as its text says it: nothing is decoded that could not be printed back.
public struct VariantRecord: Equatable, Sendable {
    /// One entry of INFO.
    public struct InfoEntry: Equatable, Sendable {
        /// The key.
        public let key: String
        /// The value, as written; nil for a flag without one.
        public let value: String?

        /// An entry.
        public init(key: String, value: String?) {
            self.key = key
            self.value = value
        }
    }

    /// CHROM.
    public var chromosome: String
    /// POS, from 1; 0 is the telomere.
    public var position: Int64
    /// ID; empty when missing.
    public var identifiers: [String]
    /// REF.
    public var reference: String
    /// ALT; empty when there is none.
    public var alternates: [String]
    /// QUAL as written; nil when missing.
    public var quality: String?
    /// FILTER; empty when filters have not been applied.
    public var filters: [String]
    /// INFO, in order.
    public var info: [InfoEntry]
    /// FORMAT; empty without samples.
    public var format: [String]
    /// The sub-fields of each sample, in order; trailing ones may be left out.
    public var samples: [[String]]

    /// A record.
    public init(
        chromosome: String, position: Int64, identifiers: [String] = [], reference: String, alternates: [String] = [],
        quality: String? = nil, filters: [String] = [], info: [InfoEntry] = [], format: [String] = [],
        samples: [[String]] = []
    ) {
        self.chromosome = chromosome
        self.position = position
        self.identifiers = identifiers
        self.reference = reference
        self.alternates = alternates
        self.quality = quality
        self.filters = filters
        self.info = info
        self.format = format
        self.samples = samples
    }

    /// The record that a view shows.
    public init(_ view: VCFRecordView) {
        func list(_ text: String, _ separator: Character) -> [String] {
            text == "." ? [] : text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        }
        self.init(
            chromosome: view.chromosome, position: view.position, identifiers: list(view.identifier, ";"),
            reference: view.reference, alternates: view.alternates,
            quality: view.bytes.isMissing(view.columns.quality) ? nil : view.bytes.text(view.columns.quality),
            filters: list(view.filter, ";"),
            info: list(view.info, ";").map { entry in
                guard let equals = entry.firstIndex(of: "=") else { return InfoEntry(key: entry, value: nil) }
                return InfoEntry(key: String(entry[..<equals]), value: String(entry[entry.index(after: equals)...]))
            },
            format: view.format,
            samples: (0..<view.sampleCount).map { sample in
                let column = view.store.columns[sample]
                return view.bytes.pieces(of: column, separatedBy: UInt8(ascii: ":")).map { view.bytes.text($0) }
            })
    }

    /// The line of a VCF that tells the record, without its end.
    public var line: String {
        func joined(_ list: [String], _ separator: String) -> String {
            list.isEmpty ? "." : list.joined(separator: separator)
        }
        var columns = [
            chromosome, String(position), joined(identifiers, ";"), reference, joined(alternates, ","), quality ?? ".",
            joined(filters, ";"),
            joined(info.map { entry in entry.value.map { "\(entry.key)=\($0)" } ?? entry.key }, ";"),
        ]
        if !format.isEmpty {
            columns.append(format.joined(separator: ":"))
            columns += samples.map { $0.joined(separator: ":") }
        }
        return columns.joined(separator: "\t")
    }
}
