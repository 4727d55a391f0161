public import Domain
public import IngestionCore

/// What the offline commands are told about their files.
public struct OfflineOptions: Sendable {
    /// How the files are read.
    public let format: FeedFormat
    /// The person, for formats that name none.
    public let subject: String?
    /// The IANA name of the zone of local times that say none.
    public let timeZone: String?
    /// What is declared about the files; see `FeedContext.options`.
    public let declarations: [String: String]
    /// The file of the mapping, for the formats that need one.
    public let mappingFile: String?

    /// Options.
    public init(
        format: FeedFormat, subject: String? = nil, timeZone: String? = nil, declarations: [String: String] = [:],
        mappingFile: String? = nil
    ) {
        self.format = format
        self.subject = subject
        self.timeZone = timeZone
        self.declarations = declarations
        self.mappingFile = mappingFile
    }

    /// The reader of `file`, as if they were received at `receivedAt`.
    public func decoder(of file: String, receivedAt: Timestamp) throws -> FeedDecoder {
        FeedDecoder(
            context: FeedContext(
                source: "offline", receivedAt: receivedAt, subject: subject.map { PHI($0) }, timeZone: timeZone,
                options: declarations.merging(["file": String(file.split(separator: "/").last ?? "")]) { $1 }),
            names: OfflineNames(), mapping: try mappingFile.map { try MappingCatalog.mapping(inFile: $0) })
    }
}
