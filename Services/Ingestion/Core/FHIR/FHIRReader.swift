import Contracts
import Domain
import JSONDocument

/// Reads FHIR R4: a Bundle of any type, or one resource. A `transaction` is taken as a whole or not at all, every other Bundle entry by entry.
struct FHIRReader {
    let context: FeedContext
    let names: any PersonNaming

    func outcomes(of value: JSONValue) -> [FactOutcome] {
        guard case .object(let object) = value, let type = object["resourceType"]?.string else {
            return [Self.notAResource(value, index: 0, place: "$")]
        }
        guard type == "Bundle" else {
            let element = FHIRElement(object: object, place: FHIRPlace(root: Self.shown(type)))
            return [checked(element, .object(object), type: type, index: 0, FHIRReferences(context: context))]
        }
        return outcomes(ofBundle: object)
    }

    /// One outcome for each of `resources`, which stood at the places given; references among them are resolved by type and id.
    func outcomes(ofResources resources: [(value: JSONValue, place: String)]) -> [FactOutcome] {
        let references = FHIRReferences(
            context: context,
            resources: resources.compactMap { if case .object(let object) = $0.value { object } else { nil } })
        return resources.enumerated().map { index, resource in
            guard case .object(let object) = resource.value, let type = object["resourceType"]?.string else {
                return Self.notAResource(resource.value, index: index, place: resource.place)
            }
            let element = FHIRElement(object: object, place: FHIRPlace(root: resource.place))
            guard type != "Bundle" else {
                return FactOutcome(
                    index: index, place: resource.place, type: type,
                    verdict: .rejected(
                        element.rejection("bundle-in-lines", nil, "send one resource a line, and a Bundle by itself")),
                    source: PHI(resource.value))
            }
            return checked(element, resource.value, type: type, index: index, references)
        }
    }

    /// The outcome of one resource outside a Bundle.
    private func checked(
        _ element: FHIRElement, _ value: JSONValue, type: String, index: Int, _ references: FHIRReferences
    ) -> FactOutcome {
        guard let reason = FHIRStructure.rejection(of: value, type: type, place: element.place, context) else {
            return outcome(of: element, index: index, references)
        }
        return FactOutcome(
            index: index, place: element.place.description, type: Self.shown(type), verdict: .rejected(reason),
            source: PHI(value))
    }

    private static func notAResource(_ value: JSONValue, index: Int, place: String) -> FactOutcome {
        let reason = FeedRejection(
            code: "not-a-resource", place: place, detail: "must be an object with a resourceType, in FHIR R4 JSON")
        return FactOutcome(index: index, place: place, type: "", verdict: .rejected(reason), source: PHI(value))
    }

    // MARK: - Bundles

    private func outcomes(ofBundle bundle: JSONObject) -> [FactOutcome] {
        let element = FHIRElement(object: bundle, place: FHIRPlace(root: "Bundle"))
        let type: FHIRBundleType
        let entries: [FHIREntry]
        let structure: FHIRStructure
        do throws(FeedRejection) {
            guard let given = try element.code("type", in: FHIRBundleType.self) else {
                throw element.rejection("missing-element", "type", "is required")
            }
            type = given
            structure = FHIRStructure(ofBundle: .object(bundle), hasRequests: given.hasRequests, context)
            entries = try element.elements("entry").map {
                FHIREntry($0, in: given, serverBase: context.serverBase)
            }
            if entries.isEmpty, let reason = structure.whole { throw reason }
        } catch {
            return [
                FactOutcome(
                    index: 0, place: "Bundle", type: "Bundle", verdict: .rejected(error), source: PHI(.object(bundle)))
            ]
        }
        let references = FHIRReferences(context: context, entries: entries)
        let uniqueness = FHIRUniqueness(of: entries, in: type)
        let outcomes = entries.enumerated().map { index, entry in
            let fault =
                structure.whole ?? structure.rejection(ofEntry: index) ?? entry.failure
                ?? uniqueness.rejection(of: index)
            return outcome(of: entry, fault: fault, index: index, isAtomic: type == .transaction, references)
        }
        guard type == .transaction else { return outcomes }
        return FHIRTransaction(entries: entries, references: references).settled(outcomes)
    }

    private func outcome(
        of entry: FHIREntry, fault: FeedRejection?, index: Int, isAtomic: Bool, _ references: FHIRReferences
    ) -> FactOutcome {
        func outcome(_ verdict: FactOutcome.Verdict) -> FactOutcome {
            FactOutcome(
                index: index, place: entry.element.place.member("resource").description, type: Self.shown(entry.type),
                verdict: verdict, source: PHI(.object(entry.resource?.object ?? entry.element.object)))
        }
        if let fault { return outcome(.rejected(fault)) }
        guard let resource = entry.resource else {
            return outcome(
                .archived(entry.element.rejection("no-resource", "resource", "the entry has no resource")))
        }
        return self.outcome(
            of: resource, fullURL: entry.fullURL, request: entry.request, isAtomic: isAtomic, index: index, references)
    }

    // MARK: - Resources

    private func outcome(
        of element: FHIRElement, fullURL: String? = nil, request: FHIREntryRequest? = nil, isAtomic: Bool = false,
        index: Int, _ references: FHIRReferences
    ) -> FactOutcome {
        let type = element.object["resourceType"]?.string ?? ""
        var verdict: FactOutcome.Verdict
        var notes: [FeedRejection] = []
        var interaction: FHIRInteraction?
        do {
            let resource = try FHIRResource(
                element: element, type: type, fullURL: fullURL, criteria: request?.criteria, references: references,
                context: context, names: names)
            // What is asked for a resource does not depend on whether facts are made of it.
            interaction = try resource.interaction(of: request, isAtomic: isAtomic)
            let mapped = try resource.facts()
            verdict = .facts(mapped.facts)
            notes = mapped.notes
        } catch let failure as FHIRFailure {
            switch failure {
            case .archived(let reason): verdict = .archived(reason)
            }
        } catch {
            verdict = .rejected(error as? FeedRejection ?? element.rejection("internal", nil, "could not be read"))
            interaction = nil
        }
        return FactOutcome(
            index: index, place: element.place.description, type: Self.shown(type), verdict: verdict, notes: notes,
            interaction: interaction, source: PHI(.object(element.object)))
    }

    /// A resource type as it may be shown: letters only, else nothing, for the sender could have put anything there.
    private static func shown(_ type: String) -> String {
        type.isEmpty || FHIRReferences.isType(type) ? type : "?"
    }
}

/// Why a resource gave no facts although it is legal FHIR.
enum FHIRFailure: Error {
    /// It says nothing that the fleet's events can tell.
    case archived(FeedRejection)
}
