import Domain
import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("A call is checked as CDS Hooks 2.0 has it, and a refusal says where without repeating a value")
struct CDSRequestTests {
    private static let secret = "patient-4711"

    /// A sound call; `change` spoils it.
    private func call(
        _ hook: CDSHook = .orderSelect, _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> CDSRequest {
        var request = try #require(CDSCall(hook, patient: Self.secret, order: CDSCall.codeine).json.object)
        change(&request)
        let service = try #require(CDSServiceDescription.all.first { $0.hook == hook })
        return try CDSRequest(.object(request), service: service)
    }

    private func context(_ change: @escaping (inout JSONObject) -> Void) -> (inout JSONObject) -> Void {
        { request in
            var context = request["context"]?.object ?? [:]
            change(&context)
            request["context"] = .object(context)
        }
    }

    private func refusal(_ hook: CDSHook = .orderSelect, _ change: (inout JSONObject) -> Void) -> CDSError? {
        do {
            _ = try call(hook, change)
            return nil
        } catch {
            return error as? CDSError
        }
    }

    @Test("A sound call is taken for each hook", arguments: CDSHook.allCases)
    func sound(hook: CDSHook) throws {
        let request = try call(hook)
        #expect(request.hook == hook)
        #expect(request.patientID.reveal() == Self.secret)
        #expect(request.orders.count == (hook.hasOrders ? 1 : 0))
        #expect(request.prefetched.completeness == .absent)
    }

    @Test("What is wrong is named with its place")
    func malformed() {
        let cases: [(CDSHook, CDSError.Code, String, (inout JSONObject) -> Void)] = [
            (.orderSelect, .malformed, "hook", { $0["hook"] = "patient-view" }),
            (.orderSelect, .malformed, "hook", { $0["hook"] = nil }),
            (.orderSelect, .malformed, "hook", { $0["hook"] = "" }),
            (.orderSelect, .malformed, "hookInstance", { $0["hookInstance"] = "4711" }),
            (.orderSelect, .malformed, "hookInstance", { $0["hookInstance"] = nil }),
            (.orderSelect, .malformed, "context", { $0["context"] = [] }),
            (.orderSelect, .preconditionFailed, "context", { $0["context"] = nil }),
            (.orderSelect, .preconditionFailed, "context.userId", context { $0["userId"] = nil }),
            (.orderSelect, .malformed, "context.userId", context { $0["userId"] = "abc" }),
            (.orderSelect, .malformed, "context.userId", context { $0["userId"] = "Patient/1" }),
            (.orderSelect, .preconditionFailed, "context.patientId", context { $0["patientId"] = nil }),
            (.orderSelect, .malformed, "context.patientId", context { $0["patientId"] = "Patient/1" }),
            (.orderSelect, .malformed, "context.patientId", context { $0["patientId"] = 1 }),
            (.orderSelect, .malformed, "context.encounterId", context { $0["encounterId"] = "a b" }),
            (.orderSelect, .preconditionFailed, "context.selections", context { $0["selections"] = nil }),
            (
                .orderSelect, .malformed, "context.selections[0]",
                context { $0["selections"] = ["MedicationRequest/none"] }
            ),
            (.orderSelect, .malformed, "context.selections[0]", context { $0["selections"] = [1] }),
            (.orderSign, .preconditionFailed, "context.draftOrders", context { $0["draftOrders"] = nil }),
            (
                .orderSign, .malformed, "context.draftOrders.resourceType",
                context { $0["draftOrders"] = ["resourceType": "List"] }
            ),
            (
                .orderSign, .malformed, "context.draftOrders.entry[0]",
                context { $0["draftOrders"] = ["resourceType": "Bundle", "entry": [1]] }
            ),
            (
                .orderSign, .malformed, "fhirServer",
                {
                    $0["fhirAuthorization"] = [
                        "access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "s", "subject": "c",
                    ]
                }
            ),
            (.patientView, .malformed, "prefetch", { $0["prefetch"] = [] }),
        ]
        for (hook, code, place, change) in cases {
            let error = refusal(hook, change)
            #expect(error?.code == code, "\(place)")
            #expect(error?.place == place)
            #expect(error?.detail.isEmpty == false)
            #expect(error?.isRetriable == false)
        }
    }

    @Test("An order or a listed medication of another Patient is refused")
    func otherPatient() {
        let order = refusal(
            .orderSign,
            context { context in
                context["draftOrders"] = CDSCall.bundle([CDSCall.order(CDSCall.codeine, patient: "another")])
            })
        #expect(order?.place == "context.draftOrders.entry[0].resource.subject")
        let listed = refusal(.patientView) {
            $0["prefetch"] = [
                "medicationRequests": CDSCall.bundle([CDSCall.order(CDSCall.paroxetine, patient: "another")])
            ]
        }
        #expect(listed?.place == "prefetch.medicationRequests.entry[0].resource.subject")
    }

    @Test("No refusal repeats the patient's id")
    func noPatientInErrors() {
        for error in [
            refusal(.orderSign, context { $0["patientId"] = .string("Patient/\(Self.secret)") }),
            refusal(.orderSign, context { $0["draftOrders"] = .string(Self.secret) }),
            refusal(.orderSelect, context { $0["selections"] = [.string("MedicationRequest/\(Self.secret)")] }),
            refusal(.orderSelect, context { $0["userId"] = .string(Self.secret) }),
        ] {
            #expect(error != nil)
            #expect(error.map { "\($0)" }?.contains(Self.secret) == false)
        }
        let body = Array("{\"hook\": \"\(Self.secret)\", }".utf8)
        #expect {
            _ = try CDSRequest(body: body, service: CDSServiceDescription.all[0])
        } throws: { error in
            "\(error)".contains(Self.secret) == false && (error as? CDSError)?.code == .malformed
        }
    }

