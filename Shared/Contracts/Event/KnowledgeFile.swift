/// One file of the tables in a ``KnowledgeReleased``.
public struct KnowledgeFile: Equatable, Sendable {
    /// Its name, e.g. `alleles.tsv`; not empty.
    public var name: String
    /// Its content, compressed by Zstandard; not empty.
    public var contentZstd: [UInt8]
    /// Fields unknown to this version of the contract, as raw protobuf; written again by the event.
    public var unknownFields: [UInt8]

    /// A file with this name and content.
    public init(name: String, contentZstd: [UInt8], unknownFields: [UInt8] = []) {
        self.name = name
        self.contentZstd = contentZstd
        self.unknownFields = unknownFields
    }
}
