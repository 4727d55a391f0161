/// A version of the Variant Call Format (samtools/hts-specs).
public enum VCFVersion: String, CaseIterable, Comparable, Sendable {
    /// `VCFv4.1`.
    case v41 = "VCFv4.1"
    /// `VCFv4.2`.
    case v42 = "VCFv4.2"
    /// `VCFv4.3`.
    case v43 = "VCFv4.3"
    /// `VCFv4.4`.
    case v44 = "VCFv4.4"
    /// `VCFv4.5`.
    case v45 = "VCFv4.5"

    /// By age.
    public static func < (left: VCFVersion, right: VCFVersion) -> Bool { left.rawValue < right.rawValue }
}
