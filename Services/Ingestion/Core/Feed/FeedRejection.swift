/// Why a resource or data point was not taken, and where. Holds no patient data: code, place and detail name structure only.
public struct FeedRejection: Error, Hashable, Sendable {
    /// A stable reason code in kebab case; the README lists them.
    public let code: String
    /// The element, as a FHIRPath or JSON path, e.g. `Bundle.entry[3].resource.effectiveDateTime`.
    public let place: String
    /// What is wrong and what would be right.
    public let detail: String

    /// A rejection; none of the three may hold patient data.
    public init(code: String, place: String, detail: String) {
        self.code = code
        self.place = place
        self.detail = detail
    }
}

extension FeedRejection: CustomStringConvertible {
    /// `code at place: detail`.
    public var description: String { "\(code) at \(place): \(detail)" }
}
