import Foundation
import Testing

@testable import GeneRegulatoryNetworkAdapter

/// A folder of a test's own, gone with it.
final class Files {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "grn-offline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The path of a name in it.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A file of text.
    func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

    /// A file of bytes.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: folder.appending(path: name))
        return path(name)
    }

    /// What there is, by name.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } }
}

/// What a command wrote.
final class Gathered {
    private(set) var bytes: [UInt8] = []

    /// An output that is gathered here.
    var output: OfflineOutput { OfflineOutput { self.bytes += $0 } }
    /// The lines.
    var lines: [String] { String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init) }
    /// The fields of the lines.
    var rows: [[String]] { lines.map { $0.components(separatedBy: "\t") } }
}

/// The real networks: `../shared/data/grn`, next to the repository; VITALSTREAM_SHARED names another `shared`.
enum SharedNetworks {
    private static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"], !shared.isEmpty {
            return URL(filePath: shared, directoryHint: .isDirectory).appending(path: "data/grn")
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/data/grn")
    }()

    /// Whether they are there; prints a line, once, when they are not.
    static let arePresent: Bool = {
        let present = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)
        if !present { print("SKIPPED: no networks at ../shared/data/grn (set VITALSTREAM_SHARED)") }
        return present
    }()

    /// The path of a file.
    static func path(_ name: String) -> String { folder.appending(path: name).path }
}
