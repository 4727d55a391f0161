import Authorization
import Crypto
import Cryptography
import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import JSONDocument
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import Synchronization

/// The decision support with what it stands on: the shipped tables, one known person, a registered client, a manual clock.
final class CDSStage: Sendable {
    struct Unreachable: Error {}

    /// What the doubles do and have seen.
    struct Script: Sendable {
        var isReadable = true
        var isAudited = true
        var accesses: [CDSAccess] = []
        var now = Timestamp(microseconds: 1_763_740_800_000_000)
    }

    static let base = "https://cds.example.org"
    static let patientID = "patient-4711"
    static let codeine: JSONValue = [
        "coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "2670"]]
    ]

    let script = Mutex(Script())
    let pseudonymizer: Pseudonymizer
    let decision: CDSDecision
    let evaluated: EvaluatedPatient
    let client: CDSSigner

    init(patients: [String] = [], scope: String = "system/cds.r", tenant: String = "clinic") throws {
        pseudonymizer = try Pseudonymizer(
            tenant: "clinic", key: SymmetricKey(copying: Array(repeating: 7, count: 32)), keyVersion: 1)
        let knowledge = try CDSStage.knowledge.get()
        let evaluation = PatientEvaluation(knowledge: knowledge)
        decision = CDSDecision(knowledge: knowledge, evaluation: evaluation)
        evaluated = evaluation.evaluate(
            genotypes: nil, outside: [OutsideCall(gene: "CYP2D6", diplotype: "*4/*4")],
            at: Timestamp(microseconds: 1_763_740_800_000_000))
        client = try CDSSigner(scope: scope, tenant: tenant, patients: patients)
    }

    private static let knowledge: Result<KnowledgeBase, any Error> = Result {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let directory = root.appending(path: "Services/Pharmacogenomics/Resources/knowledge")
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name.hasSuffix(".tsv") {
            files[name] = Array(try Data(contentsOf: directory.appending(path: name)))
        }
        return try KnowledgeBase(tables: KnowledgeTables(files: files), digest: "")
    }

    func person() throws -> PatientPseudonym {
        try KeyedPatientNaming(pseudonymizer).pseudonym(ofPatient: PHI(Self.patientID))
    }

    /// The answer to a request; `open` leaves authorisation out.
    func send(
        _ path: String, _ body: [UInt8] = [], token: String? = nil, isOpen: Bool = true,
        type: String = "application/json", method: HTTPRequest.Method = .post
    ) async throws -> (status: Int, headers: HTTPFields, json: JSONValue) {
        let router = Router()
        let admission: any CDSAdmission =
            isOpen ? OpenCDSAdmission() : try client.admission(base: Self.base, clock: self)
        CDSRoutes(
            reader: self, names: KeyedPatientNaming(pseudonymizer), admission: admission, log: self, clock: self
        ).add(to: router)
        var headers: HTTPFields = [.contentType: type]
        if let token { headers[.authorization] = "Bearer \(token)" }
        let sent = headers
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: sent, body: ByteBuffer(bytes: body)) {
                response in
                (response.status.code, response.headers, try JSONValue(parsing: Array(response.body.readableBytesView)))
            }
        }
    }

    /// A sound call to `order-sign` with codeine; `change` spoils its context.
    static func call(
        patient: String = patientID, _ change: (inout JSONObject) -> Void = { _ in }
    ) -> [UInt8] {
        var context: JSONObject = [
            "userId": "Practitioner/1", "patientId": .string(patient),
            "draftOrders": [
                "resourceType": "Bundle",
                "entry": [
                    [
                        "resource": [
                            "resourceType": "MedicationRequest", "id": "1", "status": "draft",
                            "medicationCodeableConcept": codeine,
                        ]
                    ]
                ],
            ],
        ]
        change(&context)
        let request: JSONValue = [
            "hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": .object(context),
        ]
        return request.serialized()
    }
}

extension CDSStage: PatientEvaluationReading, CDSAccessLog, WallClock {
    func snapshot(of patient: PatientPseudonym) async throws -> PatientSnapshot {
        guard script.withLock({ $0.isReadable }) else { throw Unreachable() }
        return PatientSnapshot(patient: patient == (try person()) ? evaluated : nil, decision: decision)
    }

    func record(_ access: CDSAccess) async throws {
        try script.withLock { script in
            guard script.isAudited else { throw Unreachable() }
            script.accesses.append(access)
        }
    }

    func now() -> Timestamp { script.withLock { $0.now } }
}

/// A CDS client that signs its tokens with a registered ES384 key.
struct CDSSigner: Sendable {
    static let name = "https://ehr.example.org/"
    private let key = P384.Signing.PrivateKey()
    private let registry: ClientRegistry

    init(scope: String, tenant: String, patients: [String]) throws {
        let point = Array(key.publicKey.rawRepresentation)
        var registration: JSONObject = [
            "client_id": .string(Self.name), "scope": .string(scope), "source": "ehr", "tenant": .string(tenant),
            "jwks": [
                "keys": [
                    [
                        "kty": "EC", "crv": "P-384", "kid": "key-1", "x": .string(Self.base64(point[..<48])),
                        "y": .string(Self.base64(point[48...])),
                    ]
                ]
            ],
        ]
        if !patients.isEmpty { registration["patients"] = .array(patients.map { .string($0) }) }
        let document: JSONValue = ["clients": [.object(registration)]]
        registry = try ClientRegistry(parsing: document.serialized(), defaultTenant: "clinic") { person in
            guard case .pseudonym(let name) = person else {
                throw AuthorizationError(.configuration, operation: "test")
            }
            return name
        }
    }

    func admission(base: String, clock: any WallClock) throws -> CDSClientTokens {
        let registry = registry
        return CDSClientTokens(
            baseURL: base, tenant: "clinic", registry: { _ in registry }, used: used, clock: clock)
    }

    private let used = LocalOneTimeTokens()

    /// A token for the service at `path`; `change` spoils the claims.
    func token(
        path: String, at now: Timestamp, type: String = "JWT", _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String {
        let seconds = now.microseconds / 1_000_000
        var claims: JSONObject = [
            "iss": .string(Self.name), "aud": .string(CDSStage.base + path), "iat": .number(JSONNumber(seconds)),
            "exp": .number(JSONNumber(seconds + 240)), "jti": .string(UUID().uuidString),
        ]
        change(&claims)
        let header: JSONValue = ["alg": "ES384", "typ": .string(type), "kid": "key-1"]
        let text = Self.base64(header.serialized()) + "." + Self.base64(JSONValue.object(claims).serialized())
        let signature = try key.signature(for: SHA384.hash(data: Array(text.utf8))).rawRepresentation
        return text + "." + Self.base64(Array(signature))
    }

    private static func base64(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
