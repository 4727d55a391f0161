import CPharmacogenomicsTables

/// The release of the tables that the executable was built with.
public enum BuiltInKnowledge {
    /// The content of its files by their names.
    public static var files: [String: [UInt8]] {
        var count = 0
        guard let tables = pharmacogenomics_tables(&count) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for table in UnsafeBufferPointer(start: tables, count: count) {
            guard let name = table.name else { continue }
            files[String(cString: name)] = Array(UnsafeBufferPointer(start: table.bytes, count: table.length))
        }
        return files
    }

    /// It as a package.
    public static func package() throws(PharmacogenomicsError) -> KnowledgePackage {
        try KnowledgePackage(files: files)
    }
}
