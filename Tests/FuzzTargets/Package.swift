// swift-tools-version: 6.2

import PackageDescription

// One executable with a libFuzzer entry point for every decoder; `deploy/fuzz` builds and runs it. A package of its own, because every
// module in it is built with coverage and the address sanitizer. `Shared` and `Services` are links to the rooms of the root package.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

let package = Package(
    name: "fuzz-targets",
    dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
    targets: [
        .systemLibrary(name: "CProtobufC", path: "Shared/CProtobufC", pkgConfig: "libprotobuf-c"),
        sanitized("Domain", path: "Shared/Domain"),
        .target(
            name: "CHealthContracts", dependencies: ["CProtobufC"], path: "Shared/CHealthContracts",
            exclude: ["health.v1.binpb"], publicHeadersPath: "include",
            cSettings: [.headerSearchPath("include"), .unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        sanitized(
            "Contracts",
            ["Domain", "CHealthContracts", "CProtobufC", .product(name: "Crypto", package: "swift-crypto")],
            path: "Shared/Contracts"),
        sanitized("JSONDocument", path: "Shared/JSONDocument"),
        sanitized("IngestionCore", ["Domain", "Contracts", "JSONDocument"], path: "Services/Ingestion/Core"),
        .executableTarget(
            name: "FuzzDecoders", dependencies: ["Domain", "Contracts", "JSONDocument", "IngestionCore"],
            path: "Sources/FuzzDecoders",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
    ],
    swiftLanguageModes: [.v6]
)

func sanitized(_ name: String, _ dependencies: [Target.Dependency] = [], path: String) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}
