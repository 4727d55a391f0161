import Domain
import JSONDocument

/// Whom and what references mean, within one submission.
///
/// The rule for people: one feed is one id space. `Patient/123`, an absolute reference under the feed's own server base, a `urn:uuid:` that is the
/// fullUrl of a Patient entry, and that Patient resource itself all give the identifier (the feed's patient system, Patient.id). A `urn:uuid:`
/// whose entry has no id, or that has no entry in the Bundle, stands for its own UUID - for Synthea the same, because its fullUrls are the ids.
/// A Patient that is created or updated by criteria is the person of the criteria's identifier, whatever id the sender wrote into it.
/// An absolute reference to another server gives (that server's base URL, id). A logical or conditional reference gives (its system, its value),
/// unless the submission has the Patient with that identifier.
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
        let criteria: FHIRCriteria?
        let fullURL: String?
    }

    private let context: FeedContext
    private var entries: [Entry] = []
    /// Entries by fullUrl.
    private var byURL: [String: Int] = [:]
    /// Entries by `Type/id`.
    private var byID: [String: Int] = [:]
    /// Entries by ``FHIRCriteria/key``: what they are created by, and their identifiers.
    private var byCriteria: [String: [Int]] = [:]
    /// The reports of the submission by what they refer to as a result.
    private var reportsByResult: [String: Int] = [:]

    /// References out of a single resource.
    init(context: FeedContext) {
        self.context = context
    }

    /// References among the entries of a Bundle.
    init(context: FeedContext, entries: [FHIREntry]) {
        self.context = context
        for entry in entries {
            guard let resource = entry.resource?.object, !entry.type.isEmpty else { continue }
            add(
                Entry(
                    type: entry.type, resource: resource, criteria: entry.request?.criteria,
                    fullURL: entry.fullURL.map(Self.normalized)))
        }
    }

    /// References among resources that have no more than their ids in common, such as the lines of a bulk export.
    init(context: FeedContext, resources: [JSONObject]) {
        self.context = context
        for resource in resources {
            guard let type = resource["resourceType"]?.string else { continue }
            add(Entry(type: type, resource: resource, criteria: nil, fullURL: nil))
        }
    }

    private mutating func add(_ entry: Entry) {
        let index = entries.count
        entries.append(entry)
        if let url = entry.fullURL { byURL[url] = index }
        if let id = entry.resource["id"]?.string { byID["\(entry.type)/\(id)"] = index }
        var keys = Set(Self.identifierKeys(of: entry.resource, type: entry.type))
        if let criteria = entry.criteria { keys.insert(criteria.key) }
        for key in keys { byCriteria[key, default: []].append(index) }
        guard entry.type == "DiagnosticReport", case .array(let results)? = entry.resource["result"] else { return }
        for result in results {
            guard let reference = result["reference"]?.string else { continue }
            reportsByResult[Self.normalized(reference), default: index] = reportsByResult[reference] ?? index
        }
    }

    /// The key of each identifier with system and value.
    static func identifierKeys(of resource: JSONObject, type: String) -> [String] {
        let identifiers: [JSONValue]
        switch resource["identifier"] {
        case .array(let list)?: identifiers = list
        case .object(let single)?: identifiers = [.object(single)]
        default: return []
        }
        return identifiers.compactMap { identifier in
            guard let system = identifier["system"]?.string, let value = identifier["value"]?.string else { return nil }
            return FHIRCriteria.key(type: type, system: system, value: value)
        }
    }

    /// The report of the submission that has the Observation with this fullUrl or id as a result.
    func report(ofObservation id: String, fullURL: String?) -> JSONObject? {
        let index = fullURL.flatMap { reportsByResult[Self.normalized($0)] } ?? reportsByResult["Observation/\(id)"]
        return index.map { entries[$0].resource }
    }

    /// What the Reference `element`, a member of `resource`, means.
    func target(of element: FHIRElement, in resource: JSONObject) throws -> Target {
        if let reference = try element.string("reference") {
            switch target(of: reference, in: resource) {
            case .found(let target): return target
            case .unresolved:
                throw element.rejection(
                    "reference-unresolved", "reference", "must name a resource that can be told apart")
            case .ambiguous:
                throw element.rejection("reference-ambiguous", "reference", "more than one entry meets the criteria")
            case .unsupported:
                throw element.rejection(
                    "criteria-unsupported", "reference", "must be identifier=system|value or _id=value")
            }
        }
        if let identifier = try element.element("identifier") {
            if let type = try element.string("type"), type != "Patient" { return .other }
            if let system = try identifier.string("system"), let value = try identifier.string("value") {
                return .patient(PHI(SubjectIdentifier(system: system, value: value)))
            }
        }
        throw element.unmapped(
            "reference-empty", nil, "no fact without a reference, or an identifier with system and value")
    }

    private enum Resolution {
        case found(Target)
        case unresolved, ambiguous, unsupported
    }

    private func target(of reference: String, in resource: JSONObject) -> Resolution {
        func found(_ target: Target?) -> Resolution { target.map { .found($0) } ?? .unresolved }
        if reference.hasPrefix("#") { return found(contained(String(reference.dropFirst()), in: resource)) }
        let reference = Self.normalized(reference)
        if let index = byURL[reference] { return found(target(entries[index])) }
        if reference.hasPrefix("urn:") { return found(Self.uuid(of: reference).map { .patient(own($0)) }) }
        if let query = reference.firstIndex(of: "?") {
            return conditional(type: reference[..<query], query: reference[reference.index(after: query)...])
        }
        var parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        if let history = parts.firstIndex(of: "_history") { parts.removeSubrange(history...) }
        guard parts.count >= 2, let id = parts.popLast(), let type = parts.popLast(), Self.isID(id), Self.isType(type)
        else { return .unresolved }
        let base = parts.joined(separator: "/")
        guard base.isEmpty || base == context.serverBase else {
            guard base.hasPrefix("http://") || base.hasPrefix("https://") else { return .unresolved }
            return .found(
                type == "Patient" ? .patient(PHI(SubjectIdentifier(system: base, value: String(id)))) : .other)
        }
        if type == "Patient" { return .found(.patient(own(String(id)))) }
        return .found(byID["\(type)/\(id)"].map { .resource(entries[$0].resource) } ?? .other)
    }

    private func target(_ entry: Entry) -> Target? {
        guard entry.type == "Patient" else { return .resource(entry.resource) }
        return patient(entry.resource, fullURL: entry.fullURL, criteria: entry.criteria).map { .patient($0) }
    }

    /// The identifier of the Patient `resource`, which stands under `fullURL` in a Bundle and is created or updated by `criteria`.
    func patient(_ resource: JSONObject, fullURL: String?, criteria: FHIRCriteria?) -> PatientIdentifier? {
        switch criteria?.subject {
        case .identifier(let system, let value)?: return PHI(SubjectIdentifier(system: system, value: value))
        case .id(let id)?: return own(id)
        case nil: break
        }
        if let id = resource["id"]?.string, Self.isID(id[...]) { return own(id) }
        if let fullURL, let uuid = Self.uuid(of: fullURL) { return own(uuid) }
        if let fullURL, let id = fullURL.split(separator: "/").last, fullURL.contains("/Patient/"), Self.isID(id) {
            return own(String(id))
        }
        return identified(resource)
    }

    /// The person of the first identifier with system and value.
    private func identified(_ resource: JSONObject) -> PatientIdentifier? {
        for identifier in resource["identifier"]?.array ?? [] {
            if let system = identifier["system"]?.string, let value = identifier["value"]?.string {
                return PHI(SubjectIdentifier(system: system, value: value))
            }
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
            return identified(candidate).map { .patient($0) } ?? .other
        }
        return nil
    }

    private func conditional(type: Substring, query: Substring) -> Resolution {
        guard Self.isType(type) else { return .unresolved }
        guard let criteria = FHIRCriteria(type: String(type), query: query) else { return .unsupported }
        let matches = byCriteria[criteria.key] ?? byID[criteria.key].map { [$0] } ?? []
        guard matches.count < 2 else { return .ambiguous }
        if let match = matches.first { return target(entries[match]).map { .found($0) } ?? .unresolved }
        guard type == "Patient" else { return .found(.other) }
        switch criteria.subject {
        case .identifier(let system, let value):
            return .found(.patient(PHI(SubjectIdentifier(system: system, value: value))))
        case .id(let id): return .found(.patient(own(id)))
        }
    }

    /// Whether `reference`, a `urn:`, is the fullUrl of an entry.
    func hasEntry(_ reference: String) -> Bool { byURL[Self.normalized(reference)] != nil }

    /// A `urn:uuid:` in lower case, everything else as it is.
    static func normalized(_ reference: String) -> String {
        reference.hasPrefix("urn:uuid:") ? reference.lowercased() : reference
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

    /// The form of a resource type's name.
    static func isType(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
    }
}
