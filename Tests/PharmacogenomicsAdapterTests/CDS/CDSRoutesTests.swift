import Domain
import Hummingbird
import JSONDocument
import PharmacogenomicsAdapter
import Testing

@Suite("The decision support answers known clients about known people, and audits before it answers")
struct CDSRoutesTests {
    private let path = "/cds-services/vitalstream-pgx-order-sign"

    @Test("Discovery lists the three services with the required fields")
    func discovery() async throws {
        let answer = try await CDSStage().send("/cds-services", method: .get)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        let services = answer.json["services"]?.array ?? []
        #expect(
            services.compactMap { $0["id"]?.string } == [
                "vitalstream-pgx-order-select", "vitalstream-pgx-order-sign", "vitalstream-pgx-patient-view",
            ])
        for service in services {
            for field in ["hook", "description", "id"] { #expect(service[field]?.string?.isEmpty == false) }
        }
    }

    @Test("Codeine for a known poor metabolizer: one critical card, found by the keyed name of the patient id")
    func answers() async throws {
        let stage = try CDSStage()
        let answer = try await stage.send(path, CDSStage.call())
        #expect(answer.status == 200)
        #expect(answer.json["cards"]?.array?.count == 1)
        #expect(answer.json["cards"]?[0]?["indicator"]?.string == "critical")
        let access = try #require(stage.script.withLock { $0.accesses }.first)
        #expect(access.patient == (try stage.person()))
        #expect(access.outcome == "answered")
        #expect(access.cards == 1)
    }

    @Test("A person of whom nothing is known gives an info card; somebody else's result is not shown")
    func unknownPerson() async throws {
        let answer = try await CDSStage().send(path, CDSStage.call(patient: "another"))
        #expect(answer.status == 200)
        #expect(answer.json["cards"]?.array?.compactMap { $0["indicator"]?.string } == ["info"])
    }

    @Test("Refusals have the status of the specification, name the place and repeat no value")
    func refusals() async throws {
        let stage = try CDSStage()
        let cases: [(path: String, body: [UInt8], type: String, status: Int, place: String)] = [
            ("/cds-services/none", CDSStage.call(), "application/json", 404, ""),
            (path, Array("{\"\(CDSStage.patientID)".utf8), "application/json", 400, ""),
            (path, Array("[]".utf8), "application/json", 400, ""),
            (
                "/cds-services/vitalstream-pgx-patient-view", CDSStage.call(), "application/json", 400, "hook"
            ),
            (path, CDSStage.call { $0["patientId"] = nil }, "application/json", 412, "context.patientId"),
            (path, CDSStage.call { $0["draftOrders"] = nil }, "application/json", 412, "context.draftOrders"),
            (
                path, CDSStage.call(patient: "Patient/\(CDSStage.patientID)"), "application/json", 400,
                "context.patientId"
            ),
            (path, CDSStage.call(), "text/plain", 415, "Content-Type"),
            (path, Array(repeating: UInt8(ascii: " "), count: (4 << 20) + 1), "application/json", 413, ""),
        ]
        for item in cases {
            let answer = try await stage.send(item.path, item.body, type: item.type)
            #expect(answer.status == item.status, "\(item.place)")
            #expect(answer.json["place"]?.string == item.place)
            #expect(answer.json["detail"]?.string?.isEmpty == false)
            #expect(!answer.json.text().contains(CDSStage.patientID))
        }
    }

    @Test("What cannot be read or audited now is answered 503 and shows nothing")
    func unavailable() async throws {
        for isReadable in [false, true] {
            let stage = try CDSStage()
            stage.script.withLock {
                $0.isReadable = isReadable
                $0.isAudited = !isReadable
            }
            let answer = try await stage.send(path, CDSStage.call())
            #expect(answer.status == 503)
            #expect(answer.json["cards"] == nil)
            #expect(answer.headers[.retryAfter] == "1")
        }
    }

    @Test("A registered client's token lets in once")
    func token() async throws {
        let stage = try CDSStage()
        let token = try stage.client.token(path: path, at: stage.now())
        let first = try await stage.send(path, CDSStage.call(), token: token, isOpen: false)
        #expect(first.status == 200)
        #expect(stage.script.withLock { $0.accesses }.map(\.client) == [CDSSigner.name])
        let again = try await stage.send(path, CDSStage.call(), token: token, isOpen: false)
        #expect(again.status == 401)
        #expect(again.json["detail"]?.string == "token-replayed")
        #expect(again.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
    }

    @Test("A token for another service, of another time, another kind or another issuer lets nobody in")
    func badTokens() async throws {
        let stage = try CDSStage()
        let now = stage.now()
        let seconds = now.microseconds / 1_000_000
        let cases: [(String, String?)] = [
            ("token-missing", nil),
            ("token-malformed", "abc"),
            ("audience-wrong", try stage.client.token(path: "/cds-services/other", at: now)),
            ("header-refused", try stage.client.token(path: path, at: now, type: "at+jwt")),
            (
                "client-unknown",
                try stage.client.token(path: path, at: now) { $0["iss"] = "https://other.example.org/" }
            ),
            (
                "token-expired",
                try stage.client.token(path: path, at: now) { $0["exp"] = .number(JSONNumber(seconds)) }
            ),
            (
                "lifetime-too-long",
                try stage.client.token(path: path, at: now) { $0["exp"] = .number(JSONNumber(seconds + 301)) }
            ),
            (
                "token-not-yet-valid",
                try stage.client.token(path: path, at: now) { $0["iat"] = .number(JSONNumber(seconds + 60)) }
            ),
            ("token-malformed", try stage.client.token(path: path, at: now) { $0["jti"] = nil }),
            ("signature-invalid", try CDSStage().client.token(path: path, at: now)),
        ]
        for (reason, token) in cases {
            let answer = try await stage.send(path, CDSStage.call(), token: token, isOpen: false)
            #expect(answer.status == 401, "\(reason)")
            #expect(answer.json["detail"]?.string == reason)
        }
        #expect(stage.script.withLock { $0.accesses } == [])
    }

    @Test("A client is held to its registration: tenant, scope and people")
    func registration() async throws {
        for stage in [try CDSStage(scope: "system/Observation.c"), try CDSStage(tenant: "elsewhere")] {
            let token = try stage.client.token(path: path, at: stage.now())
            #expect(try await stage.send(path, CDSStage.call(), token: token, isOpen: false).status == 403)
        }
        let person = try CDSStage().person().rawValue
        let bound = try CDSStage(patients: [person])
        let own = try bound.client.token(path: path, at: bound.now())
        #expect(try await bound.send(path, CDSStage.call(), token: own, isOpen: false).status == 200)
        let other = try bound.client.token(path: path, at: bound.now())
        let answer = try await bound.send(path, CDSStage.call(patient: "another"), token: other, isOpen: false)
        #expect(answer.status == 403)
        #expect(answer.json["place"]?.string == "context.patientId")
        #expect(bound.script.withLock { $0.accesses }.map(\.outcome) == ["answered", "forbidden"])
    }

    @Test("A token may name several audiences")
    func audiences() async throws {
        let stage = try CDSStage()
        let token = try stage.client.token(path: path, at: stage.now()) {
            $0["aud"] = ["https://other.example.org", .string(CDSStage.base + path)]
        }
        #expect(try await stage.send(path, CDSStage.call(), token: token, isOpen: false).status == 200)
    }
}
