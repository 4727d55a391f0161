/// A human reference assembly. Its raw value is the name that events carry.
public enum GenomeBuild: String, CaseIterable, Sendable {
    /// NCBI build 36 (hg18).
    case ncbi36 = "NCBI36"
    /// GRCh37 (hg19).
    case grch37 = "GRCh37"
    /// GRCh38 (hg38).
    case grch38 = "GRCh38"

    /// The build that a text names (`build 37`, `GRCh37.p13`, `hg19`, `b37`); nil when it names none, or more than one.
    public init?(mentionedIn text: String) {
        let text = text.lowercased()
        let found = Self.allCases.filter { build in build.names.contains { text.contains($0) } }
        guard found.count == 1 else { return nil }
        self = found[0]
    }

    private var names: [String] {
        switch self {
        case .ncbi36: ["build 36", "build36", "ncbi36", "hg18", "b36"]
        case .grch37: ["build 37", "build37", "grch37", "hg19", "hs37", "b37", "human_g1k_v37"]
        case .grch38: ["build 38", "build38", "grch38", "hg38", "hs38", "b38"]
        }
    }
}
