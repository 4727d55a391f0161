// swift-tools-version: 6.2

import PackageDescription

// The dependency law (who may import whom) is written in CONTRIBUTING.md and checked by Tests/ArchitectureTests,
// which parses this file. Keep the helpers at the bottom, so that every service is built in the same way.

let package = Package(
    name: "vitalstream",
    products: [
        .executable(name: "ingestion", targets: ["ingestion"]),
        .executable(name: "alert-engine", targets: ["alert-engine"]),
        .executable(name: "pharmacogenomics", targets: ["pharmacogenomics"]),
        .executable(name: "gene-regulatory-network", targets: ["gene-regulatory-network"]),
        .executable(name: "vitalctl", targets: ["vitalctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: ["JSON", "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries of the system.
        systemLibrary("CKafka", pkgConfig: "rdkafka", apt: "librdkafka-dev"),
        systemLibrary("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
        systemLibrary("CMongo", pkgConfig: "libmongoc-1.0", apt: "libmongoc-dev"),
        systemLibrary("CProtobufC", pkgConfig: "libprotobuf-c", apt: "libprotobuf-c-dev"),
        systemLibrary("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        systemLibrary("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),
        systemLibrary("CHTS", pkgConfig: "htslib", apt: "libhts-dev"),
        systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        systemLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),

        // Shared rooms.
        shared("Domain", exclude: ["NOTICE"]),
        shared("JSONDocument"),
        .target(
            name: "CHealthContracts", dependencies: ["CProtobufC"], path: "Shared/CHealthContracts",
            exclude: ["health.v1.binpb"],
            publicHeadersPath: "include", cSettings: [.headerSearchPath("include")]),
        shared("Contracts", ["Domain", "CHealthContracts", "CProtobufC", .crypto]),
        shared("Cryptography", ["Domain", "COpenSSL"]),
        shared("KafkaClient", ["CKafka", .logging]),
        shared("PostgresClient", ["CPostgres", .logging]),
        shared("MongoClient", ["CMongo", .logging]),
        shared(
            "StreamRuntime",
            [
                "Domain", "Contracts", "Cryptography", "KafkaClient", "PostgresClient", "MongoClient", .logging,
                .metrics,
            ]),
        shared(
            "ServiceKit",
            [
                "Domain", "KafkaClient", "PostgresClient", "MongoClient", "Cryptography", .logging, .metrics,
                .argumentParser, .configuration, .hummingbird, .lifecycle, .nio,
            ]),
        shared(
            "StreamHosting",
            [
                "StreamRuntime", "ServiceKit", "PostgresClient", "MongoClient", "Cryptography", .logging, .lifecycle,
            ]),
        shared("XMLReader", ["CExpat"]),
        shared("Compression", ["CZlib", "CZstd"]),
        shared("FHIR", ["JSONDocument", "XMLReader"], exclude: ["NOTICE"]),
        shared("HL7v2", ["Domain"]),
        shared("GenomicFormats", ["Compression", "CHTS", .crypto]),
        shared("Authorization", ["Domain", "JSONDocument", .crypto, .cryptoExtras]),
        shared("TestSupport", ["PostgresClient", "MongoClient", .logging]),
    ]
        + service(
            "Ingestion", executable: "ingestion",
            core: ["JSONDocument", "FHIR", "HL7v2", "GenomicFormats", "XMLReader", .yams],
            adapter: [
                "KafkaClient", "Cryptography", "Compression", "Authorization", "StreamHosting", .crypto, .hummingbird,
                .lifecycle, .nio, .nioPosix, .nioTLS,
            ])
        + service(
            "AlertEngine", executable: "alert-engine",
            adapter: ["JSONDocument", "MongoClient", "StreamHosting"])
        + [tables("Pharmacogenomics")]
        + service(
            "Pharmacogenomics", executable: "pharmacogenomics", core: ["JSONDocument", "GenomicFormats"],
            adapter: [
                "CPharmacogenomicsTables", "Authorization", "Compression", "Cryptography", "KafkaClient",
                "MongoClient", "StreamHosting", .hummingbird, .lifecycle,
            ])
        + service(
            "GeneRegulatoryNetwork", executable: "gene-regulatory-network", core: ["JSONDocument"],
            adapter: ["Compression"])
        + service(
            "Vitalctl", executable: "vitalctl", core: ["JSONDocument"],
            adapter: ["KafkaClient", "Cryptography", "Compression", "IngestionCore", .argumentParser])
        + [
            // Tests mirror the sources.
            tests("Architecture"),
            tests("Domain"),
            tests("JSONDocument"),
            tests("XMLReader"),
            tests("Compression"),
            tests("FHIR", ["JSONDocument"]),
            tests("HL7v2", ["Domain", "TestSupport"]),
            tests("GenomicFormats", ["TestSupport"]),
            tests("Authorization", ["Domain", "JSONDocument", .crypto, .cryptoExtras]),
            tests("Contracts", ["Domain", "CHealthContracts", "CProtobufC"]),
            tests("Cryptography", ["Domain"]),
            tests("KafkaClient", ["TestSupport", .logging]),
            tests("PostgresClient", ["TestSupport", .logging]),
            tests("MongoClient", ["TestSupport", .logging]),
            .target(
                name: "LedgerFixture",
                dependencies: [
                    "Domain", "Contracts", "StreamRuntime", "PostgresClient", "Cryptography", "KafkaClient", .logging,
                ],
                path: "Tests/LedgerFixture", swiftSettings: .strict),
            tests("StreamRuntime", ["LedgerFixture", "TestSupport", "Contracts", "Cryptography"]),
            tests("ServiceKit", ["TestSupport", .hummingbirdTesting]),
            tests("IngestionCore", ["Domain", "Contracts", "JSONDocument", "Compression", "GenomicFormats", "HL7v2"]),
            tests(
                "IngestionAdapter",
                [
                    "IngestionCore", "TestSupport", "ServiceKit", "StreamHosting", "Contracts", "Cryptography",
                    "Domain",
                    "JSONDocument", "Authorization", "Compression", "HL7v2", "KafkaClient", "PostgresClient",
                    "StreamRuntime", .crypto, .cryptoExtras, .hummingbird, .hummingbirdTesting, .lifecycle, .logging,
                    .nio, .nioPosix, .nioTLS,
                ]),
            tests("AlertEngineCore", ["Domain", "Contracts"]),
            tests(
                "AlertEngineAdapter",
                [
                    "AlertEngineCore", "Domain", "Contracts", "JSONDocument", "Cryptography", "KafkaClient",
                    "PostgresClient", "StreamRuntime", "TestSupport", .logging,
                ]),
            tests(
                "PharmacogenomicsCore",
                ["Domain", "Contracts", "JSONDocument", "GenomicFormats", "Compression", "FHIR"]),
            tests(
                "PharmacogenomicsAdapter",
                [
                    "PharmacogenomicsCore", "Domain", "Contracts", "JSONDocument", "Authorization", "Compression",
                    "Cryptography", "KafkaClient", "PostgresClient", "ServiceKit", "StreamHosting", "StreamRuntime",
                    "TestSupport", .crypto, .hummingbird, .hummingbirdTesting, .logging,
                ]),
            tests("GeneRegulatoryNetworkCore"),
            tests("GeneRegulatoryNetworkAdapter", ["GeneRegulatoryNetworkCore", "Compression"]),
            tests(
                "VitalctlAdapter",
                ["VitalctlCore", "Domain", "Contracts", "JSONDocument", "KafkaClient", "TestSupport", .logging]),
            .executableTarget(
                name: "torture-worker",
                dependencies: ["Domain", "LedgerFixture", "StreamRuntime", "PostgresClient", "KafkaClient", .logging],
                path: "Tests/TortureWorker", swiftSettings: .strict),
            .testTarget(
                name: "TortureTests",
                dependencies: [
                    "StreamRuntime", "LedgerFixture", "TestSupport", "Contracts", "torture-worker", "vitalctl",
                    "ingestion", "alert-engine", "pharmacogenomics", "PharmacogenomicsCore", "PharmacogenomicsAdapter",
                ],
                path: "Tests/TortureTests", swiftSettings: .strict),
        ],
    swiftLanguageModes: [.v6]
)

// MARK: - How a target is built

extension [SwiftSetting] {
    /// Settings of every Swift target of ours. (A stored global would still be empty when the manifest's `let package` reads it.)
    static var strict: [SwiftSetting] {
        [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
    }

    /// Settings of what runs in production: the stream runtime is generic over its processor, which lies in another module, so it is
    /// specialised across the border.
    static var production: [SwiftSetting] {
        strict + [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]
    }
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let nio = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioTLS = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let yams = product(name: "Yams", package: "Yams")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let metrics = product(name: "Metrics", package: "swift-metrics")
}

/// A C library of the system: `Shared/<name>/module.modulemap` and `shim.h`.
func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Shared/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A module that several services use: `Shared/<name>`.
func shared(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Shared/\(name)", exclude: exclude, swiftSettings: .production)
}

/// The three targets of a service: `<name>Core` (pure), `<name>Adapter` (streams, SQL, documents) and the executable.
func service(
    _ name: String, executable: String, core: [Target.Dependency] = [], adapter: [Target.Dependency] = []
) -> [Target] {
    [
        .target(
            name: "\(name)Core", dependencies: ["Domain", "Contracts"] + core, path: "Services/\(name)/Core",
            swiftSettings: .production),
        .target(
            name: "\(name)Adapter",
            dependencies: [
                .byName(name: "\(name)Core"), "Domain", "Contracts", "StreamRuntime", "PostgresClient",
                "ServiceKit", .logging, .metrics,
            ] + core + adapter,
            path: "Services/\(name)/Adapter", swiftSettings: .production),
        .executableTarget(
            name: executable,
            dependencies: [
                .byName(name: "\(name)Core"), .byName(name: "\(name)Adapter"), "Domain", "Contracts", "ServiceKit",
                "StreamRuntime", .argumentParser,
            ],
            path: "Services/\(name)/App", swiftSettings: .production),
    ]
}

/// The tables of a service's knowledge, compiled in as they stand: `Services/<name>/Resources`. C, because its compiler embeds a file
/// (C23 `#embed`) at no cost, where SwiftPM makes an array literal of every byte.
func tables(_ service: String) -> Target {
    .target(
        name: "C\(service)Tables", path: "Services/\(service)/Resources", exclude: ["build", "knowledge"],
        sources: ["tables.c"], publicHeadersPath: "include")
}

/// The tests of one module: `Tests/<module>Tests`.
func tests(_ module: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(module)Tests",
        dependencies: module == "Architecture" ? dependencies : [.byName(name: module)] + dependencies,
        path: "Tests/\(module)Tests", swiftSettings: .strict)
}
