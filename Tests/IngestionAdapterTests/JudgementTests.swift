import Contracts
import Domain
import IngestionAdapter
import IngestionCore
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("What is not believable, not consented, or known already is told apart in the database itself", .serialized)
struct JudgementTests {
    private func submit(
        _ text: String, _ application: StreamApplication<IngestionProcessor>, released: Bool = false
    ) async throws -> [ItemOutcome] {
        var submission = Submission(.fhir, Array(text.utf8))
        submission.isReleased = released
        return try await application.submit(submission)
    }

    private static func consent(_ patient: String, provision: String, status: String = "active") -> String {
        #"{"resourceType":"Consent","id":"c1","status":"\#(status)","#
            + #""scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"#
            + #""category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],"#
            + #""policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},"#
            + #""patient":{"reference":"Patient/\#(patient)"},"dateTime":"2025-12-01","provision":\#(provision)}"#
    }

    @Test("A weight of 7,000 kg is held back, held back once, and taken when a person has released it")
    func quarantine() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            let heavy = Fixture.weight(7_000, patient: "1")
            let first = try await submit(heavy, application)
            guard case .quarantined(_, let reason)? = first.first else {
                Issue.record("\(first)")
                return
            }
            #expect(reason.code == "value-implausible")
            #expect(try await submit(heavy, application).map(\.word) == ["duplicate"])
            #expect(try await stage.count("observation") == 0)
            #expect(try await stage.count("dead_letter WHERE disposition = 'quarantined'") == 1)
            #expect(try await submit(heavy, application, released: true).map(\.word) == ["accepted"])
            #expect(try await stage.count("observation") == 1)
        }
        await stage.close()
    }

    @Test("A clock of 2105 does not pass, and spoils no neighbour")
    func clock() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            let wrong = Fixture.weight(70, patient: "1").replacing("2024-05-01", with: "2105-05-01")
            let outcomes = try await submit(
                Fixture.bundle([wrong, Fixture.weight(71, patient: "1", id: "w2")]), application)
            #expect(outcomes.map(\.word) == ["quarantined", "accepted"])
        }
        await stage.close()
    }

    @Test("A person who denies observations has them held back; who permits a code has it, and only it, taken")
    func consent() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            let denial = Self.consent(
                "1",
                provision:
                    #"{"type":"deny","class":[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]}"#)
            #expect(try await submit(denial, application).map(\.word) == ["accepted"])
            let refused = try await submit(Fixture.weight(70, patient: "1"), application)
            guard case .quarantined(_, let reason)? = refused.first else {
                Issue.record("\(refused)")
                return
            }
            #expect(reason.code == "consent-denied")
            #expect(try await submit(Fixture.patient("1"), application).map(\.word) == ["accepted"])
            #expect(try await submit(Fixture.weight(70, patient: "2"), application).map(\.word) == ["accepted"])

            let scoped = Self.consent(
                "3",
                provision:
                    #"{"type":"permit","code":[{"coding":[{"system":"http://loinc.org","code":"29463-7"}]}]}"#)
            #expect(try await submit(scoped, application).map(\.word) == ["accepted"])
            #expect(try await submit(Fixture.weight(70, patient: "3"), application).map(\.word) == ["accepted"])
            let other = Fixture.weight(36.6, patient: "3").replacing("29463-7", with: "8310-5").replacing(
                "\"kg\"", with: "\"Cel\"")
            #expect(try await submit(other, application).map(\.word) == ["quarantined"])
        }
        #expect(
            try await stage.strings("SELECT DISTINCT code FROM observation ORDER BY 1") == ["29463-7"])
        await stage.close()
    }

    @Test("Of sixty-four racing conditional creations of one patient one is taken, and all name it")
    func conditionalCreate() async throws {
        let stage = try await IngestionStage()
        let patients = (0..<64).map { number in
            FeedDecoder.batch(
                of: [
                    "resourceType": "Patient", "id": .string("p\(number)"), "gender": "female",
                    "identifier": [["system": "urn:mrn", "value": "7"]],
                ], method: "POST", url: "Patient", ifNoneExist: "identifier=urn:mrn|7")
        }
        let outcomes = try await stage.running { application in
            try await withThrowingTaskGroup(of: [ItemOutcome].self) { group in
                for patient in patients {
                    group.addTask { try await application.submit(Submission(.fhir, patient.serialized())) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(outcomes.count { $0.word == "accepted" } == 1)
        #expect(outcomes.count { $0.word == "duplicate" } == 63)
        #expect(try await stage.count("patient") == 1)
        await stage.close()
    }

    @Test("A conditional creation finds what was created without a condition")
    func conditionalAfterPlain() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            let plain =
                #"{"resourceType":"Patient","id":"a","gender":"male","identifier":[{"system":"urn:mrn","value":"8"}]}"#
            let first = try await submit(plain, application)
            #expect(first.map(\.word) == ["accepted"])
            let again = FeedDecoder.batch(
                of: [
                    "resourceType": "Patient", "id": "b", "gender": "male",
                    "identifier": [["system": "urn:mrn", "value": "8"]],
                ], method: "POST", url: "Patient", ifNoneExist: "identifier=urn:mrn|8")
            #expect(try await application.submit(Submission(.fhir, again.serialized())).map(\.word) == ["duplicate"])
            #expect(try await stage.count("patient") == 1)
        }
        await stage.close()
    }

    @Test("A transaction with one bad entry leaves nothing; the same as a batch leaves the good ones")
    func transaction() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            let entries = [
                Fixture.patient("1"), Fixture.weight(70, patient: "1"), #"{"resourceType":"Observation","id":"bad"}"#,
            ]
            let refused = try await submit(Fixture.bundle(entries, type: "transaction"), application)
            #expect(refused.map(\.word) == ["rejected", "rejected", "rejected"])
            #expect(try await stage.count("patient") == 0)
            #expect(try await stage.count("observation") == 0)
            let taken = try await submit(Fixture.bundle(entries), application)
            #expect(taken.map(\.word) == ["accepted", "accepted", "rejected"])
        }
        await stage.close()
    }
}
