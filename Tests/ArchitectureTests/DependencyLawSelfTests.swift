import Testing

/// The checker is worth nothing unless it turns red: each row breaks the law in one way.
@Suite("The dependency checker finds every kind of breach")
struct DependencyLawSelfTests {
    /// A small house that keeps the law.
    private static let house: [PackageManifest.Target] = [
        target("CKafka", "Shared/CKafka", type: "system"),
        target("CPostgres", "Shared/CPostgres", type: "system"),
        target("Domain", "Shared/Domain"),
        target("Contracts", "Shared/Contracts", ["Domain"]),
        target("KafkaClient", "Shared/KafkaClient", ["CKafka", "Logging"]),
        target("PostgresClient", "Shared/PostgresClient", ["CPostgres"]),
        target("StreamRuntime", "Shared/StreamRuntime", ["Domain", "KafkaClient"]),
        target("ServiceKit", "Shared/ServiceKit", ["Domain"]),
        target("TestSupport", "Shared/TestSupport", ["Domain"]),
        target("IngestionCore", "Services/Ingestion/Core", ["Domain"]),
        target("IngestionAdapter", "Services/Ingestion/Adapter", ["IngestionCore", "StreamRuntime"]),
        target("ingestion", "Services/Ingestion/App", ["IngestionAdapter", "ServiceKit"], type: "executable"),
        target("AlertEngineCore", "Services/AlertEngine/Core", ["Domain"]),
        target("AlertEngineAdapter", "Services/AlertEngine/Adapter", ["AlertEngineCore"]),
        target("alert-engine", "Services/AlertEngine/App", ["AlertEngineAdapter"], type: "executable"),
        target("KafkaClientTests", "Tests/KafkaClientTests", ["KafkaClient", "CKafka"], type: "test"),
        target("AlertEngineCoreTests", "Tests/AlertEngineCoreTests", ["AlertEngineCore"], type: "test"),
    ]

    private static func target(
        _ name: String, _ path: String, _ dependencies: [String] = [], type: String = "regular"
    ) -> PackageManifest.Target {
        .init(
            name: name, type: type, path: path, dependencies: dependencies.map(PackageManifest.Dependency.init(name:)))
    }

    @Test("a house that keeps the law has no violation")
    func goodHouse() {
        let law = DependencyLaw(targets: Self.house)
        #expect(law.services == ["Ingestion": "ingestion", "AlertEngine": "alert-engine"])
        #expect(law.violations(in: Self.house) == [])
    }

    @Test(
        "a declared dependency against the law is found",
        arguments: [
            ("Domain", "Contracts"), ("Domain", "Logging"), ("Contracts", "KafkaClient"), ("KafkaClient", "Domain"),
            ("KafkaClient", "CPostgres"), ("PostgresClient", "KafkaClient"), ("StreamRuntime", "CKafka"),
            ("StreamRuntime", "ServiceKit"), ("ServiceKit", "StreamRuntime"), ("TestSupport", "CKafka"),
            ("IngestionCore", "KafkaClient"), ("IngestionCore", "Logging"), ("IngestionCore", "StreamRuntime"),
            ("IngestionAdapter", "CKafka"), ("IngestionAdapter", "AlertEngineCore"),
            ("ingestion", "AlertEngineAdapter"),
            ("ingestion", "CPostgres"), ("alert-engine", "ingestion"), ("AlertEngineCoreTests", "CKafka"),
            ("AlertEngineCoreTests", "IngestionCore"), ("CKafka", "CPostgres"),
        ])
    func forbiddenDependency(module: String, dependency: String) {
        let broken = Self.house.map { target in
            target.name == module
                ? Self.target(module, target.path ?? "", target.dependencyNames + [dependency], type: target.type)
                : target
        }
        let found = DependencyLaw(targets: broken).violations(in: broken)
        #expect(found.map(\.place) == [module])
        #expect(found.map(\.subject) == ["depends on \(dependency)"])
    }

    @Test("a target in a room that the law does not know is found")
    func unknownRoom() {
        let house = Self.house + [Self.target("Common", "Shared/Common")]
        #expect(DependencyLaw(targets: house).violations(in: house).map(\.place) == ["Common"])
    }

    @Test(
        "an import against the law is found, however it is written",
        arguments: [
            "import KafkaClient", "public import KafkaClient", "@testable import KafkaClient",
            "@preconcurrency import struct KafkaClient.Offset", "/* why */ import KafkaClient", "import KafkaClient;",
        ])
    func forbiddenImport(statement: String) throws {
        let law = DependencyLaw(targets: Self.house)
        let core = try #require(Self.house.first { $0.name == "IngestionCore" })
        let found = law.violations(in: SourceText("import Domain\n\(statement)\n"), at: "A.swift", of: core)
        #expect(found.map(\.place) == ["A.swift:2"])
        #expect(found.map(\.subject) == ["imports KafkaClient"])
    }

    @Test("an import that the law allows and the manifest does not declare is found")
    func undeclaredImport() throws {
        let law = DependencyLaw(targets: Self.house)
        let core = try #require(Self.house.first { $0.name == "IngestionCore" })
        let found = law.violations(in: SourceText("import Contracts"), at: "A.swift", of: core)
        #expect(found.map(\.subject) == ["imports Contracts"])
        #expect(law.violations(in: SourceText("import Domain\nimport Foundation"), at: "A.swift", of: core) == [])
    }

    @Test("a test may import what stands below its declared modules, and nothing else undeclared")
    func testsReachBelow() throws {
        let law = DependencyLaw(targets: Self.house)
        let tests = try #require(Self.house.first { $0.name == "AlertEngineCoreTests" })
        let found = law.violations(
            in: SourceText("import Domain\nimport AlertEngineCore\nimport KafkaClient"), at: "A.swift", of: tests)
        #expect(found.map(\.place) == ["A.swift:3"])
    }

    @Test("an import in a comment or a string is none")
    func textIsNoImport() {
        let text = SourceText(
            "// import KafkaClient\nlet a = \"\"\"\n    import KafkaClient\n    \"\"\"\nimport Domain")
        #expect(text.imports.map(\.module) == ["Domain"])
        #expect(text.imports.map(\.line) == [5])
    }

    @Test("a waiver covers its place and subject only, and is found when it covers nothing or says nothing")
    func waivers() {
        let here = Violation(place: "Shared/A/B.swift:3", subject: "imports X", reason: "r")
        let there = Violation(place: "Shared/C/B.swift:3", subject: "imports X", reason: "r")
        let reason = "four words or more"
        let file = Waiver(place: "Shared/A/B.swift", subject: "imports X", reason: reason)
        let folder = Waiver(place: "Shared/A", subject: "imports X", reason: reason)
        #expect(unexcused([here, there], waivers: [file]) == [there])
        #expect(unexcused([here, there], waivers: [folder]) == [there])
        #expect(unexcused([there], waivers: [file]).count == 2)
        #expect(unexcused([here], waivers: [Waiver(place: "Shared/A", subject: "imports X", reason: "")]).count == 1)
        #expect(!Waiver(place: "Shared/A/B", subject: "imports X", reason: reason).covers(here))
    }
}
