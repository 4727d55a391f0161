import Foundation
import GeneRegulatoryNetworkCore

/// The real networks for tests: `../shared/data/grn`, next to the repository; VITALSTREAM_SHARED names another `shared`.
enum SharedGRN {
    /// The folder of the networks.
    static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"], !shared.isEmpty {
            return URL(filePath: shared, directoryHint: .isDirectory).appending(path: "data/grn")
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/data/grn")
    }()

    /// Whether the networks are there; prints a line, once, when they are not.
    static let isPresent: Bool = {
        let present = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)
        if !present { print("SKIPPED: no networks at ../shared/data/grn (set VITALSTREAM_SHARED)") }
        return present
    }()

    /// The text of a file, `.gz` inflated.
    static func text(_ path: String) throws -> String {
        let file = folder.appending(path: path)
        guard path.hasSuffix(".gz") else { return try String(contentsOf: file, encoding: .utf8) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// The rows of a tab-separated file, empty lines left out.
    static func rows(_ path: String) throws -> [[Substring]] {
        try text(path).split(whereSeparator: \.isNewline).map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
    }

    /// A matrix whose header names the genes and whose rows are samples.
    static func samplesByGenes(_ path: String) throws -> ExpressionMatrix {
        let rows = try rows(path)
        return try ExpressionMatrix(
            genes: rows.first?.map(String.init) ?? [], samples: (1..<max(rows.count, 1)).map { "S\($0)" },
            rows: rows.dropFirst().map { row in row.map { Float($0) ?? .nan } })
    }

    /// A matrix whose header names the samples and whose rows are genes, the name first.
    static func genesBySamples(_ path: String) throws -> ExpressionMatrix {
        let rows = try rows(path)
        return try ExpressionMatrix(
            genes: rows.dropFirst().map { String($0[0]) },
            samples: rows.first?.dropFirst().map(String.init) ?? [],
            columns: rows.dropFirst().map { row in row.dropFirst().map { Float($0) ?? .nan } })
    }

    /// A gold standard: regulator and target of each edge, self pairs left out.
    static func gold(_ path: String) throws -> Set<[String]> {
        Set(try rows(path).dropFirst().map { [String($0[0]), String($0[1])] }.filter { $0[0] != $0[1] })
    }

    /// DREAM4's multifactorial network of a number: 100 genes, 100 samples.
    static func multifactorial(_ number: Int) throws -> ExpressionMatrix {
        try samplesByGenes("dream4/multifactorial100_\(number)/multifactorial.tsv")
    }

    /// The gold standard of ``multifactorial(_:)``.
    static func multifactorialGold(_ number: Int) throws -> Set<[String]> {
        try gold("dream4/multifactorial100_\(number)/gold_edges.tsv")
    }
}
