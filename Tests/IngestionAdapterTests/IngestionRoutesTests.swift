import Contracts
import Hummingbird
import HummingbirdTesting
import IngestionAdapter
import JSONDocument
import ServiceKit
import Synchronization
import Testing

@Suite("The front door answers for every record, in order, and never before it is durable")
struct IngestionRoutesTests {
    private let lane: LaneDouble

    init() throws {
        lane = LaneDouble(try Fixture.processor())
    }

    private func post(
        _ path: String, _ body: String, type: String = "application/json", extra: HTTPFields = [:]
    ) async throws -> (status: Int, headers: HTTPFields, json: JSONValue) {
        let router = Router(context: ServiceRequestContext.self)
        IngestionRoutes(submitter: lane, admission: OpenAdmission(), bodies: BodyReader(limit: 10_000)).add(
            to: router)
        let headers = extra.with(type)
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)) {
                response in
                (response.status.code, response.headers, try JSONValue(parsing: Array(response.body.readableBytesView)))
            }
        }
    }

    private func words(_ json: JSONValue) -> [String?] {
        json["outcomes"]?.array?.map { $0["outcome"]?.string } ?? []
    }

    @Test("Data points come back as accepted, duplicate and rejected in the submitted order")
    func observations() async throws {
        let body =
            "[\(Fixture.point("a", heartRate: 70)),{},\(Fixture.point("b", heartRate: 71)),\(Fixture.point("a", heartRate: 70))]"
        let answer = try await post("/v1/observations", body)
        #expect(answer.status == 200)
        #expect(words(answer.json) == ["accepted", "rejected", "accepted", "duplicate"])
        #expect(answer.json["outcomes"]?[1]?["code"]?.string == "missing-member")
        #expect(answer.json["outcomes"]?[1]?["place"]?.string == "[1].header")
        #expect(answer.json["outcomes"]?[0]?["event_id"] == answer.json["outcomes"]?[3]?["event_id"])
        #expect(answer.json["accepted"]?.number?.int64 == 2)
    }

    @Test("Lines are taken one by one; a bad line spoils no other")
    func lines() async throws {
        let body = "\(Fixture.point("a", heartRate: 70))\n{\n\(Fixture.point("b", heartRate: 71))\n"
        let answer = try await post("/v1/observations", body, type: "application/x-ndjson; charset=utf-8")
        #expect(answer.status == 200)
        #expect(words(answer.json) == ["accepted", "rejected", "accepted"])
    }

    @Test("What cannot be read at all is told with its status, code and place")
    func refusals() async throws {
        let bad = try await post("/v1/observations", "[\n {]")
        #expect(bad.status == 400)
        #expect(bad.json["code"]?.string == "json-unexpected-byte")
        #expect(bad.json["place"]?.string == "line 2, column 3")
        #expect(try await post("/v1/observations", "{}").status == 422)
        #expect(try await post("/v1/observations", "{}", type: "text/csv").status == 415)
        #expect(try await post("/v1/observations", "{}", type: "application/json; charset=latin1").status == 415)
        #expect(try await post("/v1/observations", "{}", extra: [.contentEncoding: "br"]).status == 415)
        #expect(try await post("/v1/observations", "{}", extra: [.contentEncoding: "gzip"]).status == 400)
        #expect(try await post("/v1/feeds/telegram", "{}").status == 404)
        #expect(try await post("/v1/observations", "[\(String(repeating: " ", count: 10_000))]").status == 413)
        #expect(try await post("/fhir/Patient", "<Patient/>", type: "application/fhir+xml").status == 415)
        #expect(try await post("/fhir", "{", type: "application/fhir+json").status == 400)
        let type = try await post("/fhir/Patient", Fixture.weight(70, patient: "1"))
        #expect(type.status == 400)
        #expect(type.json["resourceType"]?.string == "OperationOutcome")
    }

    @Test("A lane that is full or not ready answers 503 with Retry-After")
    func unavailable() async throws {
        lane.state.withLock { $0.isFull = true }
        let full = try await post("/v1/observations", Fixture.point("a", heartRate: 70))
        #expect(full.status == 503)
        #expect(full.headers[.retryAfter] == "1")
        lane.state.withLock { $0 = LaneDouble.State(isReady: false) }
        let closed = try await post("/fhir", Fixture.patient("1"), type: "application/fhir+json")
        #expect(closed.status == 503)
        #expect(closed.headers[.retryAfter] == "1")
        #expect(closed.json["issue"]?[0]?["code"]?.string == "transient")
    }

    @Test("A Bundle is answered entry by entry, a resource with an OperationOutcome")
    func fhir() async throws {
        let resources = [
            Fixture.patient("1"), Fixture.organization, Fixture.weight(70, patient: "1"),
            #"{"resourceType":"Observation"}"#,
        ]
        let bundle = try await post("/fhir", Fixture.bundle(resources), type: "application/fhir+json")
        #expect(bundle.status == 200)
        #expect(bundle.json["type"]?.string == "batch-response")
        let statuses = bundle.json["entry"]?.array?.map { $0["response"]?["status"]?.string }
        #expect(statuses == ["201 Created", "201 Created", "201 Created", "422 Unprocessable Content"])
        let issue = bundle.json["entry"]?[3]?["response"]?["outcome"]?["issue"]?[0]
        #expect(issue?["code"]?.string == "required")
        #expect(issue?["expression"]?[0]?.string == "Bundle.entry[3].resource.status")
        let again = try await post("/fhir/Observation", Fixture.weight(70, patient: "1"))
        #expect(again.status == 200)
        #expect(again.json["issue"]?[0]?["code"]?.string == "duplicate")
        #expect(try await post("/fhir/Patient", Fixture.patient("2")).status == 201)
        #expect(try await post("/fhir", #"{"resourceType":"Observation"}"#).status == 422)
        let single = try await post("/fhir", Fixture.bundle([Fixture.patient("3")]))
        #expect(single.json["type"]?.string == "batch-response")
        let broken = try await post("/fhir", #"{"resourceType":"Bundle"}"#)
        #expect(broken.status == 422)
        #expect(broken.json["resourceType"]?.string == "OperationOutcome")
    }
}

extension HTTPFields {
    fileprivate func with(_ contentType: String) -> HTTPFields {
        var copy = self
        copy[.contentType] = contentType
        return copy
    }
}
