import Foundation
import Testing

@testable import PharmacogenomicsCore

/// The pharmacogenomic research facts and cases that lie beside the repository (`../shared/data/pgx`, or
/// `VITALSTREAM_SHARED/data/pgx`) and are never committed. Tests on them are skipped, with a printed line, when absent.
enum SharedPGx {
    /// The repository's root.
    static let repository: URL = {
        var root = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root
    }()

    /// Where the facts lie.
    static let root: URL = {
        let shared =
            ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"].map { URL(filePath: $0) }
            ?? repository.deletingLastPathComponent().appending(path: "shared")
        return shared.appending(path: "data/pgx")
    }()

    /// Whether the facts are here; printed once when they are not.
    static let isPresent: Bool = {
        let exists = FileManager.default.fileExists(atPath: root.appending(path: "cases/cases.tsv").path)
        if !exists { print("skipped: no shared data at \(root.path) (set VITALSTREAM_SHARED)") }
        return exists
    }()

    /// The bytes of a file below the root; a `.gz` is unpacked.
    static func bytes(_ path: String) throws -> [UInt8] {
        let url = root.appending(path: path)
        guard path.hasSuffix(".gz") else { return [UInt8](try Data(contentsOf: url)) }
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", url.path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        guard gzip.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return [UInt8](data)
    }

    /// The text of a file below the root; a `.gz` is unpacked.
    static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The rows of a tab-separated table below the root, by column name; `#` lines are left out.
    static func table(_ path: String) throws -> [[String: String]] {
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: true)
            .filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { fields in
            Dictionary(zip(header, fields), uniquingKeysWith: { first, _ in first })
        }
    }

    /// The regular files of a tar archive (`.tar.gz`) below the root, by name.
    static func archive(_ path: String) throws -> [String: [UInt8]] {
        let bytes = try bytes(path)
        var files: [String: [UInt8]] = [:]
        var offset = 0
        while offset + 512 <= bytes.count {
            let header = bytes[offset..<offset + 512]
            func field(_ start: Int, _ length: Int) -> String {
                let slice = header[(offset + start)..<(offset + start + length)]
                return String(decoding: slice.prefix { $0 != 0 }, as: UTF8.self)
                    .trimmingCharacters(in: .whitespaces)
            }
            let name = field(0, 100)
            guard !name.isEmpty else { break }
            let prefix = field(257, 5) == "ustar" ? field(345, 155) : ""
            let size = Int(field(124, 12), radix: 8) ?? 0
            let start = offset + 512
            let kind = header[offset + 156]
            if kind == 0 || kind == UInt8(ascii: "0"), start + size <= bytes.count {
                files[prefix.isEmpty ? name : "\(prefix)/\(name)"] = Array(bytes[start..<start + size])
            }
            offset = start + (size + 511) / 512 * 512
        }
        return files
    }
}

/// One row of `cases/cases.tsv`: a case and one gene of it.
struct PGxCaseRow: Sendable, CustomTestStringConvertible {
    /// The columns by name.
    let columns: [String: String]

    /// A column; empty when the row has none.
    subscript(_ column: String) -> String { columns[column] ?? "" }

    /// The case's name.
    var name: String { self["case"] }
    /// The gene's symbol.
    var gene: String { self["gene"] }
    /// `matcher` or `pipeline`.
    var kind: String { self["kind"] }
    /// Whether an option is set.
    func hasOption(_ option: String) -> Bool { self["options"].split(separator: ",").contains(Substring(option)) }
    /// The expected diplotypes in their order.
    var expectedDiplotypes: [String] { Self.list(self["expected_diplotypes"]) }
    /// The expected report calls.
    var expectedReportCalls: [String] { Self.list(self["expected_report_calls"]) }

    /// How a test names the row.
    var testDescription: String { "\(name) \(gene)" }

    static func list(_ text: String) -> [String] {
        text.isEmpty ? [] : text.components(separatedBy: " | ")
    }

    /// All rows; none when the shared data are absent.
    static let all: [PGxCaseRow] = {
        guard SharedPGx.isPresent, let rows = try? SharedPGx.table("cases/cases.tsv") else { return [] }
        return rows.map(PGxCaseRow.init(columns:))
    }()

    /// The VCF files of the cases by the name in the column `vcf`.
    static let files: [String: [UInt8]] = {
        guard SharedPGx.isPresent else { return [:] }
        return (try? SharedPGx.archive("cases/vcf.tar.gz")) ?? [:]
    }()

    /// The row's VCF as bytes; nil when it is not in the archive.
    var vcf: [UInt8]? { Self.files[self["vcf"]] }
}

/// The knowledge tables of the repository.
enum RepositoryKnowledge {
    /// The folder of the tables.
    static let folder = SharedPGx.repository.appending(path: "Services/Pharmacogenomics/Resources/knowledge")

    /// All tables by file name.
    static func tables() throws -> KnowledgeTables {
        var files: [String: [UInt8]] = [:]
        for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where url.pathExtension == "tsv" {
            files[url.lastPathComponent] = [UInt8](try Data(contentsOf: url))
        }
        return KnowledgeTables(files: files)
    }

    /// The genes; read once.
    static let catalog = Result { try GeneCatalog(tables: try tables()) }
}
