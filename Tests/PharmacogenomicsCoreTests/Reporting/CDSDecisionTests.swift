import Domain
import FHIR
import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("Cards say what is to be known at the order, and nothing else")
struct CDSDecisionTests {
    private let knowledge: KnowledgeBase
    private let evaluation: PatientEvaluation

    init() throws {
        knowledge = try ReportingRelease.loaded()
        evaluation = PatientEvaluation(knowledge: knowledge)
    }

    private func cards(_ call: CDSCall, _ patient: EvaluatedPatient?) throws -> [CDSCard] {
        try CDSDecision(knowledge: knowledge, evaluation: evaluation)
            .cards(for: call.request(), patient: patient, at: ReportingRelease.time)
    }

    private func patient(
        _ outside: [OutsideCall] = [], genotypes: SampleGenotypes? = nil, taking drugs: [String] = []
    ) -> EvaluatedPatient {
        ReportingRelease.patient(
            knowledge, outside: outside, genotypes: genotypes,
            medications: drugs.map { MedicationExposure(drug: $0) })
    }

    @Test("Codeine for a poor metabolizer of CYP2D6 is critical", arguments: [CDSHook.orderSelect, .orderSign])
    func codeine(hook: CDSHook) throws {
        let cards = try self.cards(CDSCall(hook, order: CDSCall.codeine), patient([ReportingRelease.poorCYP2D6]))
        let card = try #require(cards.first)
        #expect(cards.count == 1)
        #expect(card.indicator == .critical)
        #expect(card.summary == "codeine: avoid (CYP2D6 Poor Metabolizer; CPIC, strong)")
        #expect(card.source.label == "CPIC guidelines")
        #expect(card.detail.contains("CYP2D6 \\*4/\\*4: Poor Metabolizer, activity score 0"))
        let row = "| CPIC 2021 | general | Avoid. Consider another drug: opioid independent of CYP2D6. | strong |"
        #expect(card.detail.contains(row))
        #expect(card.detail.contains("not medical advice"))
        #expect(card.links.map(\.url) == ["https://pubmed.ncbi.nlm.nih.gov/33387367/"])
        #expect(card.overrideReasons.count == OverrideReason.allCases.count)
        #expect(card.suggestions.map(\.label) == ["Remove the order of codeine"])
        #expect(
            card.suggestions.first?.actions
                == [.delete("MedicationRequest/103", description: "Remove the order of codeine")])
    }

    @Test("Two orders of one drug have a card each of its own identity; that its gene is unknown is said once")
    func sameDrugTwice() throws {
        let call = CDSCall(.orderSign, order: CDSCall.codeine, others: [CDSCall.codeine])
        let cards = try self.cards(call, patient([ReportingRelease.poorCYP2D6]))
        #expect(Set(cards.map(\.id)).count == 2)
        #expect(
            cards.flatMap(\.suggestions).map(\.actions) == [
                [.delete("MedicationRequest/103", description: "Remove the order of codeine")],
                [.delete("MedicationRequest/other0", description: "Remove the order of codeine")],
            ])
        #expect(Set(cards.flatMap(\.suggestions).map(\.id)).count == 2)
        #expect(try self.cards(call, patient()).count == 1)
    }

    @Test("Clopidogrel for CYP2C19 *2/*2 is critical, and offers the settled options of its one indication")
    func clopidogrel() throws {
        let person = patient(
            genotypes: ReportingRelease.cyp2c19(
                knowledge, ReportingRelease.reference, ReportingRelease.homozygous))
        let cards = try self.cards(CDSCall(.orderSign, order: CDSCall.clopidogrel), person)
        let card = try #require(cards.first)
        #expect(card.indicator == .critical)
        #expect(card.summary == "clopidogrel: avoid (CYP2C19 Poor Metabolizer; CPIC, strong)")
        #expect(
            card.suggestions.map(\.label) == [
                "Replace clopidogrel by prasugrel", "Replace clopidogrel by ticagrelor",
                "Remove the order of clopidogrel",
            ])
        #expect(card.suggestions.map(\.isRecommended) == [true, false, false])
        guard case .create(let draft, _)? = card.suggestions.first?.actions.last else {
            Issue.record("the replacement creates no order")
            return
        }
        #expect(draft["status"]?.string == "draft")
        #expect(draft["medicationCodeableConcept"]?["coding"]?[0]?["code"]?.string == "613391")
        #expect(draft["subject"]?["reference"]?.string == "Patient/1288992")
        #expect(FHIRValidator().validate(draft).filter { $0.severity == .error }.map(\.description) == [])
    }

    @Test("Without a genotype an actionable drug gives an info card that names the test, and a draft request for it")
    func unknown() throws {
        for person in [nil, patient()] {
            let cards = try self.cards(CDSCall(.orderSelect, order: CDSCall.codeine), person)
            let card = try #require(cards.first)
            #expect(cards.count == 1)
            #expect(card.indicator == .info)
            #expect(card.summary.hasPrefix("codeine: no result of CYP2D6; "))
            #expect(card.summary.contains("CYP2D6"))
            #expect(card.overrideReasons == [])
            guard case .create(let draft, _)? = card.suggestions.first?.actions.first else {
                Issue.record("no test is offered")
                return
            }
            #expect(draft["resourceType"]?.string == "ServiceRequest")
            #expect(FHIRValidator().validate(draft).filter { $0.severity == .error }.map(\.description) == [])
        }
    }

    @Test("Nothing is said of a drug that no guideline knows, of an unknown drug, and of usual dosing")
    func silence() throws {
        let normal = patient([ReportingRelease.normalCYP2D6])
        #expect(try cards(CDSCall(.orderSign, order: CDSCall.atenolol), normal) == [])
        #expect(try cards(CDSCall(.orderSign, order: ["text": "snake oil"]), normal) == [])
        #expect(try cards(CDSCall(.orderSign, order: CDSCall.codeine), normal) == [])
        #expect(try cards(CDSCall(.orderSign), normal) == [])
        #expect(try cards(CDSCall(.patientView), normal) == [])
        #expect(CDSCard.response([]).text() == #"{"cards":[]}"#)
    }

    @Test("Paroxetine that the client alone knows makes codeine critical for a normal metabolizer")
    func phenoconversion() throws {
        let paroxetine = CDSCall.order(CDSCall.paroxetine, id: "p", patient: "1288992", status: "active")
        let call = CDSCall(
            .orderSelect, order: CDSCall.codeine,
            prefetch: ["medicationRequests": CDSCall.bundle([paroxetine]), "medicationStatements": .null])
        let card = try #require(try self.cards(call, patient([ReportingRelease.normalCYP2D6])).first)
        #expect(card.indicator == .critical)
        #expect(card.summary.contains("with paroxetine"))
        #expect(card.detail.contains("CYP2D6 \\*1/\\*1: Normal Metabolizer"))
        #expect(card.detail.contains("with paroxetine (strong inhibitor) like Poor Metabolizer"))
        #expect(!card.detail.contains("medication list that came"))
    }

    @Test("Ordering paroxetine warns of the codeine that is taken already")
    func interaction() throws {
        let person = patient([ReportingRelease.normalCYP2D6], taking: ["codeine"])
        let cards = try self.cards(CDSCall(.orderSelect, order: CDSCall.paroxetine), person)
        let card = try #require(cards.first)
        #expect(cards.count == 1)
        #expect(card.indicator == .critical)
        #expect(card.summary == "codeine, taken now: avoid, with paroxetine (CYP2D6; CPIC, strong)")
        // Somebody to whom it makes no difference is not told.
        let poor = patient([ReportingRelease.poorCYP2D6], taking: ["codeine"])
        #expect(try self.cards(CDSCall(.orderSelect, order: CDSCall.paroxetine), poor) == [])
    }

    @Test("Opening the record shows what is taken against advice, once per drug")
    func patientView() throws {
        let person = patient([ReportingRelease.poorCYP2D6], taking: ["codeine", "atenolol"])
        let cards = try self.cards(CDSCall(.patientView), person)
        #expect(cards.map(\.indicator) == [.critical])
        #expect(cards.first?.suggestions == [])
        #expect(cards.first?.detail.contains("no medication list came with the call") == true)
    }

    @Test("A selected order gives cards, the others of the session do not")
    func selectionOnly() throws {
        let call = CDSCall(.orderSelect, order: CDSCall.atenolol, others: [CDSCall.codeine])
        #expect(try cards(call, patient([ReportingRelease.poorCYP2D6])) == [])
        let sign = CDSCall(.orderSign, order: CDSCall.atenolol, others: [CDSCall.codeine])
        #expect(try cards(sign, patient([ReportingRelease.poorCYP2D6])).count == 1)
    }

    @Test("An unsettled genotype warns, says how the candidates differ and what would settle it")
    func unsettled() throws {
        // *1/*2 or *2/*17, or *1/*1...: the position of *2 is missing, *17 is not there.
        let person = patient(
            genotypes: ReportingRelease.cyp2c19(knowledge, ReportingRelease.reference, SiteCall()))
        let card = try #require(try self.cards(CDSCall(.orderSign, order: CDSCall.clopidogrel), person).first)
        #expect(card.indicator == .warning)
        #expect(card.summary == "clopidogrel: possibly avoid (CYP2C19 not settled; CPIC, strong)")
        #expect(card.detail.contains("**What would settle it**"))
        #expect(card.detail.contains("rs4244285"))
        #expect(card.suggestions == [])
    }

    @Test("Every card keeps to the form: short summary, required fields, nothing empty, ids of UUID form")
    func form() throws {
        let person = patient([ReportingRelease.poorCYP2D6], taking: ["codeine"])
        for hook in CDSHook.allCases {
            let cards = try self.cards(
                CDSCall(hook, order: CDSCall.codeine, others: [CDSCall.clopidogrel]), person)
            #expect(!cards.isEmpty)
            for card in cards {
                #expect((1..<140).contains(card.summary.count))
                let json = card.json
                #expect(["info", "warning", "critical"].contains(json["indicator"]?.string ?? ""))
                #expect(json["source"]?["label"]?.string?.isEmpty == false)
                #expect(json["uuid"]?.string.flatMap { EventID($0) } != nil)
                #expect((json["suggestions"] != nil) == (json["selectionBehavior"] != nil))
                for action in json["suggestions"]?.array?.flatMap({ $0["actions"]?.array ?? [] }) ?? [] {
                    #expect(action["description"]?.string != nil)
                    #expect((action["type"]?.string == "delete") == (action["resourceId"] != nil))
                    #expect((action["type"]?.string == "create") == (action["resource"] != nil))
                }
                expectNothingEmpty(json)
            }
        }
    }

    private func expectNothingEmpty(_ value: JSONValue) {
        switch value {
        case .null: Issue.record("null")
        case .string(let text): #expect(!text.isEmpty)
        case .array(let elements):
            #expect(!elements.isEmpty)
            elements.forEach(expectNothingEmpty)
        case .object(let object):
            #expect(!object.isEmpty)
            object.members.forEach { expectNothingEmpty($0.value) }
        case .bool, .number: break
        }
    }

    @Test("A long sentence is cut at a word below 140 characters")
    func cut() {
        let text = CardText.cut(String(repeating: "metabolizer ", count: 20))
        #expect(text.count < 140)
        #expect(text.hasSuffix("metabolizer…"))
        #expect(CardText.cut("short") == "short")
    }

    @Test("Discovery has the fields that the specification requires, one service for each hook")
    func discovery() throws {
        let services = try #require(CDSServiceDescription.discovery["services"]?.array)
        #expect(services.compactMap { $0["hook"]?.string } == ["order-select", "order-sign", "patient-view"])
        for service in services {
            let id = try #require(service["id"]?.string)
            #expect(CDSServiceDescription.service(id)?.id == id)
            #expect(service["description"]?.string?.isEmpty == false)
            #expect(service["title"]?.string?.isEmpty == false)
            for query in service["prefetch"]?.object?.members ?? [] {
                #expect(query.value.string?.contains("{{context.patientId}}") == true)
            }
        }
        #expect(CDSServiceDescription.service("none") == nil)
    }

    @Test("The same call gives the same bytes")
    func deterministic() throws {
        let person = patient([ReportingRelease.poorCYP2D6], taking: ["codeine"])
        let call = CDSCall(.orderSign, order: CDSCall.codeine, others: [CDSCall.clopidogrel])
        let first = CDSCard.response(try cards(call, person)).serialized()
        #expect(first == CDSCard.response(try cards(call, person)).serialized())
    }
}
