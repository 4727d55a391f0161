import Contracts
import Domain
import JSONDocument

/// One resource on its way to facts: what the mappings of all types share.
struct FHIRResource {
    /// The facts of a resource, and why parts of it gave none.
    struct Mapped {
        var facts: [Fact] = []
        var notes: [FeedRejection] = []
    }

    /// Identifiers of one resource that are claimed.
    private static let claimLimit = 64

    let element: FHIRElement
    let type: String
    let fullURL: String?
    /// What the resource is created or updated by, when not by its id.
    let criteria: FHIRCriteria?
    let references: FHIRReferences
    let context: FeedContext
    let names: any PersonNaming
    /// The resource's id as the sender gave it; empty when it gave none.
    let id: String
    /// An opaque name of this resource; empty when it has no id.
    let name: String

    init(
        element: FHIRElement, type: String, fullURL: String?, criteria: FHIRCriteria?, references: FHIRReferences,
        context: FeedContext, names: any PersonNaming
    ) throws {
        self.element = element
        self.type = type
        self.fullURL = fullURL
        self.criteria = criteria
        self.references = references
        self.context = context
        self.names = names
        guard !type.isEmpty else {
            throw element.rejection("missing-element", "resourceType", "is required and must be a string")
        }
        id = try element.string("id") ?? ""
        guard id.isEmpty || FHIRReferences.isID(id[...]) else {
            throw element.rejection("invalid-id", "id", "must be 1 to 64 of [A-Za-z0-9.-]")
        }
        guard !element.has("implicitRules") else {
            throw element.rejection(
                "implicit-rules", "implicitRules", "resources under implicit rules are not understood")
        }
        name = id.isEmpty ? "" : try Self.opaqueName(of: "\(type)/\(id)", context, names, element)
    }

    /// The facts, by the type's own mapping.
    func facts() throws -> Mapped {
        switch type {
        case "Observation": try observations()
        case "Patient": Mapped(facts: [try patient()])
        case "Condition": Mapped(facts: [try condition()])
        case "MedicationRequest": Mapped(facts: [try medicationRequest()])
        case "MedicationStatement": Mapped(facts: [try medicationStatement()])
        case "MedicationAdministration": Mapped(facts: [try medicationAdministration()])
        case "AllergyIntolerance": Mapped(facts: [try allergy()])
        case "Encounter": Mapped(facts: [try encounter()])
        case "Procedure": Mapped(facts: [try procedure()])
        case "Immunization": Mapped(facts: [try immunization()])
        case "DiagnosticReport": Mapped(facts: [try report()])
        case "QuestionnaireResponse": try answers()
        case "MolecularSequence": try sequence()
        case "Consent": try consent()
        default:
            throw element.unmapped("unsupported-resource", nil, "resources of this type are not mapped to facts")
        }
    }

    /// What `request` asks for this resource; nil when nobody asks anything.
    func interaction(of request: FHIREntryRequest?, isAtomic: Bool) throws -> FHIRInteraction? {
        var claims: [String] = name.isEmpty ? [] : [name]
        for key in FHIRReferences.identifierKeys(of: element.object, type: type).prefix(Self.claimLimit) {
            claims.append(try opaqueName(of: key))
        }
        guard let request else {
            return claims.isEmpty ? nil : FHIRInteraction(kind: .create, claims: claims, isAtomic: isAtomic)
        }
        var condition: String?
        var recordID: EventID?
        if let criteria = request.criteria {
            let claim = try opaqueName(of: criteria.key)
            if !claims.contains(claim) { claims.append(claim) }
            if request.mustBeNew {
                condition = claim
                recordID = EventID.hashing("ingested.conditional", context.source, claim)
            }
        } else if request.mustBeNew {
            condition = name
            recordID = EventID.hashing("ingested.conditional", context.source, name)
        }
        return FHIRInteraction(
            kind: request.kind, claims: claims, condition: condition, recordID: recordID, isAtomic: isAtomic)
    }

    // MARK: - People and names

    /// The pseudonym of the person whom the member `name` refers to.
    func subject(_ name: String) throws -> PatientPseudonym {
        guard let reference = try element.element(name) else {
            throw element.unmapped("subject-missing", name, "no fact without the Patient whom it is about")
        }
        switch try references.target(of: reference, in: element.object) {
        case .patient(let person): return try pseudonym(of: person)
        case .resource, .other:
            throw element.unmapped("subject-not-a-patient", name, "facts are about patients only")
        }
    }

    /// The pseudonym of `person`.
    func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        do {
            return try names.pseudonym(of: person)
        } catch {
            throw element.rejection("pseudonym-failed", nil, "the pseudonym could not be computed; send it again")
        }
    }

    /// An opaque name of another record or device of the same source, or of an identifier.
    func opaqueName(of record: String) throws -> String { try Self.opaqueName(of: record, context, names, element) }

    private static func opaqueName(
        of record: String, _ context: FeedContext, _ names: any PersonNaming, _ element: FHIRElement
    ) throws -> String {
        do {
            return try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: record)))
        } catch {
            throw element.rejection("pseudonym-failed", nil, "the record's name could not be computed; send it again")
        }
    }

    // MARK: - Times

    /// The span of the dateTime `name`; nil when it is absent. A partial date is the period that it names.
    func span(_ name: String) throws(FeedRejection) -> FHIRTimeSpan? {
        try element.interval(name).map { FHIRTimeSpan($0) }
    }

    /// The span of the Period `name`; nil when it is absent or names neither start nor end. An open start takes the end.
    func period(_ name: String) throws(FeedRejection) -> FHIRTimeSpan? {
        guard let period = try element.element(name) else { return nil }
        let start = try period.interval("start")
        let end = try period.interval("end")
        guard let start else { return end.map { FHIRTimeSpan($0) } }
        guard let end else { return FHIRTimeSpan(start: start.start, end: nil) }
        // A partial end (`2019-03`) names a period: it lies after the start as long as any of it does.
        guard end.end >= start.start else {
            throw element.rejection("period-reversed", name, "must not end before it starts")
        }
        return FHIRTimeSpan(start: start.start, end: end.end)
    }

    /// The span of the choice `prefix[x]` when it is a dateTime or a Period; nil for an age, a range, a text or none.
    func choiceSpan(_ prefix: String) throws(FeedRejection) -> FHIRTimeSpan? {
        switch try element.choice(prefix) {
        case "\(prefix)DateTime"?: try span("\(prefix)DateTime")
        case "\(prefix)Period"?: try period("\(prefix)Period")
        default: nil
        }
    }

    // MARK: - Identity

    /// The identity of a fact: its kind and every field that it tells.
    func identity(_ kind: String, _ patient: PatientPseudonym, _ content: [String]) -> EventID {
        FactIdentity.fact(kind, source: context.source, patient: patient, record: id, content)
    }

    /// A time as a part of an identity.
    static func text(_ time: Timestamp?) -> String { time.map { String($0.microseconds) } ?? "" }
}

extension FHIRElement {
    /// The Quantity `name` as a dose: its number, and its unit as a UCUM code or as sent. Nil when it has no number.
    func dose(_ name: String) throws(FeedRejection) -> (quantity: Double, unit: String)? {
        guard let quantity = try element(name), let number = try quantity.decimal("value"), let value = number.double
        else { return nil }
        // A bound is no dose.
        guard try quantity.string("comparator") == nil else { return nil }
        let code = try quantity.code("code")
        let unit = try quantity.boundedString("unit")
        let isUCUM = try quantity.string("system") == UCUM.system
        return (value, isUCUM ? code ?? unit ?? "" : unit ?? code ?? "")
    }
}
