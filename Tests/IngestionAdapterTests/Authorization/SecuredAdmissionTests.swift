import Authorization
import Crypto
import Domain
import Hummingbird
import HummingbirdTesting
import JSONDocument
import Logging
import StreamRuntime
import Testing

@testable import IngestionAdapter

@Suite("Nobody comes in but a registered client within its scopes, and whoever tries is written down")
struct SecuredAdmissionTests {
    @Test("a client gets a token and comes in with it, bound to its source, formats and person")
    func wayIn() async throws {
        let stage = try await SecuredStage()
        try await Application(router: try stage.replica("a")).test(.router) { client in
            let grant = try await stage.ask(client, try stage.gatewayAssertion(), scope: "system/wearable.c")
            #expect(grant.status == 200 && grant.headers[.cacheControl] == "no-store")
            let token = try #require(grant.json["access_token"]?.string)
            let inside = try await stage.send(client, "/v1/feeds/fitbit", token: token)
            #expect(inside.status == 200 && inside.json["source"]?.string == "wristbands")
            #expect(inside.json["patients"] == ["p1.mine"])
            #expect(inside.json["types"]?.array?.contains("fitbit") == true)
            #expect(inside.json["types"]?.array?.contains("fhir") == false)
            let keys = try await client.execute(uri: "/.well-known/jwks.json", method: .get) { String(buffer: $0.body) }
            #expect(keys.contains("ES384") && !keys.contains("\"d\""))
            let smart = try await client.execute(uri: "/fhir/.well-known/smart-configuration", method: .get) {
                try JSONValue(parsing: Array($0.body.readableBytesView))
            }
            #expect(smart["token_endpoint"]?.string == SecuredStage.base + "/oauth/token")
        }
        #expect(try await stage.audited("token") == ["gateway: granted"])
        await stage.pool.close()
    }

    @Test("every forged or stale assertion is refused and audited")
    func assertions() async throws {
        let stage = try await SecuredStage()
        let claims = stage.claims("hospital")
        func changed(_ name: String, _ value: JSONValue?) -> JSONObject {
            var changed = stage.claims("hospital")
            changed[name] = value
            return changed
        }
        let seconds = stage.clock.now().microseconds / 1_000_000
        let publicKey = Array(stage.hospital.publicKey.pemRepresentation.utf8)
        let cases: [(String, String)] = [
            (SecuredStage.token(["alg": "none"], claims) { _ in [] }, "algorithm-refused"),
            (
                SecuredStage.token(["alg": "HS384", "kid": "h1"], claims) {
                    Array(HMAC<SHA384>.authenticationCode(for: $0, using: SymmetricKey(data: publicKey)))
                }, "algorithm-refused"
            ),
            (
                SecuredStage.token(["alg": "RS384", "kid": "h1"], claims) {
                    Array(HMAC<SHA384>.authenticationCode(for: $0, using: SymmetricKey(data: publicKey)))
                }, "signature-invalid"
            ),
            (try SecuredStage.token(["alg": "ES256", "kid": "h1"], claims, sign: stage.rs384), "algorithm-refused"),
            (try SecuredStage.token(["alg": "ES384", "kid": "h1"], claims, sign: stage.es384), "key-mismatch"),
            (try SecuredStage.token(["alg": "RS384", "kid": "h9"], claims, sign: stage.rs384), "key-unknown"),
            (try SecuredStage.token(["alg": "RS384", "kid": "g1"], claims, sign: stage.rs384), "key-unknown"),
            (try stage.hospitalAssertion(changed("exp", .number(JSONNumber(seconds)))), "token-expired"),
            (try stage.hospitalAssertion(changed("exp", .number(JSONNumber(seconds + 301)))), "lifetime-too-long"),
            (try stage.hospitalAssertion(changed("aud", "https://elsewhere.example.org")), "audience-wrong"),
            (try stage.hospitalAssertion(changed("sub", "gateway")), "issuer-wrong"),
            (try stage.hospitalAssertion(changed("jti", nil)), "token-malformed"),
            (try stage.hospitalAssertion(stage.claims("nobody")), "client-unknown"),
            ("not-a-token", "token-malformed"),
        ]
        try await Application(router: try stage.replica("a")).test(.router) { client in
            for (assertion, code) in cases {
                let answer = try await stage.ask(client, assertion, scope: "system/Observation.c")
                #expect(answer.status == 401 && answer.json["error"]?.string == "invalid_client", "\(code)")
                #expect(answer.json["access_token"] == nil)
            }
            let more = try await stage.ask(client, try stage.hospitalAssertion(), scope: "system/*.cu")
            #expect(more.status == 400 && more.json["error"]?.string == "invalid_scope")
        }
        let audited = try await stage.audited("token")
        #expect(audited.map { String($0.split(separator: " ").last ?? "") } == cases.map(\.1) + ["scope-refused"])
        #expect(audited.last == "peer:unknown claiming hospital: scope-refused")
        #expect(try await AuditVerification(stage.pool, hash: stage.auditHash).isWhole)
        await stage.pool.close()
    }

