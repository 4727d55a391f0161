import Foundation
import IngestionCore
import JSONDocument
import Testing

@Suite("Bodies are judged as Open mHealth's schemas judge them")
struct OpenMHealthSchemaTests {
    @Test("All embedded schemas compile")
    func compile() {
        // 149 of github.com/openmhealth/schemas and 45 of IEEE 1752.1, less those that refer to schemas published elsewhere.
        print("schemas: \(OpenMHealthSchemas.names.count)")
        #expect(OpenMHealthSchemas.names.count > 180)
        #expect(OpenMHealthSchemas.contains(namespace: "ieee", name: "sleep-episode", version: "1.0"))
        #expect(OpenMHealthSchemas.contains(namespace: "omh", name: "heart-rate", version: "2.0"))
        #expect(OpenMHealthSchemas.contains(namespace: "omh", name: "body-temperature", version: "4.0"))
        #expect(!OpenMHealthSchemas.contains(namespace: "omh", name: "heart-rate", version: "9.9"))
    }

    @Test("Every published test case of a schema that is present is judged rightly")
    func publishedCases() throws {
        guard let root = SharedData.folder?.appending(path: "wearable-samples/openmhealth/test-data") else { return }
        var passed = (right: 0, wrong: 0)
        var failed = (right: 0, wrong: 0)
        var absent: Set<String> = []
        let cases = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        while let file = cases?.nextObject() as? URL {
            guard file.pathExtension == "json" else { continue }
            let parts = Array(file.pathComponents.suffix(5))
            let (namespace, name, version, side) = (parts[0], parts[1], parts[2], parts[3])
            guard OpenMHealthSchemas.contains(namespace: namespace, name: name, version: version) else {
                absent.insert("\(namespace)/\(name)-\(version)")
                continue
            }
            let accepted: Bool
            do {
                let body = try JSONValue(parsing: SharedData.bytes(of: file))
                try OpenMHealthSchemas.validateBody(body, namespace: namespace, name: name, version: version)
                accepted = true
            } catch {
                accepted = false
            }
            switch (side, accepted) {
            case ("shouldPass", true): passed.right += 1
            case ("shouldPass", false): passed.wrong += 1
            case (_, false): failed.right += 1
            case (_, true): failed.wrong += 1
            }
            #expect(accepted == (side == "shouldPass"), "\(parts.joined(separator: "/"))")
        }
        print(
            "must pass: \(passed.right) of \(passed.right + passed.wrong); must fail: \(failed.right) of \(failed.right + failed.wrong); absent \(absent.sorted())"
        )
        #expect(passed.right == 157 && failed.right == 159 && absent.isEmpty)
    }

    @Test(
        "A violation names code and place",
        arguments: [
            (
                #"{"heart_rate":{"value":72,"unit":"bpm"},"effective_time_frame":{"date_time":"2024-01-01T00:00:00Z"}}"#,
                "value-not-allowed", "body.heart_rate.unit"
            ),
            (#"{"heart_rate":{"value":"72","unit":"beats/min"}}"#, "wrong-type", "body.heart_rate.value"),
            (#"{"heart_rate":{"unit":"beats/min"}}"#, "missing-member", "body.heart_rate.value"),
            (#"{"effective_time_frame":{}}"#, "missing-member", "body.heart_rate"),
            (
                #"{"heart_rate":{"value":72,"unit":"beats/min"},"effective_time_frame":{"date_time":"2024-01-01T00:00:00"}}"#,
                "invalid-format", "body.effective_time_frame.date_time"
            ),
            (#"[]"#, "wrong-type", "body"),
        ])
    func violation(body: String, code: String, place: String) throws {
        let value = try Fixture.json(body)
        let reason = #expect(throws: FeedRejection.self) {
            try OpenMHealthSchemas.validateBody(value, namespace: "omh", name: "heart-rate", version: "1.1")
        }
        #expect(reason?.code == code)
        #expect(reason?.place == place)
    }
}
