import Contracts
import Domain
import Foundation
import IngestionAdapter
import IngestionCore
import KafkaClient
import Logging
import PostgresClient
import StreamRuntime
import Synchronization
import TestSupport
import Testing

@Suite("Feeds reach tables, events and archive exactly once, by topic and by request", .serialized)
struct IngestionStreamTests {
    @Test("A Bundle on the topic gives rows, events and documents; posting it again gives duplicates only")
    func topicThenRequest() async throws {
        let stage = try await IngestionStage()
        let text = Fixture.bundle([
            Fixture.patient("1"), Fixture.organization, Fixture.weight(70, patient: "1"),
            #"{"resourceType":"Observation"}"#,
        ])
        try await stage.running { application in
            try await stage.publish(text, topic: Topic.ehrFeed)
            try await stage.publish("[\(Fixture.point("a", heartRate: 70))]", topic: Topic.wearableFeed)
            try await eventually("rows of observations") { try await stage.count("observation") == 2 }
            try await eventually("rows of people") { try await stage.count("patient") == 1 }
            try await eventually("a dead letter for the refused resource") { try await stage.count("dead_letter") == 1 }
            let outcomes = try await application.submit(Submission(.fhir, Array(text.utf8)))
            #expect(outcomes.map { $0.word } == ["duplicate", "duplicate", "duplicate", "rejected"])
            // One document for each submission that had something new in it, and it leaves once, however many records told it.
            #expect(try await stage.count("outbox WHERE kind = 1") == 2)
            try await eventually("documents") { stage.archive.documents.withLock { $0.count } == 2 }
        }
        #expect(try await stage.count("observation") == 2)
        let published = try await stage.events(on: Topic.observationRecorded, count: 2)
        #expect(Set(published.map(\.code)) == ["29463-7", "8867-4"])
        #expect(try await stage.strings("SELECT code FROM bi.observation_v1 ORDER BY 1") == ["29463-7", "8867-4"])
        await stage.close()
    }

    @Test("Sixty-four parallel posts of one Bundle leave one copy")
    func parallelPosts() async throws {
        let stage = try await IngestionStage()
        let text = Fixture.bundle(
            (0..<20).map { Fixture.weight(Double(60 + $0), patient: "1", id: "w\($0)") }, type: "transaction")
        let words = try await stage.running { application in
            try await eventually("the lane") { application.isReady }
            return try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        try await application.submit(Submission(.fhir, Array(text.utf8))).map(\.word)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(words.count { $0 == "accepted" } == 20)
        #expect(words.count { $0 == "duplicate" } == 63 * 20)
        #expect(try await stage.count("observation") == 20)
        await stage.close()
    }

    @Test("The person received last stands in the table of people")
    func latestPatient() async throws {
        let stage = try await IngestionStage()
        try await stage.running { application in
            try await eventually("the lane") { application.isReady }
            for gender in ["female", "male"] {
                _ = try await application.submit(
                    Submission(.fhir, Array(Fixture.patient("1", gender: gender).utf8)))
            }
        }
        #expect(try await stage.strings("SELECT administrative_gender FROM patient") == ["male"])
        await stage.close()
    }

    @Test(
        "Every bundle of Synthea, four by topic and all by request, reaches the tables in the number that the raw JSON has"
    )
    func synthea() async throws {
        guard SharedData.isAvailable("fhir-r4/synthea"), SharedData.isAvailable("fhir-r4/synthea-large") else { return }
        let files = try ["fhir-r4/synthea", "fhir-r4/synthea-large"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: SharedData.url(folder).path)
                .filter { $0.hasSuffix(".json.gz") }.sorted().map { SharedData.url(folder).appending(path: $0) }
        }
        let bundles = try files.map { try gunzipped($0) }
        // What IngestionCoreTests compare with the count over the raw JSON by deploy/checks/count_fhir_observations.py.
        let expected: Int64 = 2_148
        let stage = try await IngestionStage()
        try await stage.running { application in
            for json in bundles.prefix(4) {
                try await stage.publish(String(decoding: json, as: UTF8.self), topic: Topic.ehrFeed)
            }
            try await eventually("the people of the first bundles", timeout: .seconds(60)) {
                try await stage.count("patient") == 4
            }
            var words: [String: Int] = [:]
            for json in bundles {
                for outcome in try await application.submit(Submission(.fhir, json)) {
                    words[outcome.word, default: 0] += 1
                }
            }
            print("synthea by request: \(words.sorted { $0.key < $1.key })")
            #expect(words.values.reduce(0, +) == 4_936)
            #expect(words["rejected"] == nil)
        }
        #expect(try await stage.count("observation") == expected)
        #expect(try await stage.count("patient") == 17)
        #expect(try await stage.count("condition") == 124)
        #expect(try await stage.count("medication") == 101)
        #expect(try await stage.count("dead_letter") == 0)
        await stage.close()
    }
}

extension ItemOutcome {
    var word: String {
        switch self {
        case .accepted, .remarked: "accepted"
        case .quarantined: "quarantined"
        case .duplicate: "duplicate"
        case .ignored: "ignored"
        case .rejected: "rejected"
        }
    }
}

private func gunzipped(_ file: URL) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
}
