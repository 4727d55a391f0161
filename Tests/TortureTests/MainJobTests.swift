import Foundation
import TestSupport
import Testing

@Suite(
    "The main job: the whole stack, a feed through it, and nothing left behind", .serialized, .timeLimit(.minutes(10)))
struct MainJobTests {
    private struct Summary: Decodable {
        struct Detection: Decodable {
            let isDetected: Bool
        }
        let isDrained: Bool
        let recordsLost: Int
        let deadLetters: Int
        let itemsPublished: Int
        let observationsRecorded: Int
        let detections: [Detection]
    }

    @Test func `a seeded feed is drained, and its planted deterioration is alerted`() async throws {
        guard let summary = try await run(["--people", "4", "--days", "3"]) else { return }
        #expect(summary.isDrained)
        #expect(summary.recordsLost == 0)
        #expect(summary.deadLetters == 0)
        #expect(summary.observationsRecorded >= summary.itemsPublished - 50 && summary.itemsPublished > 500)
        #expect(summary.detections.map(\.isDetected) == [true])
    }

    @Test func `real bundles give exactly their observations`() async throws {
        guard SharedData.isAvailable else {
            print("skipped: no shared data, so no Synthea bundles")
            return
        }
        let folder = SharedData.url("fhir-r4/synthea")
        guard let summary = try await run(["--feed", folder.path]) else { return }
        #expect(summary.isDrained)
        #expect(summary.recordsLost == 0)
        #expect(summary.deadLetters == 0)
        // Counted over the JSON by deploy/checks/count_fhir_observations.py.
        #expect(summary.observationsRecorded == 1_220)
    }

    /// Runs `vitalctl run --once` with the executables beside this bundle; nil, with a line, where there is no document store.
    private func run(_ arguments: [String]) async throws -> Summary? {
        let store = Repository.root.appending(path: ".venv/bin/nx-27017")
        guard FileManager.default.isExecutableFile(atPath: store.path) else {
            print("skipped: no .venv/bin/nx-27017; deploy/setup makes it")
            return nil
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "vitalstream-main-job-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "output")
        let errors = folder.appending(path: "errors")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = WorkerProcess.executable.deletingLastPathComponent().appending(path: "vitalctl")
        process.arguments =
            ["run", "--once", "--json", "--state-dir", folder.appending(path: "state").path] + arguments
        process.currentDirectoryURL = Repository.root
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (ends, ended) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(1))
        process.terminationHandler = { ended.yield($0.terminationStatus) }
        try process.run()
        let status = await ends.first { _ in true }
        let told = try String(contentsOf: errors, encoding: .utf8)
        #expect(status == 0, "\(told.suffix(2_000))")
        let last = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").last
        return try JSONDecoder().decode(Summary.self, from: Data(#require(last).utf8))
    }
}
