import JSONDocument

/// Which entries of a Bundle name a resource that an earlier one names already: by fullUrl (bdl-7), by the id of a `PUT`, or by criteria.
struct FHIRUniqueness {
    private var reasons: [Int: FeedRejection] = [:]
    private let entries: [FHIREntry]
    private var byURL: [String: Int] = [:]
    private var byIdentity: [String: Int] = [:]
    /// Updates by the criteria that they name.
    private var byCriteria: [String: Int] = [:]
    /// Updates by the criteria that their resources meet.
    private var byMet: [String: Int] = [:]

    /// The check of `entries`. The entries of a history are versions of one resource.
    init(of entries: [FHIREntry], in type: FHIRBundleType) {
        self.entries = entries
        guard type != .history else { return }
        for (index, entry) in entries.enumerated() {
            checkURL(of: entry, index, type)
            if let request = entry.request { check(request, entry, index) }
        }
    }

    /// Why the entry at `index` is refused; the first of two that overlap stands.
    func rejection(of index: Int) -> FeedRejection? { reasons[index] }

    private mutating func checkURL(of entry: FHIREntry, _ index: Int, _ type: FHIRBundleType) {
        guard let fullURL = entry.fullURL else { return }
        var key = FHIRReferences.normalized(fullURL)
        if type.hasRequests {
            // A request is for the resource, whatever version its URL names.
            if let history = key.firstRange(of: "/_history/") { key = String(key[..<history.lowerBound]) }
        } else if let version = entry.resource?.object["meta"]?["versionId"]?.string {
            key += " \(version)"
        }
        if let other = byURL[key] {
            refuse(index, "fullUrl", "names the same resource as that of Bundle.entry[\(other)]")
        } else {
            byURL[key] = index
        }
    }

    private mutating func check(_ request: FHIREntryRequest, _ entry: FHIREntry, _ index: Int) {
        let member = request.kind == .create ? "request.ifNoneExist" : "request.url"
        if let identity = request.identity {
            if let other = byIdentity[identity] {
                refuse(index, member, "names the same resource as that of Bundle.entry[\(other)]")
            } else {
                byIdentity[identity] = index
            }
        }
        guard request.kind == .update, let resource = entry.resource else { return }
        // An update by criteria and one of a resource that meets them are updates of one resource.
        var met = FHIRReferences.identifierKeys(of: resource.object, type: request.type)
        if let id = entry.id { met.append("\(request.type)/\(id)") }
        let criteria = request.criteria?.key
        if let other = criteria.flatMap({ byMet[$0] }) ?? met.compactMap({ byCriteria[$0] }).first {
            refuse(index, member, "is for the same resource as Bundle.entry[\(other)], one of them by criteria")
        }
        for key in met where byMet[key] == nil { byMet[key] = index }
        if let criteria, byCriteria[criteria] == nil { byCriteria[criteria] = index }
    }

    private mutating func refuse(_ index: Int, _ member: String, _ detail: String) {
        guard reasons[index] == nil else { return }
        reasons[index] = entries[index].element.rejection("identity-overlap", member, detail)
    }
}
