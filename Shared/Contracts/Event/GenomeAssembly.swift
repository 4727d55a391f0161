/// The names of human genome assemblies in events.
public enum GenomeAssembly {
    /// NCBI Build 36 (hg18).
    public static let ncbi36 = "NCBI36"
    /// GRCh37 (hg19).
    public static let grch37 = "GRCh37"
    /// GRCh38 (hg38).
    public static let grch38 = "GRCh38"
    /// The complete assembly of the Telomere-to-Telomere consortium.
    public static let t2t = "T2T-CHM13v2.0"

    /// Every name that an event may carry; an event may also carry none.
    public static let known = [ncbi36, grch37, grch38, t2t]
}
