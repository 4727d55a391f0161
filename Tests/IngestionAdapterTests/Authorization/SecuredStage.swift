import Authorization
import Crypto
import CryptoExtras
import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import JSONDocument
import Logging
import PostgresClient
import ServiceKit
import StreamRuntime
import Synchronization

@testable import IngestionAdapter

/// A clock that stands until it is moved.
final class StandingClock: WallClock {
    private let time = Mutex(Timestamp(microseconds: 1_714_545_000_000_000))

    func now() -> Timestamp { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}

/// Replicas of a secured front door over one database, one file of clients and the clients' private keys. The route behind the door answers with
/// what the token lets in.
final class SecuredStage: Sendable {
    static let base = "https://ingest.example.org"

    let pool: PostgresPool
    let clock = StandingClock()
    let file: URL
    let gateway = P384.Signing.PrivateKey()
    let hospital: _RSA.Signing.PrivateKey
    let keyFile: URL
    let auditHash: AuditHash

    init() async throws {
        pool = try await AuditLogTests.database()
        hospital = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        auditHash = try AuditHash(key: nil)
        file = FileManager.default.temporaryDirectory.appending(path: "vitalstream-clients-\(UUID().uuidString).json")
        keyFile = FileManager.default.temporaryDirectory.appending(path: "vitalstream-keys-\(UUID().uuidString).pem")
        try P384.Signing.PrivateKey().pemRepresentation.write(to: keyFile, atomically: true, encoding: .utf8)
        try write(clients: [try gatewayRegistration(), try hospitalRegistration()])
    }

    deinit {
        try? FileManager.default.removeItem(at: file)
        try? FileManager.default.removeItem(at: keyFile)
    }

    func write(clients: [JSONValue]) throws {
        try Data(JSONValue.object(["clients": .array(clients)]).serialized()).write(to: file, options: .atomic)
    }

    /// Wristbands of one person, few at a time.
    func gatewayRegistration() throws -> JSONValue {
        let point = Array(gateway.publicKey.rawRepresentation)
        return [
            "client_id": "gateway", "scope": "system/wearable.c", "source": "wristbands", "patients": ["p1.mine"],
            "requests_per_second": 1,
            "jwks": [
                "keys": [
                    [
                        "kty": "EC", "crv": "P-384", "kid": "g1", "x": .string(Self.base64(point[..<48])),
                        "y": .string(Self.base64(point[48...])),
                    ]
                ]
            ],
        ]
    }

    /// A hospital's records.
    func hospitalRegistration() throws -> JSONValue {
        let numbers = try hospital.publicKey.getKeyPrimitives()
        return [
            "client_id": "hospital", "scope": "system/Observation.cu system/Patient.c", "source": "hospital",
            "jwks": [
                "keys": [
                    [
                        "kty": "RSA", "kid": "h1", "alg": "RS384", "n": .string(Self.base64(numbers.modulus)),
                        "e": .string(Self.base64(numbers.publicExponent)),
                    ]
                ]
            ],
        ]
    }

    /// The guard of one replica.
    func security(_ name: String) throws -> IngestionSecurity {
        let table = ConfigurationTable.standard(adding: AuthorizationKeys.all)
        let options = try ServeOptions.parse([
            "--auth-mode", "required", "--auth-base-url", Self.base, "--auth-clients-file", file.path,
            "--auth-signing-keys-file", keyFile.path, "--service-instance", name,
        ])
        let names = KeyedNames(
            try .init(tenant: "default", key: .init(copying: [UInt8](repeating: 9, count: 32)), keyVersion: 1))
        return try IngestionSecurity(
            try options.configuration(table: table), pool: pool, names: names, clock: clock,
            logger: Logger(label: "test"))
    }

    /// The routes of one replica.
    func replica(_ name: String) throws -> Router<ServiceRequestContext> {
        let security = try security(name)
        let router = Router(context: ServiceRequestContext.self)
        security.add(to: router)
        let admission = security.admission
        for path in ["/v1/observations", "/v1/feeds/:format", "/fhir", "/fhir/:type"] {
            router.post(RouterPath(path)) { request, context in
                do {
                    return Self.answer(try await admission.admit(request, context))
                } catch let refusal as AdmissionRefusal {
                    return refusal.response
                }
            }
        }
        router.put("/fhir/:type/:id") { request, context in
            do {
                return Self.answer(try await admission.admit(request, context))
            } catch let refusal as AdmissionRefusal {
                return refusal.response
            }
        }
        return router
    }

    private static func answer(_ sender: AdmittedSender) -> Response {
        let types = sender.terms.types.map { JSONValue.array($0.sorted().map { .string($0) }) } ?? .null
        let patients = sender.terms.patients.map { JSONValue.array($0.map { .string($0.rawValue) }) } ?? .null
        return Reply.json(
            [
                "client": .string(sender.client), "source": .string(sender.source ?? ""), "types": types,
                "patients": patients,
            ], status: .ok)
    }

    // MARK: - What clients do

    static func base64(_ bytes: some Collection<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    func claims(_ client: String, identifier: String = UUID().uuidString) -> JSONObject {
        let seconds = clock.now().microseconds / 1_000_000
        return [
            "iss": .string(client), "sub": .string(client), "aud": .string(Self.base + "/oauth/token"),
            "exp": .number(JSONNumber(seconds + 60)), "jti": .string(identifier),
        ]
    }

    /// A token signed by whatever `sign` does.
    static func token(_ header: JSONObject, _ claims: JSONObject, sign: ([UInt8]) throws -> [UInt8]) rethrows -> String
    {
        let text =
            base64(JSONValue.object(header).serialized()) + "." + base64(JSONValue.object(claims).serialized())
        return try text + "." + base64(sign(Array(text.utf8)))
    }

    func es384(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(try gateway.signature(for: SHA384.hash(data: bytes)).rawRepresentation)
    }

    func rs384(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(try hospital.signature(for: SHA384.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
    }

    func gatewayAssertion(_ claims: JSONObject? = nil) throws -> String {
        try Self.token(["alg": "ES384", "kid": "g1"], claims ?? self.claims("gateway"), sign: es384)
    }

    func hospitalAssertion(_ claims: JSONObject? = nil) throws -> String {
        try Self.token(["alg": "RS384", "kid": "h1"], claims ?? self.claims("hospital"), sign: rs384)
    }

    /// Asks `client` for a token.
    func ask(
        _ client: some TestClientProtocol, _ assertion: String, scope: String
    ) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
        let form =
            "grant_type=client_credentials&client_assertion_type=\(TokenRequest.assertionType)&client_assertion=\(assertion)"
            + "&scope=\(scope.replacing(" ", with: "+"))"
        return try await client.execute(
            uri: TokenRoutes.path, method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: form)
        ) { ($0.status.code, try JSONValue(parsing: Array($0.body.readableBytesView)), $0.headers) }
    }

    /// Sends something with `token`.
    func send(
        _ client: some TestClientProtocol, _ path: String, token: String?, method: HTTPRequest.Method = .post
    ) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
        var headers = HTTPFields()
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await client.execute(uri: path, method: method, headers: headers) {
            ($0.status.code, try JSONValue(parsing: Array($0.body.readableBytesView)), $0.headers)
        }
    }

    /// The outcomes of the audit log, in order, each with its actor.
    func audited(_ action: String) async throws -> [String] {
        try await pool.withConnection { connection in
            let rows = try connection.execute(
                "SELECT actor || ': ' || outcome FROM audit_record WHERE action = $1 ORDER BY chain, sequence",
                [.text(action)])
            return try (0..<rows.rowCount).map { try rows.text($0, 0) }
        }
    }
}
