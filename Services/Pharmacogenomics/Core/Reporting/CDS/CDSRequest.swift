public import Domain
public import JSONDocument

/// A call of a CDS client, checked against the service that it is for (CDS Hooks 2.0, "Calling a CDS Service").
///
/// `fhirServer` and `fhirAuthorization` are checked for their form and forgotten: no FHIR server is called.
public struct CDSRequest: Sendable, Equatable {
    /// The moment.
    public let hook: CDSHook
    /// The call's own identity.
    public let hookInstance: EventID
    /// The FHIR id of the person whose record it is; protected.
    public let patientID: PHI<String>
    /// The FHIR id of the encounter, where there is one; protected.
    public let encounterID: PHI<String>?
    /// The medication orders of the session.
    public let orders: [DraftOrder]
    /// What the client's record lists.
    public let prefetched: PrefetchedMedications

    /// The largest body that is read, in bytes.
    public static let bodyLimit = 4 << 20

    /// Reads the body of a call to `service`.
    ///
    /// - Throws: ``CDSError`` `malformed`, or `preconditionFailed` when a required field of the context is absent.
    public init(body: some Collection<UInt8>, service: CDSServiceDescription) throws(CDSError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body, limits: JSONLimits(depth: 48, bytes: Self.bodyLimit))
        } catch {
            throw CDSError(.malformed, detail: "no JSON: \(error)")
        }
        try self.init(json, service: service)
    }

    /// Reads a call to `service`.
    ///
    /// - Throws: as ``init(body:service:)``.
    public init(_ json: JSONValue, service: CDSServiceDescription) throws(CDSError) {
        let request = try CDSElement(json, "")
        guard let hook = CDSHook(rawValue: try request.requiredText("hook")), hook == service.hook else {
            throw CDSError(.malformed, place: "hook", detail: "this service is for the hook \(service.hook.rawValue)")
        }
        guard let instance = EventID(try request.requiredText("hookInstance")) else {
            throw CDSError(.malformed, place: "hookInstance", detail: "a UUID is expected")
        }
        try Self.checkAuthorization(request)
        guard let context = try request.element("context") else {
            throw CDSError(.preconditionFailed, place: "context", detail: "the hook's context is required")
        }
        try Self.checkUser(context, hook: hook)
        let patient = PatientReference(id: try Self.id("patientId", in: context, isRequired: true) ?? "")
        self.hook = hook
        hookInstance = instance
        patientID = PHI(patient.id)
        encounterID = try Self.id("encounterId", in: context, isRequired: false).map { PHI($0) }
        orders = hook.hasOrders ? try Self.orders(context, hook: hook, patient: patient) : []
        // A prefetch of null says no more than one that is left out.
        var prefetch: CDSElement?
        if let value = request.object["prefetch"], value != .null { prefetch = try CDSElement(value, "prefetch") }
        prefetched = try PrefetchedMedications(prefetch, patientID: patient)
    }

    private static func checkAuthorization(_ request: CDSElement) throws(CDSError) {
        let server = try request.text("fhirServer")
        guard let authorization = try request.element("fhirAuthorization") else { return }
        guard server != nil else {
            throw CDSError(.malformed, place: "fhirServer", detail: "the field is required beside fhirAuthorization")
        }
        for field in ["access_token", "token_type", "scope", "subject"] {
            _ = try authorization.requiredText(field)
        }
        guard authorization.object["expires_in"]?.number?.int64 != nil else {
            throw CDSError(
                .malformed, place: authorization.place(of: "expires_in"),
                detail: "a whole number of seconds is expected")
        }
    }

    private static func checkUser(_ context: CDSElement, hook: CDSHook) throws(CDSError) {
        let user = try context.requiredText("userId", or: .preconditionFailed)
        let parts = user.split(separator: "/", omittingEmptySubsequences: false)
        let types: Set<Substring> =
            hook == .patientView
            ? ["Practitioner", "PractitionerRole", "Patient", "RelatedPerson"] : ["Practitioner", "PractitionerRole"]
        guard parts.count == 2, types.contains(parts[0]), isID(parts[1]) else {
            throw CDSError(
                .malformed, place: context.place(of: "userId"),
                detail: "one of \(types.sorted().joined(separator: ", ")), a slash and an id is expected")
        }
    }

    private static func id(_ key: String, in context: CDSElement, isRequired: Bool) throws(CDSError) -> String? {
        let text = try isRequired ? context.requiredText(key, or: .preconditionFailed) : context.text(key)
        guard let text else { return nil }
        guard isID(text) else {
            throw CDSError(
                .malformed, place: context.place(of: key),
                detail: "a FHIR id is expected: 1 to 64 letters, digits, dots and hyphens, without a type before it")
        }
        return text
    }

    private static func orders(
        _ context: CDSElement, hook: CDSHook, patient: PatientReference
    ) throws(CDSError) -> [DraftOrder] {
        guard let bundle = try context.element("draftOrders") else {
            throw CDSError(
                .preconditionFailed, place: context.place(of: "draftOrders"), detail: "the field is required")
        }
        let resources = try BundleResources(bundle)
        let selections = hook == .orderSelect ? try selections(context, resources) : nil
        var orders: [DraftOrder] = []
        for resource in resources.list where try resource.text("resourceType") == "MedicationRequest" {
            try patient.check(resource)
            let status = try resource.text("status")
            guard status != "cancelled", status != "stopped", status != "completed", status != "entered-in-error",
                let concept = try MedicationConcept(of: resource, others: resources.byReference)
            else { continue }
            let reference = "MedicationRequest/\(try resource.requiredText("id"))"
            orders.append(
                DraftOrder(
                    reference: reference, medication: concept, reasons: try reasons(of: resource),
                    isSelected: selections?.contains(reference) ?? true))
        }
        return orders
    }

    private static func selections(
        _ context: CDSElement, _ resources: BundleResources
    ) throws(CDSError) -> Set<String> {
        guard context.object["selections"] != nil else {
            throw CDSError(.preconditionFailed, place: context.place(of: "selections"), detail: "the field is required")
        }
        var selections: Set<String> = []
        for (value, place) in try context.list("selections") {
            guard let text = value.string else {
                throw CDSError(.malformed, place: place, detail: "a text is expected")
            }
            guard resources.byReference[text] != nil else {
                throw CDSError(.malformed, place: place, detail: "no entry of draftOrders has this type and id")
            }
            selections.insert(text)
        }
        return selections
    }

    private static func reasons(of resource: CDSElement) throws(CDSError) -> [String] {
        var concepts: [String] = []
        for reason in try resource.elements("reasonCode") {
            for coding in try reason.elements("coding") where try coding.text("system") == "http://snomed.info/sct" {
                if let code = try coding.text("code") { concepts.append(code) }
            }
        }
        return concepts
    }

    /// FHIR's `id`: 1 to 64 of `[A-Za-z0-9.-]`.
    static func isID(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}

/// The person that a request is about, to see that every resource in it is about the same one.
struct PatientReference {
    let id: String

    /// Throws when `resource` names another Patient as its subject.
    func check(_ resource: CDSElement) throws(CDSError) {
        guard let subject = try resource.element("subject"), let reference = try subject.text("reference") else {
            return
        }
        let parts = reference.split(separator: "/")
        guard parts.count >= 2, parts[parts.count - 2] == "Patient" else { return }
        guard parts[parts.count - 1] == id else {
            throw CDSError(
                .malformed, place: resource.place(of: "subject"), detail: "the resource is about another Patient")
        }
    }
}
