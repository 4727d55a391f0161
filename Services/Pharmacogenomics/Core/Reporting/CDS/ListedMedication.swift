public import Domain
import JSONDocument

/// A medication that the client's record lists as taken.
public struct ListedMedication: Sendable, Equatable {
    /// What is taken.
    public let medication: MedicationConcept
    /// Since when, where the record says it.
    public let startedAt: Timestamp?

    /// The exposures that it stands for: one for each known drug; none for what acts where it is put.
    public func exposures(in dictionary: DrugDictionary) -> [MedicationExposure] {
        guard !medication.isLocal else { return [] }
        return medication.drugs(in: dictionary).map { MedicationExposure(drug: $0.name, startedAt: startedAt) }
    }
}

/// What the prefetched queries brought.
public struct PrefetchedMedications: Sendable, Equatable {
    /// How far the client's list can be relied on.
    public enum Completeness: String, Sendable, Hashable {
        /// Both queries were answered in full.
        case complete
        /// A query was left out, failed, or its answer goes on at the client's server.
        case partial
        /// Neither query was answered.
        case absent
    }

    /// The active medications.
    public let medications: [ListedMedication]
    /// How far they are all.
    public let completeness: Completeness

    /// The medications of `prefetch`, which belong to the person of `patientID`.
    init(_ prefetch: CDSElement?, patientID: PatientReference) throws(CDSError) {
        var medications: [ListedMedication] = []
        var answered = 0
        var isWhole = true
        for key in [CDSServiceDescription.requestsKey, CDSServiceDescription.statementsKey] {
            guard let prefetch, let value = prefetch.object[key] else {
                isWhole = false
                continue
            }
            // null: the client has no data for the query.
            if case .null = value {
                answered += 1
                continue
            }
            let answer = try CDSElement(value, prefetch.place(of: key))
            guard try answer.text("resourceType") == "Bundle" else {
                // An OperationOutcome says that the query failed.
                isWhole = false
                continue
            }
            answered += 1
            for link in try answer.elements("link") where try link.text("relation") == "next" { isWhole = false }
            medications += try Self.medications(of: answer, patientID: patientID)
        }
        self.medications = medications
        completeness = answered == 0 ? .absent : isWhole ? .complete : .partial
    }

    private static func medications(
        of bundle: CDSElement, patientID: PatientReference
    ) throws(CDSError) -> [ListedMedication] {
        let resources = try BundleResources(bundle)
        var medications: [ListedMedication] = []
        for resource in resources.list {
            let type = try resource.text("resourceType")
            guard type == "MedicationRequest" || type == "MedicationStatement" else { continue }
            try patientID.check(resource)
            guard try resource.text("status") == "active",
                let concept = try MedicationConcept(of: resource, others: resources.byReference)
            else { continue }
            medications.append(ListedMedication(medication: concept, startedAt: try start(of: resource)))
        }
        return medications
    }

    /// A prescription's day of writing, or the start of what a statement tells; nil when it is no full date.
    private static func start(of resource: CDSElement) throws(CDSError) -> Timestamp? {
        var text = try resource.text("authoredOn")
        if text == nil { text = try resource.text("effectiveDateTime") }
        if text == nil { text = try resource.element("effectivePeriod")?.text("start") }
        guard let text else { return nil }
        return Timestamp(iso8601: text) ?? Timestamp(iso8601Date: text)
    }
}

/// The resources of a Bundle with their places.
struct BundleResources {
    let list: [CDSElement]
    /// By `Type/id` and by full URL.
    let byReference: [String: CDSElement]

    init(_ bundle: CDSElement) throws(CDSError) {
        guard try bundle.text("resourceType") == "Bundle" else {
            throw CDSError(
                .malformed, place: bundle.place(of: "resourceType"), detail: "a resource of type Bundle is expected")
        }
        var list: [CDSElement] = []
        var byReference: [String: CDSElement] = [:]
        for entry in try bundle.elements("entry") {
            guard let resource = try entry.element("resource") else { continue }
            list.append(resource)
            if let type = try resource.text("resourceType"), let id = try resource.text("id") {
                byReference["\(type)/\(id)"] = resource
            }
            if let url = try entry.text("fullUrl") { byReference[url] = resource }
        }
        self.list = list
        self.byReference = byReference
    }
}
