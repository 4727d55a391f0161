import Foundation

@testable import PharmacogenomicsCore

/// The tables that the service ships, as they lie in the repository.
enum ReleasedTables {
    static let knowledge: Result<KnowledgeBase, any Error> = Result {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let directory = root.appending(path: "Services/Pharmacogenomics/Resources/knowledge")
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name.hasSuffix(".tsv") {
            files[name] = Array(try Data(contentsOf: directory.appending(path: name)))
        }
        return try KnowledgeBase(tables: KnowledgeTables(files: files), digest: "")
    }
}