    @Test("an assertion is taken by one of two replicas, once, however many ask at a time")
    func replay() async throws {
        let stage = try await SecuredStage()
        let applications = try ["a", "b"].map { Application(router: try stage.replica($0)) }
        let assertion = try stage.hospitalAssertion()
        try await applications[0].test(.router) { first in
            try await applications[1].test(.router) { second in
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<16 {
                        group.addTask {
                            number % 2 == 0
                                ? try await stage.ask(first, assertion, scope: "system/Observation.c").status
                                : try await stage.ask(second, assertion, scope: "system/Observation.c").status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 401 } == 15)
                // A token of one replica is worth something at the other.
                let grant = try await stage.ask(first, try stage.hospitalAssertion(), scope: "system/Observation.c")
                let inside = try await stage.send(
                    second, "/fhir/Observation", token: grant.json["access_token"]?.string)
                #expect(inside.status == 200)
            }
        }
        let audited = try await stage.audited("token")
        #expect(audited.count { $0.hasSuffix("token-replayed") } == 15)
        #expect(try await AuditVerification(stage.pool, hash: stage.auditHash).isWhole)
        await stage.pool.close()
    }

    @Test("without a token, with a bad one, or outside of its scopes nobody comes in, and it is audited")
    func resources() async throws {
        let stage = try await SecuredStage()
        try await Application(router: try stage.replica("a")).test(.router) { client in
            let bare = try await stage.send(client, "/fhir", token: nil)
            #expect(bare.status == 401 && bare.headers[.wwwAuthenticate] == #"Bearer realm="vitalstream""#)
            #expect(bare.json["resourceType"]?.string == "OperationOutcome")
            let assertion = try await stage.send(client, "/v1/observations", token: try stage.hospitalAssertion())
            #expect(assertion.status == 401)
            #expect(assertion.headers[.wwwAuthenticate]?.contains(#"error="invalid_token""#) == true)
            let foreign = try AccessTokenIssuer(issuer: SecuredStage.base, key: .random())
            let registry = try ClientRegistry(
                parsing: JSONValue.object(["clients": [try stage.hospitalRegistration()]]).serialized(),
                defaultTenant: "default"
            ) { _ in throw AuthorizationError(.configuration, operation: "test") }
            let hospital = try #require(registry["hospital"])
            let forged = try foreign.token(
                for: hospital, scopes: try Scope.list("system/*.cu"), now: stage.clock.now())
            #expect(try await stage.send(client, "/fhir", token: forged).status == 401)

            let grant = try await stage.ask(client, try stage.hospitalAssertion(), scope: "system/Observation.c")
            let token = grant.json["access_token"]?.string
            #expect(try await stage.send(client, "/fhir/Observation", token: token).status == 200)
            #expect(try await stage.send(client, "/fhir", token: token).json["types"] == ["Observation"])
            let patient = try await stage.send(client, "/fhir/Patient", token: token)
            #expect(patient.status == 403)
            #expect(patient.headers[.wwwAuthenticate]?.contains(#"scope="system/Patient.c""#) == true)
            #expect(try await stage.send(client, "/v1/feeds/vcf", token: token).status == 403)
            #expect(try await stage.send(client, "/fhir/Observation/1", token: token, method: .put).status == 403)
            stage.clock.advance(by: .seconds(300))
            #expect(try await stage.send(client, "/fhir/Observation", token: token).status == 401)
        }
        #expect(
            try await stage.audited("request") == [
                "peer:unknown: token-missing", "peer:unknown: header-refused", "peer:unknown: key-unknown",
                "hospital: scope-insufficient", "hospital: scope-insufficient", "hospital: scope-insufficient",
                "peer:unknown: token-expired",
            ])
        await stage.pool.close()
    }

    @Test("what became of a submission is audited by its outcomes, a record of another person among them")
    func outcomes() async throws {
        let stage = try await SecuredStage()
        let audit = PostgresAuditLog(pool: stage.pool, chain: "a", hash: stage.auditHash)
        let admission = SecuredAdmission(
            verifier: AccessTokenVerifier(issuer: SecuredStage.base, keys: [.random()]),
            terms: SecuredAdmission.Terms(
                tenant: "default", allowance: RateAllowance(requestsPerSecond: 1, bytesPerSecond: 1_000)),
            audit: audit, clock: stage.clock, logger: Logger(label: "test"))
        let mine = try #require(PatientPseudonym("p1.mine"))
        let sender = AdmittedSender(client: "gateway", source: "wristbands", terms: SenderTerms(patients: [mine]))
        let id = EventID(high: 1, low: 2)
        await admission.took(
            [
                .accepted(id), .rejected(Rejection(code: "patient-not-in-token")), .accepted(id), .duplicate(id),
            ], of: Submission(.openMHealth, [1, 2, 3]), from: sender)
        let rows = try await stage.pool.withConnection { connection in
            let rows = try connection.execute(
                "SELECT outcome || ' ' || record_count || ' ' || resource_type || ' ' || patient FROM audit_record ORDER BY 1"
            )
            return try (0..<rows.rowCount).map { try rows.text($0, 0) }
        }
        #expect(
            rows == ["accepted 2 omh p1.mine", "duplicate 1 omh p1.mine", "patient-not-in-token 1 omh p1.mine"])
        await stage.pool.close()
    }

    @Test("over its rate a client is told to wait; another is not")
    func rate() async throws {
        let stage = try await SecuredStage()
        try await Application(router: try stage.replica("a")).test(.router) { client in
            let slow = try await stage.ask(client, try stage.gatewayAssertion(), scope: "system/wearable.c")
            let token = slow.json["access_token"]?.string
            for _ in 0..<10 { #expect(try await stage.send(client, "/v1/observations", token: token).status == 200) }
            let refused = try await stage.send(client, "/v1/observations", token: token)
            #expect(refused.status == 429 && refused.headers[.retryAfter] == "1")
            let other = try await stage.ask(client, try stage.hospitalAssertion(), scope: "system/Observation.c")
            let inside = try await stage.send(client, "/fhir", token: other.json["access_token"]?.string)
            #expect(inside.status == 200)
            stage.clock.advance(by: .seconds(1))
            #expect(try await stage.send(client, "/v1/observations", token: token).status == 200)
        }
        await stage.pool.close()
    }

    @Test("a client that is taken from the file gets no more tokens; a broken file changes nothing")
    func reload() async throws {
        let stage = try await SecuredStage()
        try await Application(router: try stage.replica("a")).test(.router) { client in
            try "{".write(to: stage.file, atomically: true, encoding: .utf8)
            stage.clock.advance(by: .seconds(2))
            #expect(try await stage.ask(client, try stage.gatewayAssertion(), scope: "system/wearable.c").status == 200)
            try stage.write(clients: [try stage.hospitalRegistration()])
            stage.clock.advance(by: .seconds(2))
            #expect(try await stage.ask(client, try stage.gatewayAssertion(), scope: "system/wearable.c").status == 401)
            #expect(try await stage.ask(client, try stage.hospitalAssertion(), scope: "system/Patient.c").status == 200)
        }
        await stage.pool.close()
    }

    @Test("used assertions are forgotten long after they expired, and not before")
    func pruning() async throws {
        let stage = try await SecuredStage()
        let tokens = PostgresOneTimeTokens(pool: stage.pool)
        let now = stage.clock.now()
        #expect(try await tokens.redeem(issuer: "a", identifier: "1", expiry: now.advanced(by: .seconds(60)), now: now))
        let later = now.advanced(by: .seconds(600))
        #expect(try await tokens.redeem(issuer: "a", identifier: "2", expiry: later, now: later))
        #expect(try await !tokens.redeem(issuer: "a", identifier: "1", expiry: now, now: later))
        let muchLater = now.advanced(by: .seconds(700))
        #expect(try await tokens.redeem(issuer: "a", identifier: "3", expiry: muchLater, now: muchLater))
        let left = try await stage.pool.withConnection { connection in
            try connection.execute("SELECT count(*) FROM used_assertion").int64(0, 0)
        }
        #expect(left == 2)
        await stage.pool.close()
    }
}
