import Testing

@Suite("The sources keep to the table of banned code and to the shape of a file")
struct BannedCodeTests {
    /// The rooms with Swift of ours.
    private static func sources() throws -> [Repository.SourceFile] {
        try ["Shared", "Services", "Tests"].flatMap { try Repository.current.swiftFiles(below: $0) }
            // This folder spells out what it bans.
            .filter { !$0.path.hasPrefix("Tests/ArchitectureTests/") }
    }

    @Test("no source holds banned code")
    func noBannedCode() throws {
        let found = try Self.sources().flatMap { BannedCode.violations(in: SourceText($0.text), at: $0.path) }
        let broken = unexcused(found, waivers: Waivers.bannedCode)
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test("no file is too long, and what is unchecked says why it is safe")
    func shapes() throws {
        let found = try Self.sources().flatMap { FileShape.violations(in: SourceText($0.text), at: $0.path) }
        let broken = unexcused(found, waivers: Waivers.fileShapes)
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test(
        "banned code is found in the rooms it is banned in",
        arguments: [
            ("fatalError(", "Shared/Domain/A.swift", "fatalError(\"no\")"),
            ("precondition(", "Services/Ingestion/Adapter/A.swift", "    precondition(x > 0)"),
            ("try!", "Shared/KafkaClient/A.swift", "let a = try! f()"),
            ("as!", "Shared/KafkaClient/A.swift", "let a = b as! C"),
            ("Thread.sleep", "Shared/KafkaClient/A.swift", "Thread.sleep(forTimeInterval: 1)"),
            ("Task.sleep", "Tests/DomainTests/A.swift", "try await Task.sleep(for: .seconds(1))"),
            ("Task.sleep", "Shared/TestSupport/A.swift", "try await Task.sleep(for: .seconds(1))"),
            ("usleep(", "Tests/DomainTests/A.swift", "usleep(10)"),
            ("sleep(", "Tests/DomainTests/A.swift", "sleep(1)"),
            ("Task {", "Shared/ServiceKit/A.swift", "        Task { await f() }"),
            ("Task.detached", "Shared/ServiceKit/A.swift", "let t = Task.detached { }"),
            ("a stream without a bound", "Shared/ServiceKit/A.swift", "AsyncStream.makeStream(of: Int.self)"),
            ("Date()", "Services/AlertEngine/Core/A.swift", "let now = Date()"),
            ("SystemClock()", "Services/AlertEngine/Core/A.swift", "let clock = SystemClock()"),
            ("random(in:) without using:", "Services/AlertEngine/Core/A.swift", "Double.random(in: 0..<1)"),
            ("UUID()", "Shared/Contracts/A.swift", "let id = UUID()"),
            ("clock_gettime(", "Services/AlertEngine/Core/A.swift", "clock_gettime(CLOCK_REALTIME, &now)"),
            ("drand48(", "Services/AlertEngine/Core/A.swift", "let x = drand48()"),
            ("fopen(", "Services/AlertEngine/Core/A.swift", "let file = fopen(path, mode)"),
            ("print(", "Services/AlertEngine/Core/A.swift", "print(1)"),
            ("contentsOf: URL", "Services/AlertEngine/Core/A.swift", "let d = try Data(contentsOf: url)"),
            ("a name that says nothing", "Shared/ServiceKit/A.swift", "public final class TopicManager {"),
        ])
    func findsBannedCode(code: String, path: String, line: String) {
        let found = BannedCode.violations(in: SourceText("// first\n\(line)\n"), at: path)
        #expect(found.map(\.subject) == [code])
        #expect(found.map(\.place) == ["\(path):2"])
    }

    @Test(
        "what only looks like it is let pass",
        arguments: [
            ("Shared/Domain/A.swift", "// fatalError(\"no\")"),
            ("Shared/Domain/A.swift", "let text = \"call fatalError( here\""),
            ("Shared/Domain/A.swift", "myfatalError(1)"),
            ("Tests/DomainTests/A.swift", "precondition(true)"),
            ("Tests/DomainTests/A.swift", "clock.sleep(1)"),
            ("Shared/KafkaClient/A.swift", "try await Task.sleep(for: .seconds(1))"),
            ("Shared/ServiceKit/A.swift", "let task = Task { await f() }"),
            ("Shared/ServiceKit/A.swift", "AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))"),
            ("Services/AlertEngine/Core/A.swift", "Double.random(in: 0..<1, using: &generator)"),
            ("Services/AlertEngine/Adapter/A.swift", "let now = Date()"),
            ("Services/AlertEngine/Core/A.swift", "let events = try f(contentsOf: list)"),
            (
                "Shared/ServiceKit/A.swift",
                "AsyncStream.makeStream(\n    of: Int.self, bufferingPolicy: .bufferingNewest(1))"
            ),
            ("Shared/ServiceKit/A.swift", "struct UtilsOfNothingElse {}"),
        ])
    func letsOtherCodePass(path: String, line: String) {
        #expect(BannedCode.violations(in: SourceText(line), at: path) == [])
    }

    @Test("a file over its length is found, one at its length is not")
    func lengths() {
        let lines = { String(repeating: "a\n", count: $0) }
        #expect(FileShape.violations(in: SourceText(lines(400)), at: "Shared/A/B.swift") == [])
        #expect(FileShape.violations(in: SourceText(lines(401)), at: "Shared/A/B.swift").count == 1)
        #expect(FileShape.violations(in: SourceText(lines(59)), at: "Services/A/App/main.swift") == [])
        #expect(FileShape.violations(in: SourceText(lines(60)), at: "Services/A/App/main.swift").count == 1)
    }

    @Test("an unchecked conformance outside a client module, or without its Safety line, is found")
    func safety() {
        let bare = SourceText("final class A: @unchecked Sendable {}")
        let explained = SourceText("// Safety: every access holds `lock`.\nfinal class A: @unchecked Sendable {}")
        #expect(FileShape.violations(in: explained, at: "Shared/KafkaClient/A.swift") == [])
        #expect(FileShape.violations(in: bare, at: "Shared/KafkaClient/A.swift").count == 1)
        #expect(FileShape.violations(in: explained, at: "Shared/StreamRuntime/A.swift").count == 1)
        #expect(FileShape.violations(in: bare, at: "Services/A/Adapter/A.swift").count == 2)
    }
}
