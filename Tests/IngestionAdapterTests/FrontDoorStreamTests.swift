import Contracts
import HL7v2
import Hummingbird
import HummingbirdTesting
import IngestionAdapter
import IngestionCore
import JSONDocument
import PostgresClient
import ServiceKit
import StreamRuntime
import TestSupport
import Testing

@Suite("The front doors lead through the real stream into the real tables", .serialized)
struct FrontDoorStreamTests {
    @Test("A message by MLLP is in the tables when it is acknowledged, and its repeat gets the same bytes")
    func mllp() async throws {
        let stage = try await IngestionStage()
        let frame = MLLPDecoder.frame(MLLPFixture.message("m1"))
        let store = PostgresAcknowledgementStore(stage.pool)
        try await stage.running { application in
            try await MLLPFixture.serving(submitter: application, store: store) { port, _ in
                let first = try await MLLPClient.connect(port: port).exchange([frame], count: 1)
                #expect(try MLLPFixture.verdict(first[0]) == ["AA", "m1"])
                #expect(try await stage.count("observation") == 1)
                let again = try await MLLPClient.connect(port: port).exchange([frame], count: 1)
                #expect(again == first)
                let other = MLLPDecoder.frame(MLLPFixture.message("m1", value: "73"))
                let reused = try await MLLPClient.connect(port: port).exchange([other], count: 1)
                #expect(try MLLPFixture.verdict(reused[0]) == ["AE", "m1"])
            }
        }
        #expect(try await stage.count("observation") == 1)
        #expect(try await stage.count("hl7_acknowledgement") == 1)
        await stage.close()
    }

    @Test("An export longer than a body may be is taken in pieces; sent again it is recognised")
    func longExport() async throws {
        let stage = try await IngestionStage()
        let records = (0..<3_000).map { number in
            let time =
                "2024-05-\(number % 28 + 1 < 10 ? "0" : "")\(number % 28 + 1) 0\(number / 600):00:\(number % 60 < 10 ? "0" : "")\(number % 60) +0200"
            return #"<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="W" unit="count/min" "#
                + #"startDate="\#(time)" endDate="\#(time)" value="\#(50 + number % 100).\#(number)"/>"#
        }
        let export =
            "<?xml version=\"1.0\"?><HealthData locale=\"en_US\">\(records.joined(separator: "\n"))<Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=\"count/min\" startDate=\"nonsense\" value=\"1\"/></HealthData>"
        try await stage.running { application in
            let router = Router(context: ServiceRequestContext.self)
            IngestionRoutes(submitter: application, admission: OpenAdmission(), bodies: BodyReader(limit: 10_000))
                .add(to: router)
            for expected in ["accepted", "duplicate"] {
                let json = try await Application(router: router).test(.router) { client in
                    try await client.execute(
                        uri: "/v1/feeds/apple", method: .post, headers: Self.subject,
                        body: ByteBuffer(string: export)
                    ) { response in try JSONValue(parsing: Array(response.body.readableBytesView)) }
                }
                #expect(json["records"]?.number?.int64 == 3_001)
                #expect(json[expected]?.number?.int64 == 3_000)
                #expect(json["rejected"]?.number?.int64 == 1)
                #expect(json["outcomes"]?[0]?["index"]?.number?.int64 == 3_000)
            }
        }
        #expect(try await stage.count("observation") == 3_000)
        await stage.close()
    }

    private static let subject: HTTPFields = {
        var fields: HTTPFields = [:]
        if let name = HTTPFields.Element.Name("Vitalstream-Subject") { fields[name] = "u1" }
        return fields
    }()
}
