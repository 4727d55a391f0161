/// Who gives a recommendation. Sources are kept apart: when two of them differ, both are shown.
public enum GuidelineSource: String, Sendable, Hashable, CaseIterable {
    /// Clinical Pharmacogenetics Implementation Consortium.
    case cpic = "CPIC"
    /// Dutch Pharmacogenetics Working Group.
    case dpwg = "DPWG"
    /// United States Food and Drug Administration: labels and the table of pharmacogenetic associations.
    case fda = "FDA"
}
