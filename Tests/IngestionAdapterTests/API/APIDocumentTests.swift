import Contracts
import Hummingbird
import JSONDocument
import ServiceKit
import Testing

@testable import IngestionAdapter

@Suite("What the service says of itself is true")
struct APIDocumentTests {
    private let http = OpenAPIDocument.document(base: "https://ingest.example.org", needsToken: true)
    private let topics = AsyncAPIDocument.document()

    /// Every `$ref` of a document.
    private func references(in value: JSONValue) -> [String] {
        if let array = value.array { return array.flatMap { references(in: $0) } }
        guard let object = value.object else { return [] }
        return object.members.flatMap { member in
            member.key == "$ref" ? [member.value.string].compactMap { $0 } : references(in: member.value)
        }
    }

    private func resolve(_ pointer: String, in document: JSONValue) -> JSONValue? {
        guard pointer.hasPrefix("#/") else { return nil }
        var value: JSONValue? = document
        for part in pointer.dropFirst(2).split(separator: "/") {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            value = value?[name]
        }
        return value
    }

    @Test("every reference resolves, and every component is used")
    func pointers() {
        for document in [http, topics] {
            let found = references(in: document)
            #expect(found.count > 30)
            for pointer in found { #expect(resolve(pointer, in: document) != nil, "\(pointer)") }
        }
        let used = Set(references(in: http))
        for kind in ["schemas", "responses", "parameters"] {
            for member in http["components"]?[kind]?.object?.members ?? [] {
                #expect(used.contains("#/components/\(kind)/\(member.key)"), "\(kind)/\(member.key)")
            }
        }
    }

    @Test("every operation has its own id, every path its parameters, every response its description")
    func operations() throws {
        var names: Set<String> = []
        for path in try #require(http["paths"]?.object).members {
            let shared = path.value["parameters"]?.array ?? []
            for method in ["get", "post", "put"] {
                guard let operation = path.value[method] else { continue }
                #expect(names.insert(try #require(operation["operationId"]?.string)).inserted)
                let all = (shared + (operation["parameters"]?.array ?? [])).compactMap {
                    $0["$ref"]?.string.flatMap { resolve($0, in: http) }
                }
                let inPath = all.filter { $0["in"]?.string == "path" }.compactMap { $0["name"]?.string }
                let named = path.key.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                    String($0.dropFirst().dropLast())
                }
                #expect(Set(inPath) == Set(named), "\(path.key)")
                for response in operation["responses"]?.object?.members ?? [] {
                    let answer = response.value["$ref"]?.string.flatMap { resolve($0, in: http) } ?? response.value
                    #expect(answer["description"]?.string?.isEmpty == false, "\(path.key) \(response.key)")
                }
            }
        }
        #expect(names.count >= 14)
    }

    @Test("the topics of the document are the fleet's, with the headers of CloudEvents")
    func asyncAPI() throws {
        let addresses = try #require(topics["channels"]?.object).members.compactMap { $0.value["address"]?.string }
        #expect(addresses == Topic.all)
        #expect(topics["operations"]?.object?.count == Topic.all.count)
        for topic in Topic.events {
            let headers = topics["components"]?["messages"]?[AsyncAPIDocument.name(of: topic)]?["headers"]?[
                "properties"]
            #expect(headers?[CloudEventHeader.type]?["const"]?.string == topic)
            #expect(headers?[CloudEventHeader.contentType]?["const"]?.string == CloudEventHeader.protobuf)
        }
    }

    @Test("every route that is served is in the document, and no other")
    func routes() async throws {
        let stage = try await SecuredStage()
        let security = try stage.security("a")
        let router = Router(context: ServiceRequestContext.self)
        AdminRoutes.add(to: router, health: HealthRegistry(), metrics: PrometheusRegistry(service: "test"))
        security.add(to: router)
        APIRoutes(base: SecuredStage.base, needsToken: true).add(to: router)
        IngestionRoutes(
            submitter: LaneDouble(try Fixture.processor()), admission: security.admission,
            bodies: BodyReader(limit: 1_000)
        ).add(to: router)
        let served = Set(
            router.routes.map { route in
                let path = route.path.description.split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                return "\(route.method.rawValue) /\(path.joined(separator: "/"))"
            })
        var described: Set<String> = []
        for path in try #require(http["paths"]?.object).members {
            for method in ["get", "post", "put"] where path.value[method] != nil {
                described.insert("\(method.uppercased()) \(path.key)")
            }
        }
        #expect(served.subtracting(described).isEmpty, "not described")
        #expect(described.subtracting(served).isEmpty, "not served")
    }

    @Test("without tokens the document knows no security")
    func open() {
        let open = OpenAPIDocument.document(base: "http://127.0.0.1:8080", needsToken: false)
        #expect(open["components"]?["securitySchemes"] == nil && open["paths"]?[TokenRoutes.path] == nil)
        #expect(open["paths"]?["/fhir"]?["post"]?["responses"]?["401"] == nil)
    }
}
