import Foundation

@testable import PharmacogenomicsCore

/// The tables of the repository, as the service is built with them.
enum ReleaseTables {
    /// Where they lie.
    static let directory = SharedPGx.repository.appending(path: "Services/Pharmacogenomics/Resources")

    /// Their bytes by file name.
    static let files: [String: [UInt8]] = {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: directory.appending(path: "knowledge").path)) ?? []
        var files: [String: [UInt8]] = [:]
        for name in names where name.hasSuffix(".tsv") {
            files[name] = (try? Data(contentsOf: directory.appending(path: "knowledge/\(name)"))).map { [UInt8]($0) }
        }
        return files
    }()

    /// The catalog that they give.
    static func catalog() throws -> GeneCatalog {
        try GeneCatalog(tables: KnowledgeTables(files: files))
    }

    /// The tables with one piece of text of one file exchanged.
    static func files(_ name: String, replacing old: String, by new: String) -> [String: [UInt8]] {
        var changed = files
        let text = String(decoding: files[name] ?? [], as: UTF8.self)
        changed[name] = Array((text.range(of: old).map { text.replacingCharacters(in: $0, with: new) } ?? "").utf8)
        return changed
    }
}
