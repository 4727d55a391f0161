import Contracts
import Domain
import JSONDocument

/// One resource on its way to facts: what the mappings of all types share.
struct FHIRResource {
    let element: FHIRElement
    let fullURL: String?
    let references: FHIRReferences
    let context: FeedContext
    let names: any PersonNaming
    /// The resource's id as the sender gave it; empty when it gave none.
    let id: String

    init(
        element: FHIRElement, fullURL: String?, references: FHIRReferences, context: FeedContext,
        names: any PersonNaming
    ) throws(FeedRejection) {
        self.element = element
        self.fullURL = fullURL
        self.references = references
        self.context = context
        self.names = names
        id = try element.string("id") ?? ""
        guard id.isEmpty || FHIRReferences.isID(id[...]) else {
            throw element.rejection("invalid-id", "id", "must be 1 to 64 of [A-Za-z0-9.-]")
        }
        guard !element.has("implicitRules") else {
            throw element.rejection(
                "implicit-rules", "implicitRules", "resources under implicit rules are not understood")
        }
    }

    /// The pseudonym of the person whom the member `name` refers to.
    func subject(_ name: String) throws -> PatientPseudonym {
        guard let reference = try element.element(name) else {
            throw element.rejection("subject-missing", name, "must refer to a Patient")
        }
        switch try references.target(of: reference, in: element.object) {
        case .patient(let person): return try pseudonym(of: person)
        case .resource, .other:
            throw FHIRFailure.ignored(element.rejection("subject-not-a-patient", name, "facts are about patients only"))
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

    /// An opaque name of this resource; empty when it has no id.
    func opaqueID(_ type: String) throws -> String {
        guard !id.isEmpty else { return "" }
        return try opaqueName(of: "\(type)/\(id)")
    }

    /// An opaque name of another record or device of the same source.
    func opaqueName(of record: String) throws -> String {
        do {
            return try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: record)))
        } catch {
            throw element.rejection("pseudonym-failed", nil, "the record's name could not be computed; send it again")
        }
    }

    /// Throws unless `time` is plausible; `name` is where it stood.
    func check(_ time: Timestamp?, _ name: String) throws(FeedRejection) {
        guard let time else { return }
        try PlausibleTime.check(time, receivedAt: context.receivedAt, place: element.place.member(name).description)
    }

    /// The start and end of the Period `name`; nil when it is absent. An open start takes the end.
    func period(_ name: String) throws(FeedRejection) -> (start: Timestamp, end: Timestamp?)? {
        guard let period = try element.element(name) else { return nil }
        let start = try period.dateTime("start")
        let end = try period.dateTime("end")
        guard let first = start ?? end else {
            throw element.rejection("period-empty", name, "must have a start or an end")
        }
        if let end, end < first {
            // A partial end (`2019-03`) names a period that may hold the start.
            guard period.object["end"]?.string?.utf8.count ?? 0 < 20 else {
                throw element.rejection("period-reversed", name, "must not end before it starts")
            }
            return (first, nil)
        }
        return (first, start == nil ? nil : end)
    }
}
