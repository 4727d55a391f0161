import Hummingbird

/// The media type of a request's body, in UTF-8.
struct MediaType {
    /// Type and subtype in small letters; empty when the request says none.
    let name: String

    /// Throws ``IngestionError`` `.unsupportedMediaType` for another character set.
    init(_ request: Request) throws(IngestionError) {
        let parts = (request.headers[.contentType] ?? "").split(separator: ";").map {
            $0.trimmingPrefix { $0 == " " }.lowercased()
        }
        if parts.dropFirst().contains(where: {
            $0.hasPrefix("charset=") && !$0.hasSuffix("utf-8") && !$0.hasSuffix("utf-8\"")
        }) {
            throw IngestionError(.unsupportedMediaType, operation: "receive", detail: "send UTF-8")
        }
        name = parts.first ?? ""
    }
}
