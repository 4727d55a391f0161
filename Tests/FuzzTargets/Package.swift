// swift-tools-version: 6.2

import PackageDescription

// One executable with a libFuzzer entry point for every decoder; `deploy/fuzz` builds and runs it. A package of its own, because every
// module in it is built with coverage and the address sanitizer. `Shared` and `Services` are links to the rooms of the root package.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .unsafeFlags(["-sanitize=fuzzer,address"]),
]

let package = Package(
    name: "fuzz-targets",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CProtobufC", path: "Shared/CProtobufC", pkgConfig: "libprotobuf-c"),
        sanitized("Domain", path: "Shared/Domain", exclude: ["NOTICE"]),
        .target(
            name: "CHealthContracts", dependencies: ["CProtobufC"], path: "Shared/CHealthContracts",
            exclude: ["health.v1.binpb"], publicHeadersPath: "include",
            cSettings: [.headerSearchPath("include"), .unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        sanitized(
            "Contracts",
            ["Domain", "CHealthContracts", "CProtobufC", .product(name: "Crypto", package: "swift-crypto")],
            path: "Shared/Contracts"),
        sanitized("JSONDocument", path: "Shared/JSONDocument"),
        .systemLibrary(name: "CZlib", path: "Shared/CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "CZstd", path: "Shared/CZstd", pkgConfig: "libzstd"),
        sanitized("Compression", ["CZlib", "CZstd"], path: "Shared/Compression"),
        sanitized(
            "Authorization",
            [
                "Domain", "JSONDocument", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "Shared/Authorization"),
        .systemLibrary(name: "CExpat", path: "Shared/CExpat", pkgConfig: "expat"),
        sanitized("XMLReader", ["CExpat"], path: "Shared/XMLReader"),
        sanitized("FHIR", ["JSONDocument", "XMLReader"], path: "Shared/FHIR", exclude: ["NOTICE"]),
        sanitized("HL7v2", ["Domain"], path: "Shared/HL7v2"),
        .systemLibrary(name: "CHTS", path: "Shared/CHTS", pkgConfig: "htslib"),
        sanitized(
            "GenomicFormats", ["Compression", "CHTS", .product(name: "Crypto", package: "swift-crypto")],
            path: "Shared/GenomicFormats"),
        sanitized(
            "IngestionCore",
            [
                "Domain", "Contracts", "JSONDocument", "FHIR", "HL7v2", "GenomicFormats", "XMLReader",
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Services/Ingestion/Core"),
        sanitized(
            "PharmacogenomicsCore", ["Domain", "Contracts", "JSONDocument", "GenomicFormats"],
            path: "Services/Pharmacogenomics/Core"),
        .target(
            name: "CPharmacogenomicsTables", path: "Services/Pharmacogenomics/Resources",
            exclude: ["build", "knowledge"], sources: ["tables.c"], publicHeadersPath: "include"),
        .executableTarget(
            name: "FuzzDecoders",
            dependencies: [
                "Domain", "Contracts", "JSONDocument", "FHIR", "HL7v2", "XMLReader", "Compression", "Authorization",
                "IngestionCore", "PharmacogenomicsCore", "CPharmacogenomicsTables",
            ],
            path: "Sources/FuzzDecoders",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
    ],
    swiftLanguageModes: [.v6]
)

func sanitized(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String, exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}