    @Test("Only the selected orders are marked, cancelled ones are left out")
    func selections() throws {
        let request = try call(
            .orderSelect,
            context { context in
                context["draftOrders"] = CDSCall.bundle([
                    CDSCall.order(CDSCall.codeine, id: "a", patient: Self.secret),
                    CDSCall.order(CDSCall.paroxetine, id: "b", patient: Self.secret),
                    CDSCall.order(CDSCall.paroxetine, id: "c", patient: Self.secret, status: "cancelled"),
                ])
                context["selections"] = ["MedicationRequest/b"]
            })
        #expect(request.orders.map(\.reference) == ["MedicationRequest/a", "MedicationRequest/b"])
        #expect(request.orders.map(\.isSelected) == [false, true])
    }

    @Test("A drug is found by RxNorm, by ATC, by the display of a product, by a contained Medication, and by text")
    func drugs() throws {
        let dictionary = try ReportingRelease.loaded().drugs
        let concepts: [JSONValue] = [
            ["medicationCodeableConcept": CDSCall.codeine],
            ["medicationCodeableConcept": ["coding": [["system": "http://www.whocc.no/atc", "code": "R05DA04"]]]],
            [
                "medicationCodeableConcept": [
                    "coding": [
                        [
                            "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "997296",
                            "display": "codeine sulfate 30 MG Oral Tablet",
                        ]
                    ]
                ]
            ],
            ["medicationCodeableConcept": ["text": "Codeine 30 mg"]],
            [
                "contained": [["resourceType": "Medication", "id": "m", "code": CDSCall.codeine]],
                "medicationReference": ["reference": "#m"],
            ],
            ["medicationReference": ["reference": "Medication/elsewhere", "display": "codeine tablet"]],
        ]
        for json in concepts {
            let concept = try MedicationConcept(of: CDSElement(json, ""), others: [:])
            #expect(concept?.drugs(in: dictionary).map(\.name) == ["codeine"], "\(json.text())")
        }
        let unknown = try MedicationConcept(
            of: CDSElement(["medicationCodeableConcept": ["text": "snake oil"]], ""), others: [:])
        #expect(unknown?.drugs(in: dictionary) == [])
    }

    @Test("Prefetched lists: active ones alone, null is an answer, a failed or paged query is not the whole")
    func prefetch() throws {
        func prefetched(_ json: JSONValue) throws -> PrefetchedMedications {
            try call(.patientView) { $0["prefetch"] = json }.prefetched
        }
        let active = CDSCall.order(CDSCall.paroxetine, patient: Self.secret, status: "active")
        let stopped = CDSCall.order(CDSCall.codeine, patient: Self.secret, status: "stopped")
        let whole = try prefetched([
            "medicationRequests": CDSCall.bundle([active, stopped]), "medicationStatements": .null,
        ])
        #expect(whole.completeness == .complete)
        #expect(whole.medications.count == 1)
        #expect(try prefetched(["medicationRequests": CDSCall.bundle([active])]).completeness == .partial)
        #expect(
            try prefetched([
                "medicationRequests": ["resourceType": "OperationOutcome"], "medicationStatements": .null,
            ]).completeness == .partial)
        #expect(
            try prefetched([
                "medicationRequests": [
                    "resourceType": "Bundle", "link": [["relation": "next", "url": "https://ehr.example/2"]],
                ], "medicationStatements": .null,
            ]).completeness == .partial)
        #expect(try prefetched(.null).completeness == .absent)
    }
}
