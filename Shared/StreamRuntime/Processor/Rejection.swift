/// Why a record, or a part of one, was not taken. It names the place and holds no patient data, so it may be logged and published.
public struct Rejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable reason code in kebab case, such as `malformed-json` or `missing-field`.
    public let code: String
    /// Where: a field, an expression or a pointer, such as `Bundle.entry[3].resource.effectiveDateTime`.
    public let place: String
    /// What was wrong and what to do, in words.
    public let detail: String
    /// What else is wrong with the same part; a sender is told, a dead letter names the first only.
    public let others: [Rejection]

    /// A rejection; nothing in it may hold patient data.
    public init(code: String, place: String = "", detail: String = "", others: [Rejection] = []) {
        self.code = code
        self.place = place
        self.detail = detail
        self.others = others
    }

    /// `code at place: detail`.
    public var description: String {
        "\(code)\(place.isEmpty ? "" : " at \(place)")\(detail.isEmpty ? "" : ": \(detail)")"
    }
}
