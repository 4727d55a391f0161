/// What a sample shows at a position that is reported beside a call and takes no part in it.
public struct ReportedSite: Sendable, Hashable {
    /// The position's number within its gene.
    public let position: Int
    /// The rs number or HGVS name.
    public let identifier: String
    /// The bases of the two copies on the plus strand; nil for a copy that is unknown, novel or absent.
    public let first: String?
    /// The second copy.
    public let second: String?

    /// A reported site.
    public init(position: Int, identifier: String, first: String?, second: String?) {
        self.position = position
        self.identifier = identifier
        self.first = first
        self.second = second
    }

    /// True when both copies are unknown.
    public var isMissing: Bool { first == nil && second == nil }
}
