import Hummingbird
import IngestionCore
import JSONDocument

/// A FHIR request that asks more for its resource than that it be taken: a conditional create, or an update.
struct FHIRRequest {
    /// The batch of one entry that asks the same, so that one reader serves both.
    let bundle: JSONValue

    /// Nil for a plain `POST`. Throws ``IngestionError`` `.malformed` when the body is not of the id in the path.
    init?(_ request: Request, type: String?, id: String?, resource: JSONValue) throws(IngestionError) {
        guard let type else { return nil }
        guard request.method == .put else {
            guard let criteria = request.header("If-None-Exist") else { return nil }
            bundle = FeedDecoder.batch(of: resource, method: "POST", url: type, ifNoneExist: criteria)
            return
        }
        guard let id, resource["id"]?.string == id else {
            throw IngestionError(
                .malformed, operation: "resource-id", detail: "the body's id is not the one in the path")
        }
        bundle = FeedDecoder.batch(
            of: resource, method: "PUT", url: "\(type)/\(id)", ifNoneMatch: request.headers[.ifNoneMatch])
    }
}
