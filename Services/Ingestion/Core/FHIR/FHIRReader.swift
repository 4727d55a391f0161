import Contracts
import Domain
import JSONDocument

/// Reads FHIR R4: a Bundle of any type entry by entry, or one resource.
struct FHIRReader {
    let context: FeedContext
    let names: any PersonNaming

    func outcomes(of value: JSONValue) -> [FactOutcome] {
        guard case .object(let object) = value, let type = object["resourceType"]?.string else {
            let reason = FeedRejection(
                code: "not-a-resource", place: "$", detail: "must be an object with a resourceType, in FHIR R4 JSON")
            return [FactOutcome(index: 0, place: "$", type: "", verdict: .rejected(reason), source: PHI(value))]
        }
        guard type == "Bundle" else {
            let references = FHIRReferences(context: context)
            return [outcome(of: object, fullURL: nil, index: 0, place: FHIRPlace(root: Self.shown(type)), references)]
        }
        return outcomes(ofBundle: object)
    }

    private func outcomes(ofBundle bundle: JSONObject) -> [FactOutcome] {
        let element = FHIRElement(object: bundle, place: FHIRPlace(root: "Bundle"))
        let entries: [FHIRElement]
        do throws(FeedRejection) {
            guard try element.code("type", in: FHIRBundleType.self) != nil else {
                throw element.rejection("missing-element", "type", "is required")
            }
            entries = try element.elements("entry")
        } catch {
            return [
                FactOutcome(
                    index: 0, place: "Bundle", type: "Bundle", verdict: .rejected(error), source: PHI(.object(bundle)))
            ]
        }
        let references = FHIRReferences(context: context, bundle: bundle)
        return entries.enumerated().map { index, entry in outcome(ofEntry: entry, index: index, references) }
    }

    private func outcome(ofEntry entry: FHIRElement, index: Int, _ references: FHIRReferences) -> FactOutcome {
        let place = entry.place.member("resource")
        func outcome(_ verdict: FactOutcome.Verdict) -> FactOutcome {
            FactOutcome(
                index: index, place: place.description, type: "", verdict: verdict, source: PHI(.object(entry.object)))
        }
        do {
            let fullURL = try entry.string("fullUrl")
            guard let resource = try entry.element("resource") else {
                return outcome(.ignored(entry.rejection("no-resource", "resource", "the entry has no resource")))
            }
            return self.outcome(of: resource.object, fullURL: fullURL, index: index, place: place, references)
        } catch {
            return outcome(.rejected(error))
        }
    }

    private func outcome(
        of resource: JSONObject, fullURL: String?, index: Int, place: FHIRPlace, _ references: FHIRReferences
    ) -> FactOutcome {
        let element = FHIRElement(object: resource, place: place)
        let type = resource["resourceType"]?.string ?? ""
        let verdict: FactOutcome.Verdict
        do {
            let facts = try FHIRResource(
                element: element, fullURL: fullURL, references: references, context: context, names: names)
            switch type {
            case "Observation": verdict = .facts(try facts.observations())
            case "Patient": verdict = .facts([try facts.patient()])
            case "Condition": verdict = .facts([try facts.condition()])
            case "MedicationRequest": verdict = .facts([try facts.medicationRequest()])
            case "": throw element.rejection("missing-element", "resourceType", "is required and must be a string")
            default:
                verdict = .ignored(
                    element.rejection("unsupported-resource", nil, "resources of this type are not mapped to facts"))
            }
        } catch let failure as FHIRFailure {
            switch failure {
            case .rejected(let reason): verdict = .rejected(reason)
            case .ignored(let reason): verdict = .ignored(reason)
            }
        } catch {
            verdict = .rejected(error as? FeedRejection ?? element.rejection("internal", nil, "could not be read"))
        }
        return FactOutcome(
            index: index, place: place.description, type: Self.shown(type), verdict: verdict,
            source: PHI(.object(resource)))
    }

    /// A resource type as it may be shown: letters only, else nothing, for the sender could have put anything there.
    private static func shown(_ type: String) -> String {
        let isPlain = type.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
        return isPlain && type.utf8.count <= 64 ? type : "?"
    }
}

/// The bundle types of FHIR R4.
enum FHIRBundleType: String {
    case document, message, transaction, batch, history, searchset, collection
    case transactionResponse = "transaction-response"
    case batchResponse = "batch-response"
}

/// Why a resource gave no facts.
enum FHIRFailure: Error {
    case rejected(FeedRejection)
    /// It is legal FHIR and says nothing that the fleet's events can tell.
    case ignored(FeedRejection)
}
