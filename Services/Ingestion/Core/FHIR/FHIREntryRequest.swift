/// The `request` of an entry of a batch or transaction: `POST` (also conditional) and `PUT` (by id or by criteria) of one resource.
struct FHIREntryRequest {
    /// The methods of R4's value set http-verb.
    enum Method: String {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
        case patch = "PATCH"
    }

    let kind: FHIRInteraction.Kind
    let type: String
    /// The id in the URL of a `PUT`.
    let id: String?
    /// The criteria of a conditional create or update.
    let criteria: FHIRCriteria?
    /// Whether the resource is taken only when none is known by ``condition``.
    let mustBeNew: Bool

    /// What one request of a Bundle may name only once: the id or the criteria; nil for a plain creation.
    var identity: String? { criteria?.key ?? id.map { "\(type)/\($0)" } }

    /// The request of `entry`, whose resource is of type `type` and has the id `resourceID`.
    init(of entry: FHIRElement, type: String, resourceID: String?, serverBase: String?) throws(FeedRejection) {
        guard let request = try entry.element("request") else {
            throw entry.rejection("missing-element", "request", "is required in a batch or transaction")
        }
        guard let method = try request.code("method", in: Method.self) else {
            throw request.rejection("missing-element", "method", "is required")
        }
        guard let url = try request.string("url") else {
            throw request.rejection("missing-element", "url", "is required")
        }
        guard method == .post || method == .put else {
            throw request.rejection(
                "method-unsupported", "method", "only POST and PUT are served: facts are taken, not searched or deleted"
            )
        }
        guard entry.has("resource") else {
            throw entry.rejection("missing-element", "resource", "is required with POST and PUT")
        }
        for name in ["ifMatch", "ifModifiedSince"] where request.has(name) {
            throw request.rejection("condition-unsupported", name, "is not served; send the request without it")
        }
        let noneMatch = try request.string("ifNoneMatch")
        let noneExist = try request.string("ifNoneExist")
        self.type = type
        var path = Substring(url)
        if let serverBase, path.hasPrefix("\(serverBase)/") { path = path.dropFirst(serverBase.count + 1) }
        func criteria(_ query: some StringProtocol, _ name: String) throws(FeedRejection) -> FHIRCriteria {
            guard let criteria = FHIRCriteria(type: type, query: query) else {
                throw request.rejection(
                    "criteria-unsupported", name, "must be identifier=system|value or _id=value, and nothing else")
            }
            return criteria
        }
        switch method {
        case .post:
            guard path == type else {
                throw request.rejection("request-url", "url", "must be the type of the resource")
            }
            guard noneMatch == nil else {
                throw request.rejection("condition-unsupported", "ifNoneMatch", "is for PUT; use ifNoneExist")
            }
            kind = .create
            id = nil
            self.criteria = try noneExist.map { query throws(FeedRejection) in try criteria(query, "ifNoneExist") }
            mustBeNew = noneExist != nil
        default:
            guard noneExist == nil else {
                throw request.rejection("condition-unsupported", "ifNoneExist", "is for POST; use ifNoneMatch")
            }
            guard noneMatch == nil || noneMatch == "*" else {
                throw request.rejection("condition-unsupported", "ifNoneMatch", "must be *")
            }
            kind = .update
            mustBeNew = noneMatch != nil
            if let mark = path.firstIndex(of: "?"), path[..<mark] == type {
                id = nil
                self.criteria = try criteria(path[path.index(after: mark)...], "url")
            } else {
                let parts = path.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0] == type, FHIRReferences.isID(parts[1]) else {
                    throw request.rejection("request-url", "url", "must be Type/id or Type?criteria")
                }
                guard let resourceID, parts[1] == resourceID else {
                    throw request.rejection("request-url", "url", "must end in the id of the resource")
                }
                id = resourceID
                self.criteria = nil
            }
        }
    }
}
