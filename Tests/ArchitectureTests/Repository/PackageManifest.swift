import Foundation

/// What `Package.swift` says of the targets and products, as `swift package dump-package` prints it.
struct PackageManifest: Decodable {
    /// A target, with the names it depends on.
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [Dependency]

        /// The dependencies that are targets of this package, and the products of others, by module name.
        var dependencyNames: [String] { dependencies.map(\.name) }
    }

    /// `{"byName": ["Domain", null]}` or `{"product": ["Logging", "swift-log", null, null]}`: the first string is the name.
    struct Dependency: Decodable {
        let name: String

        init(name: String) {
            self.name = name
        }

        init(from decoder: any Decoder) throws {
            let kinds = try decoder.singleValueContainer().decode([String: [Element]].self)
            guard case .text(let name)?? = kinds.values.first?.first else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
            }
            self.name = name
        }

        /// One member of a dependency's array: its strings matter, its conditions and nulls do not.
        private enum Element: Decodable {
            case text(String)
            case other

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = (try? container.decode(String.self)).map(Element.text) ?? .other
            }
        }
    }

    /// A product; `type` has one key, such as `executable`.
    struct Product: Decodable {
        let name: String
        let targets: [String]
        let isExecutable: Bool

        private enum CodingKeys: String, CodingKey {
            case name, targets, type
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            targets = try container.decode([String].self, forKey: .targets)
            isExecutable = try container.decode([String: [String]?].self, forKey: .type).keys.contains("executable")
        }
    }

    let targets: [Target]
    let products: [Product]

    /// Asks SwiftPM for the manifest of the package at `root`.
    ///
    /// A scratch directory of its own keeps it away from the build lock that a surrounding `swift test` may hold.
    static func load(root: URL) throws -> PackageManifest {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "architecture-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package",
        ]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let json = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CocoaError(
                .executableLoad,
                userInfo: [
                    NSLocalizedDescriptionKey: "swift package dump-package ended with \(process.terminationStatus)"
                ])
        }
        return try JSONDecoder().decode(PackageManifest.self, from: json)
    }
}
