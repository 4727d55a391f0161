import Compression
public import Contracts
public import Domain

/// The files of a release as they travel in an event and lie in the database: each compressed by Zstandard.
public struct KnowledgePackage: Sendable {
    /// The content of the files by their names.
    public let files: [String: [UInt8]]
    /// What tells the release from others.
    public let digest: String

    /// How large one file may be when it is unpacked.
    static let largestFile = 16 << 20

    /// A release of these files.
    public init(files: [String: [UInt8]]) throws(PharmacogenomicsError) {
        self.files = files
        do {
            digest = try KnowledgeDigest.of(files)
        } catch {
            throw PharmacogenomicsError(.brokenRelease, operation: "hash the tables", detail: "\(error)")
        }
    }

    /// Unpacks the files of an event.
    ///
    /// - Throws: ``PharmacogenomicsError`` that names the file which cannot be unpacked or comes twice, or says that the digest is another.
    public init(unpacking event: KnowledgeReleased) throws(PharmacogenomicsError) {
        try self.init(unpacking: event.files, digest: event.digest)
    }

    init(unpacking packed: [KnowledgeFile], digest: String) throws(PharmacogenomicsError) {
        var files: [String: [UInt8]] = [:]
        for file in packed {
            let content: [UInt8]
            do {
                content = try StreamDecoder.decode(
                    file.contentZstd, .zstd, limits: DecompressionLimits(outputBytes: Self.largestFile))
            } catch {
                throw PharmacogenomicsError(
                    .brokenRelease, operation: "unpack the tables", detail: "\(file.name) cannot be unpacked: \(error)")
            }
            guard files.updateValue(content, forKey: file.name) == nil else {
                throw PharmacogenomicsError(
                    .brokenRelease, operation: "unpack the tables", detail: "\(file.name) comes twice")
            }
        }
        try self.init(files: files)
        guard self.digest == digest else {
            throw PharmacogenomicsError(
                .brokenRelease, operation: "unpack the tables",
                detail: "the files' digest is \(self.digest), the release names another")
        }
    }

    /// The files, compressed, in the order of their names.
    public func packed() throws(PharmacogenomicsError) -> [KnowledgeFile] {
        var packed: [KnowledgeFile] = []
        for (name, content) in files.sorted(by: { $0.key < $1.key }) {
            do {
                packed.append(
                    KnowledgeFile(name: name, contentZstd: try StreamEncoder.encode(content, .zstd, level: 12)))
            } catch {
                throw PharmacogenomicsError(
                    .brokenRelease, operation: "pack the tables", detail: "\(name) cannot be packed: \(error)")
            }
        }
        return packed
    }

    /// The event that tells the fleet of this release; its identity is a function of the digest.
    public func event(
        version: String, releasedAt: Timestamp, source: String, producedAt: Timestamp
    ) throws(PharmacogenomicsError) -> KnowledgeReleased {
        KnowledgeReleased(
            eventID: .hashing("knowledge-released", PharmacogenomicsProcessor.service, digest),
            subject: PharmacogenomicsProcessor.service, knowledgeVersion: version, digest: digest,
            files: try packed(), releasedAt: releasedAt, source: source,
            modelVersion: PharmacogenomicsProcessor.service, producedAt: producedAt)
    }
}
