import JSONDocument

@testable import PharmacogenomicsCore

/// A call of a CDS client, for tests.
struct CDSCall {
    let json: JSONValue

    static let codeine = concept(rxnorm: "2670", "codeine")
    static let clopidogrel = concept(rxnorm: "32968", "clopidogrel")
    static let paroxetine = concept(rxnorm: "32937", "paroxetine")
    static let atenolol = concept(rxnorm: "1202", "atenolol")
    static let instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"

    init(
        _ hook: CDSHook, patient: String = "1288992", order: JSONValue? = nil, others: [JSONValue] = [],
        prefetch: JSONValue? = nil
    ) {
        var context: JSONObject = ["userId": "Practitioner/example", "patientId": .string(patient)]
        if hook.hasOrders {
            let orders = (order.map { [$0] } ?? []).map { Self.order($0, id: "103", patient: patient) }
            let more = others.enumerated().map { Self.order($1, id: "other\($0)", patient: patient) }
            context["draftOrders"] = Self.bundle(orders + more)
        }
        if hook == .orderSelect { context["selections"] = ["MedicationRequest/103"] }
        var request: JSONObject = [
            "hook": .string(hook.rawValue), "hookInstance": .string(Self.instance), "context": .object(context),
        ]
        request["prefetch"] = prefetch
        json = .object(request)
    }

    func request() throws -> CDSRequest {
        let hook = json["hook"]?.string
        guard let service = CDSServiceDescription.all.first(where: { $0.hook.rawValue == hook }) else {
            throw CDSError(.unknownService, detail: "no such hook")
        }
        return try CDSRequest(json, service: service)
    }

    static func concept(rxnorm: String, _ text: String) -> JSONValue {
        [
            "coding": [
                [
                    "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": .string(rxnorm),
                    "display": .string(text),
                ]
            ]
        ]
    }

    static func order(
        _ concept: JSONValue, id: String = "103", patient: String, status: String = "draft"
    ) -> JSONValue {
        [
            "resourceType": "MedicationRequest", "id": .string(id), "status": .string(status), "intent": "order",
            "medicationCodeableConcept": concept, "subject": ["reference": .string("Patient/\(patient)")],
        ]
    }

    static func bundle(_ resources: [JSONValue]) -> JSONValue {
        ["resourceType": "Bundle", "type": "collection", "entry": .array(resources.map { ["resource": $0] })]
    }
}
