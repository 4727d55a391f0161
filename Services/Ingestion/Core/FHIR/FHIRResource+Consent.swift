import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The rules of a Consent: one event for each provision that permits or denies something, its parents' conditions included.
    ///
    /// R4 (consent, 6.2.5): the policy is the base rule, the root provision narrows it or is an exception to it, and nested provisions are exceptions
    /// to their parents. A permit within a permit is no exception: it says what is permitted, so its parent permits no more than that.
    /// A condition that no event can tell makes a deny wider and drops a permit: what is unclear is not let through.
    func consent() throws -> Mapped {
        let status = try required("status", in: ConsentRecorded.Status.self)
        let patient = try subject("patient")
        let scope = try element.firstCoding("scope").code
        let recorded = try element.dateTime("dateTime")
        var mapped = Mapped()
        var rules: [ConsentRule] = []
        let base = try policy()
        if let root = try element.element("provision") {
            let type = try permits(root)
            if let base, let type, base != type { rules.append(ConsentRule(isPermit: base)) }
            // Without a policy and a type, exceptions that all permit are exceptions to a denial.
            let types = try root.elements("provision").compactMap { try permits($0) }
            let unspoken = types.isEmpty || types.contains(false)
            try collect(
                root, isPermit: type ?? base ?? unspoken, parent: ConsentRule(isPermit: true), into: &rules,
                notes: &mapped.notes)
        } else {
            rules.append(ConsentRule(isPermit: base ?? true))
        }
        guard !rules.isEmpty else {
            throw FHIRFailure.archived(
                mapped.notes.first ?? element.rejection("no-provision", "provision", "no rule that could be followed"))
        }
        // All rules of one consent carry its name: a later version replaces them together.
        let consentID = name.isEmpty ? try opaqueName(of: "Consent#\(element.object.contentDigest)") : name
        // What was granted, withdrawn and granted again in the same words is a third decision, if the sender tells versions.
        let meta = element.object["meta"]
        let version = "\(meta?["versionId"]?.string ?? "")|\(meta?["lastUpdated"]?.string ?? "")"
        for (index, rule) in rules.enumerated() {
            let content = [
                status.rawValue, scope, String(rule.isPermit), Self.text(rule.startsAt), Self.text(rule.endsAt),
                rule.resourceTypes.joined(separator: "\n"), rule.codes.joined(separator: "\n"),
                rule.purposes.joined(separator: "\n"), rule.sources.joined(separator: "\n"), Self.text(recorded),
                String(index), version,
            ]
            mapped.facts.append(
                .consent(
                    ConsentRecorded(
                        eventID: identity("consent", patient, content), patient: patient, status: status,
                        scope: scope, isPermit: rule.isPermit, startsAt: rule.startsAt, endsAt: rule.endsAt,
                        resourceTypes: rule.resourceTypes, codes: rule.codes, purposes: rule.purposes,
                        sources: rule.sources, recordedAt: recorded, resourceID: consentID, source: context.source,
                        receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                        producedAt: context.receivedAt)))
        }
        return mapped
    }

    /// What the policy says of everything: opt-in permits, opt-out denies (v3 ActConsentDirective); nil when it says neither.
    private func policy() throws(FeedRejection) -> Bool? {
        switch try element.firstCoding("policyRule").code {
        case "OPTIN", "OPTINR": true
        case "OPTOUT", "OPTOUTE": false
        default: nil
        }
    }

    private func permits(_ provision: FHIRElement) throws(FeedRejection) -> Bool? {
        switch try provision.code("type") {
        case nil: return nil
        case "permit"?: return true
        case "deny"?: return false
        default: throw provision.rejection("code-unknown", "type", "must be permit or deny")
        }
    }

    private func collect(
        _ provision: FHIRElement, isPermit: Bool, parent: ConsentRule, into rules: inout [ConsentRule],
        notes: inout [FeedRejection]
    ) throws {
        let nested = try provision.elements("provision")
        var rule = parent
        rule.isPermit = isPermit
        let isFollowed = try narrow(&rule, by: provision, notes: &notes)
        var permitsInside = false
        for child in nested {
            // "Not permitted in root rule, required in all nested rules."
            let type = try permits(child) ?? !isPermit
            if type, isPermit { permitsInside = true }
        }
        if isFollowed, !(isPermit && permitsInside) { rules.append(rule) }
        // What is inside a permit that cannot be followed is not permitted either; what is inside a deny is an exception to it.
        guard isFollowed || !isPermit else { return }
        for child in nested {
            try collect(
                child, isPermit: permits(child) ?? !isPermit, parent: rule, into: &rules, notes: &notes)
        }
    }

    /// Adds the conditions of `provision`; false when the rule cannot be followed or does not concern the taking of data.
    private func narrow(
        _ rule: inout ConsentRule, by provision: FHIRElement, notes: inout [FeedRejection]
    ) throws -> Bool {
        if let period = try provision.element("period") {
            let start = try period.interval("start")?.start
            let end = try period.interval("end")?.end
            rule.startsAt = [rule.startsAt, start].compactMap { $0 }.max()
            rule.endsAt = [rule.endsAt, end].compactMap { $0 }.min()
            if let start = rule.startsAt, let end = rule.endsAt, end < start { return false }
        }
        var types: [String] = []
        for coding in try provision.elements("class") {
            guard let code = try coding.code("code") else { continue }
            let system = try coding.boundedString("system") ?? ""
            types.append(system.isEmpty || system == "http://hl7.org/fhir/resource-types" ? code : "\(system)|\(code)")
        }
        if !types.isEmpty { rule.resourceTypes = types }
        var codes: [String] = []
        for concept in try provision.elements("code") {
            for coding in try concept.elements("coding") {
                guard let code = try coding.code("code") else { continue }
                codes.append("\(try coding.boundedString("system") ?? "")|\(code)")
            }
        }
        for data in try provision.elements("data") {
            guard let reference = try data.element("reference")?.string("reference") else { continue }
            codes.append("\(ConsentRule.resourceSystem)|\(try opaqueName(of: reference))")
        }
        if !codes.isEmpty { rule.codes = codes }
        let purposes = try provision.elements("purpose").compactMap { purpose throws(FeedRejection) in
            try purpose.code("code")
        }
        if !purposes.isEmpty { rule.purposes = purposes }
        let sources = try provision.elements("actor").compactMap { try actor($0) }
        if !sources.isEmpty { rule.sources = sources }
        // Only what is collected, accessed, used or disclosed concerns the taking of data.
        let actions = try provision.elements("action")
        if !actions.isEmpty {
            let codes = try actions.map { action throws(FeedRejection) in try FHIRCoding.first(of: action).code }
            guard codes.contains(where: { ["collect", "access", "use", "disclose", ""].contains($0) }) else {
                return false
            }
        }
        for name in ["securityLabel", "dataPeriod"] where provision.has(name) {
            notes.append(
                provision.rejection(
                    "consent-condition", name,
                    "is not told by facts: a deny is followed without it, a permit is not followed"))
            if rule.isPermit { return false }
        }
        return true
    }

    /// The name of an actor: the feed that an identifier names, an institution's reference as it is, a person's under an opaque name.
    private func actor(_ actor: FHIRElement) throws -> String? {
        guard let reference = try actor.element("reference") else { return nil }
        if let identifier = try reference.element("identifier"), let value = try identifier.boundedString("value") {
            let system = try identifier.string("system")
            return system == ConsentRule.sourceSystem ? value : try opaqueName(of: "\(system ?? "")|\(value)")
        }
        guard let text = try reference.boundedString("reference") else { return nil }
        let kinds = ["Organization/", "Device/", "HealthcareService/", "CareTeam/"]
        return kinds.contains { text.hasPrefix($0) } ? text : try opaqueName(of: text)
    }
}

/// One provision of a Consent with the conditions of its parents.
struct ConsentRule {
    /// The system of identifiers that name feeds, in `provision.actor.reference.identifier`.
    static let sourceSystem = "urn:vitalstream:source"
    /// The system under which a single resource stands among a rule's codes, by its opaque name.
    static let resourceSystem = "urn:vitalstream:resource"

    var isPermit: Bool
    var startsAt: Timestamp?
    var endsAt: Timestamp?
    var resourceTypes: [String] = []
    var codes: [String] = []
    var purposes: [String] = []
    var sources: [String] = []
}

extension JSONObject {
    /// A hash of the object's text, for the identity of a record without an id.
    fileprivate var contentDigest: EventID { EventID.hashing("ingested.content", JSONValue.object(self).text()) }
}
