/// A knowledge release: the bytes of its tables by file name (`positions.tsv`).
public struct KnowledgeTables: Sendable {
    /// The files' bytes.
    public let files: [String: [UInt8]]

    /// A release of these files; they are read when they are asked for.
    public init(files: [String: [UInt8]]) {
        self.files = files
    }

    /// Whether the release has that file.
    public func contains(_ name: String) -> Bool { files[name] != nil }

    /// The table of that file name; fails when the release lacks it or it is no table.
    public func table(_ name: String) throws(KnowledgeError) -> KnowledgeTable {
        guard let bytes = files[name] else {
            throw KnowledgeError(
                code: .missingTable, file: name,
                detail: "the release has only \(files.keys.sorted().joined(separator: ", "))")
        }
        return try KnowledgeTable(name: name, bytes: bytes)
    }
}
