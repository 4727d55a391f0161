import JSONDocument

/// The entries of a Bundle by the names that references give them.
struct BundleIndex {
    struct Entry {
        let fullURL: String?
        /// The type's number; -1 without a known one.
        let type: Int
        let id: String?
        let version: String?
    }

    let kind: String
    let entries: [Entry]
    /// The entry that is being read.
    var current = -1
    private var byURL: [String: [Int]] = [:]

    init(_ bundle: JSONObject, _ definitions: FHIRDefinitions) {
        kind = bundle["type"]?.string ?? ""
        let elements = bundle["entry"]?.array ?? []
        var entries: [Entry] = []
        entries.reserveCapacity(elements.count)
        for element in elements {
            let resource = element["resource"]
            let name = resource?["resourceType"]?.string
            let entry = Entry(
                fullURL: element["fullUrl"]?.string,
                type: name.flatMap { definitions.typeNumbers[$0] } ?? -1,
                id: resource?["id"]?.string, version: resource?["meta"]?["versionId"]?.string)
            if let url = entry.fullURL { byURL[url, default: []].append(entries.count) }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// The entries that `reference`, standing in the current entry, leads to by the rules of R4's page on Bundles; none when it has to be
    /// looked for elsewhere.
    func matches(_ reference: String) -> [Entry] {
        var url = reference
        var version: Substring?
        if !reference.hasPrefix("urn:"), let history = reference.firstRange(of: "/_history/") {
            url = String(reference[..<history.lowerBound])
            version = reference[history.upperBound...]
        }
        if !url.utf8.contains(UInt8(ascii: ":")) {
            guard entries.indices.contains(current), let own = entries[current].fullURL else { return [] }
            if own.hasPrefix("urn:uuid:"), let id = url.split(separator: "/").last {
                // The type of the reference says nothing to find it by, but has to be right.
                url = "urn:uuid:" + id
            } else if let base = ReferenceForm.serverBase(of: own) {
                url = base + url
            } else {
                return []
            }
        }
        let found = (byURL[url] ?? []).map { entries[$0] }
        guard let version else { return found }
        return found.filter { $0.version == nil || $0.version == String(version) }
    }
}
