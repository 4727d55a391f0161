import Contracts
import Domain
import JSONDocument

/// What the resources of one report have in common: the person, the time, and names that are a function of the content.
struct GenomicsResources {
    let subject: PatientPseudonym
    let time: Timestamp
    let status: String

    /// The code system of the fleet's pseudonyms.
    static let pseudonymSystem = "urn:vitalstream:pseudonym"

    /// The id of the resource `parts`; the same in every report about the person.
    func id(_ profile: String, _ parts: String...) -> EventID {
        EventID.hashing("pharmacogenomics-fhir", [subject.rawValue, profile] + parts)
    }

    /// The person, by the pseudonym alone.
    var person: JSONValue {
        [
            "type": "Patient",
            "identifier": ["system": .string(Self.pseudonymSystem), "value": .string(subject.rawValue)],
        ]
    }

    /// An Observation by a profile of the guide.
    func observation(_ profile: GenomicsProfile, id: EventID, code: GenomicsCode) -> JSONObject {
        [
            "resourceType": "Observation", "id": .string(id.description),
            "meta": ["profile": [.string(profile.url)]], "status": .string(status),
            "category": [GenomicsCode.laboratory.concept, GenomicsCode.genetics.concept],
            "code": code.concept, "subject": person, "effectiveDateTime": .string(time.iso8601),
            "issued": .string(time.iso8601),
        ]
    }

    /// An entry of the Bundle.
    static func entry(_ resource: JSONObject, id: EventID) -> JSONValue {
        ["fullUrl": .string("urn:uuid:\(id)"), "resource": .object(resource)]
    }

    /// A reference to another entry.
    static func reference(_ id: EventID, display: String? = nil) -> JSONValue {
        var reference: JSONObject = ["reference": .string("urn:uuid:\(id)")]
        reference.set("display", display)
        return .object(reference)
    }

    /// A component with a coded value.
    static func component(_ code: GenomicsCode, _ value: GenomicsCode) -> JSONValue {
        ["code": code.concept, "valueCodeableConcept": value.concept]
    }

    /// A component whose value has codes and a text.
    static func component(_ code: GenomicsCode, codes: [GenomicsCode], text: String) -> JSONValue {
        var concept = JSONObject()
        concept.set("coding", codes.map(\.json))
        concept.set("text", text)
        return ["code": code.concept, "valueCodeableConcept": .object(concept)]
    }

    /// A component with a text.
    static func component(_ code: GenomicsCode, string: String) -> JSONValue {
        ["code": code.concept, "valueString": .string(string)]
    }
}
