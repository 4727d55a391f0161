import Foundation

extension KnowledgePackage {
    /// The release that lies in a directory: its files with the ending `.tsv`.
    ///
    /// - Throws: ``PharmacogenomicsError`` when the directory or a file in it cannot be read, or there is no table.
    public init(directory path: String) throws(PharmacogenomicsError) {
        var files: [String: [UInt8]] = [:]
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasSuffix(".tsv") {
                files[name] = try [UInt8](Data(contentsOf: URL(filePath: path).appending(path: name)))
            }
        } catch {
            throw PharmacogenomicsError(
                .unreadableFile, operation: "read the tables",
                detail: "\(path) cannot be read: \(error.localizedDescription)")
        }
        guard !files.isEmpty else {
            throw PharmacogenomicsError(
                .unreadableFile, operation: "read the tables", detail: "\(path) has no file that ends in .tsv")
        }
        try self.init(files: files)
    }
}
