import Domain
import JSONDocument

/// Whom and what references mean, within one submission.
///
/// The rule for people: one feed is one id space. `Patient/123`, an absolute reference under the feed's own server base, a `urn:uuid:` that is the
/// fullUrl of a Patient entry, and that Patient resource itself all give the identifier (the feed's patient system, Patient.id). A `urn:uuid:`
/// whose entry has no id, or that has no entry in the Bundle, stands for its own UUID - for Synthea the same, because its fullUrls are the ids.
/// An absolute reference to another server gives (that server's base URL, id). A logical or conditional reference gives (its system, its value).
struct FHIRReferences {
    /// What a reference means.
    enum Target {
        case patient(PatientIdentifier)
        case resource(JSONObject)
        /// A resource of another type, or one that is not in the submission.
        case other
    }

    private struct Entry {
        let type: String
        let resource: JSONObject
    }

    private let context: FeedContext
    private var entries: [String: Entry] = [:]
    /// The entries by `Type/id`, for relative references.
    private var entriesByID: [String: Entry] = [:]

    init(context: FeedContext, bundle: JSONObject? = nil) {
        self.context = context
        guard let bundle, case .array(let members)? = bundle["entry"] else { return }
        for member in members {
            guard let fullURL = member["fullUrl"]?.string, case .object(let resource)? = member["resource"],
                let type = resource["resourceType"]?.string
            else { continue }
            let entry = Entry(type: type, resource: resource)
            entries[fullURL] = entry
            if let id = resource["id"]?.string { entriesByID["\(type)/\(id)"] = entry }
        }
    }

    /// What the Reference `element`, a member of `resource`, means.
    func target(of element: FHIRElement, in resource: JSONObject) throws(FeedRejection) -> Target {
        if let reference = try element.string("reference") {
            guard let target = target(of: reference, in: resource) else {
                throw element.rejection(
                    "reference-unresolved", "reference", "must name a resource that can be told apart")
            }
            return target
        }
        if let identifier = try element.element("identifier") {
            if let type = try element.string("type"), type != "Patient" { return .other }
            if let system = try identifier.string("system"), let value = try identifier.string("value") {
                return .patient(PHI(SubjectIdentifier(system: system, value: value)))
            }
        }
        throw element.rejection("reference-empty", nil, "must have a reference, or an identifier with system and value")
    }

    private func target(of reference: String, in resource: JSONObject) -> Target? {
        if reference.hasPrefix("#") { return contained(String(reference.dropFirst()), in: resource) }
        if let entry = entries[reference] {
            guard entry.type == "Patient" else { return .resource(entry.resource) }
            return patient(entry.resource, fullURL: reference).map { .patient($0) }
        }
        if reference.hasPrefix("urn:") {
            return Self.uuid(of: reference).map { .patient(own($0)) }
        }
        if let query = reference.firstIndex(of: "?") {
            return conditional(type: reference[..<query], query: reference[reference.index(after: query)...])
        }
        var parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        if let history = parts.firstIndex(of: "_history") { parts.removeSubrange(history...) }
        guard parts.count >= 2, let id = parts.popLast(), let type = parts.popLast(), Self.isID(id), !type.isEmpty
        else { return nil }
        let base = parts.joined(separator: "/")
        guard type == "Patient" else {
            let match = base.isEmpty ? entriesByID["\(type)/\(id)"] : nil
            return match.map { .resource($0.resource) } ?? .other
        }
        guard base.isEmpty || base == context.serverBase else {
            guard base.hasPrefix("http://") || base.hasPrefix("https://") else { return nil }
            return .patient(PHI(SubjectIdentifier(system: base, value: String(id))))
        }
        return .patient(own(String(id)))
    }

    /// The identifier of the Patient `resource`, which stands under `fullURL` in a Bundle.
    func patient(_ resource: JSONObject, fullURL: String?) -> PatientIdentifier? {
        if let id = resource["id"]?.string, Self.isID(id[...]) { return own(id) }
        if let fullURL, let uuid = Self.uuid(of: fullURL) { return own(uuid) }
        if let fullURL, let id = fullURL.split(separator: "/").last, fullURL.contains("/Patient/"), Self.isID(id) {
            return own(String(id))
        }
        if let identifier = resource["identifier"]?[0], let system = identifier["system"]?.string,
            let value = identifier["value"]?.string
        {
            return PHI(SubjectIdentifier(system: system, value: value))
        }
        return nil
    }

    private func own(_ id: String) -> PatientIdentifier {
        PHI(SubjectIdentifier(system: context.patientSystem, value: id))
    }

    private func contained(_ id: String, in resource: JSONObject) -> Target? {
        guard case .array(let resources)? = resource["contained"] else { return nil }
        for case .object(let candidate) in resources where candidate["id"]?.string == id {
            guard candidate["resourceType"]?.string == "Patient" else { return .resource(candidate) }
            // A contained Patient has no identity outside its container but a business identifier.
            guard let identifier = candidate["identifier"]?[0], let system = identifier["system"]?.string,
                let value = identifier["value"]?.string
            else { return nil }
            return .patient(PHI(SubjectIdentifier(system: system, value: value)))
        }
        return nil
    }

    private func conditional(type: Substring, query: Substring) -> Target? {
        guard type == "Patient" else { return .other }
        guard query.hasPrefix("identifier="), !query.contains("&"), let bar = query.firstIndex(of: "|") else {
            return nil
        }
        let system = query[query.index(query.startIndex, offsetBy: 11)..<bar]
        let value = query[query.index(after: bar)...]
        guard !system.isEmpty, !value.isEmpty else { return nil }
        return .patient(PHI(SubjectIdentifier(system: String(system), value: String(value))))
    }

    /// The UUID of `urn:uuid:<uuid>`, in lower case.
    private static func uuid(of urn: String) -> String? {
        guard urn.hasPrefix("urn:uuid:"), let id = EventID(String(urn.dropFirst(9))) else { return nil }
        return id.description
    }

    /// FHIR's `id`: 1 to 64 of `[A-Za-z0-9.-]`.
    static func isID(_ text: Substring) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
