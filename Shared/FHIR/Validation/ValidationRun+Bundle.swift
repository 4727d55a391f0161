import JSONDocument

/// Rules of R4's page on Bundles.
extension ValidationRun {
    mutating func bundleRules(_ object: JSONObject) {
        guard let bundle else { return }
        links(object)
        let entries = object["entry"]?.array ?? []
        for (index, entry) in entries.enumerated() { fullURL(of: entry, at: index, bundle) }
        if bundle.kind != "history" { duplicates(bundle) }
        if bundle.kind == "searchset" { searchResults(entries, of: searchedType(object)) }
        if bundle.kind == "document" { composition(entries, bundle) }
        if comparesSignedContent { signature(of: object) }
    }

    private mutating func links(_ object: JSONObject) {
        var seen: Set<String> = []
        for (index, link) in (object["link"]?.array ?? []).enumerated() {
            guard case .string(let relation)? = link["relation"],
                ["self", "first", "prev", "previous", "next", "last"].contains(relation)
            else { continue }
            if !seen.insert(relation).inserted {
                report(.invalid, "the link relation may stand once only", at: "link[\(index)]")
            }
        }
    }

    private mutating func fullURL(of entry: JSONValue, at index: Int, _ bundle: BundleIndex) {
        guard case .string(var url)? = entry["fullUrl"] else {
            let isOptional = ["transaction", "transaction-response", "batch", "batch-response"].contains(bundle.kind)
            if !isOptional, entry["resource"] != nil, entry["response"] == nil, entry["search"]?["mode"] != "outcome" {
                report(.required, "an entry of this type of Bundle must have a fullUrl", at: "entry[\(index)].fullUrl")
            }
            return
        }
        guard url.withUTF8({ PrimitiveForm.isAbsolute($0) }) else {
            return report(.invalid, "the fullUrl must be an absolute URL", at: "entry[\(index)].fullUrl")
        }
        guard let resource = entry["resource"], let id = ReferenceForm.serverID(of: url) else { return }
        switch resource["id"] {
        case .string(let own)?:
            if id != own {
                report(.invalid, "the fullUrl does not end with the id of the resource", at: "entry[\(index)].fullUrl")
            }
        default:
            let isNew = ["transaction", "batch"].contains(bundle.kind) && entry["request"]?["method"] == "POST"
            if !isNew {
                report(
                    .invalid, "the fullUrl is that of a resource on a server, but the resource has no id",
                    at: "entry[\(index)].fullUrl")
            }
        }
    }

    /// bdl-7: one fullUrl for one version of one resource.
    private mutating func duplicates(_ bundle: BundleIndex) {
        var seen: Set<String> = []
        for entry in bundle.entries {
            guard let url = entry.fullURL else { continue }
            if !seen.insert(entry.version.map { url + $0 } ?? url).inserted {
                return report(.invariant, "a fullUrl stands twice for the same version", constraint: "bdl-7")
            }
        }
    }

    private mutating func searchResults(_ entries: [JSONValue], of type: String?) {
        for (index, entry) in entries.enumerated() {
            guard let resource = entry["resource"], resource["resourceType"] != "OperationOutcome" else { continue }
            if resource["id"] == nil {
                report(.required, "a resource that a search found must have an id", at: "entry[\(index)].resource")
            }
            if let type, entry["search"]?["mode"] == "match", resource["resourceType"]?.string != type {
                report(.invalid, "the search was for another type of resource", at: "entry[\(index)].resource")
            }
        }
    }

    /// The type of resource that the Bundle's own link searches for; nil without one, or for a search of all types.
    private func searchedType(_ object: JSONObject) -> String? {
        let own = object["link"]?.array?.first { $0["relation"] == "self" }
        guard case .string(let url)? = own?["url"], let query = url.firstIndex(of: "?") else { return nil }
        let name = url[..<query].split(separator: "/").last.map(String.init) ?? ""
        return definitions.resourceType(name) == nil ? nil : name
    }

    /// What the Composition of a document refers to is in the document.
    private mutating func composition(_ entries: [JSONValue], _ bundle: BundleIndex) {
        guard let resource = entries.first?["resource"], resource["resourceType"] == "Composition" else { return }
        var bundle = bundle
        bundle.current = 0
        var places: [(String, JSONValue)] = []
        func collect(_ value: JSONValue?, _ names: [String], _ place: String) {
            guard let value else { return }
            for name in names {
                switch value[name] {
                case .array(let items)?:
                    for (index, item) in items.enumerated() { places.append(("\(place).\(name)[\(index)]", item)) }
                case let item?: places.append(("\(place).\(name)", item))
                case nil: break
                }
            }
        }
        func sections(_ value: JSONValue?, _ place: String, depth: Int) {
            guard depth < 32 else { return }
            for (index, section) in (value?["section"]?.array ?? []).enumerated() {
                let inner = "\(place).section[\(index)]"
                collect(section, ["author", "focus", "entry"], inner)
                sections(section, inner, depth: depth + 1)
            }
        }
        let start = "entry[0].resource"
        collect(resource, ["subject", "encounter", "author", "custodian"], start)
        for (index, attester) in (resource["attester"]?.array ?? []).enumerated() {
            collect(attester, ["party"], "\(start).attester[\(index)]")
        }
        for (index, event) in (resource["event"]?.array ?? []).enumerated() {
            collect(event, ["detail"], "\(start).event[\(index)]")
        }
        sections(resource, start, depth: 0)
        for (place, reference) in places {
            guard case .string(let text)? = reference["reference"], text.utf8.first != UInt8(ascii: "#") else {
                continue
            }
            if bundle.matches(text).isEmpty {
                report(.invalid, "the document does not have what it refers to", at: "\(place).reference")
            }
        }
    }
}
