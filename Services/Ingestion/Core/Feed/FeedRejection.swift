/// Why a resource or data point was not taken, and where. Holds no patient data: code, place and detail name structure only.
public struct FeedRejection: Error, Hashable, Sendable {
    /// A stable reason code in kebab case; the README lists them.
    public let code: String
    /// The element, as a FHIRPath or JSON path, e.g. `Bundle.entry[3].resource.effectiveDateTime`.
    public let place: String
    /// What is wrong and what would be right.
    public let detail: String
    /// What else is wrong with the same record, each with its own place; empty when this is all, or all that is known.
    public let others: [FeedRejection]

    /// A rejection; nothing in it may hold patient data.
    public init(code: String, place: String, detail: String, others: [FeedRejection] = []) {
        self.code = code
        self.place = place
        self.detail = detail
        self.others = others
    }
}

extension FeedRejection {
    /// The same of a part of the record at `record`.
    func at(_ record: String) -> FeedRejection {
        FeedRejection(
            code: code, place: place.isEmpty ? record : record.isEmpty ? place : "\(record) (\(place))", detail: detail,
            others: others)
    }
}

extension FeedRejection: CustomStringConvertible {
    /// `code at place: detail`.
    public var description: String { "\(code) at \(place): \(detail)" }
}
