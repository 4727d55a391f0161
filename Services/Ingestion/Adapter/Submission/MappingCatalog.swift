import Foundation
public import IngestionCore

/// The mappings of a deployment, by the names of their files without `.yaml`.
public struct MappingCatalog: Sendable {
    private var mappings: [String: FeedMapping] = [:]

    /// No mapping.
    public init() {}

    /// The mappings (`*.yaml`) in `folder`; none when it is empty text.
    ///
    /// - Throws: ``IngestionError`` `.configuration` that names the file and, within it, line and column of every fault.
    public init(folder: String) throws(IngestionError) {
        guard !folder.isEmpty else { return }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw IngestionError(
                .configuration, operation: "read ingestion.mappings", detail: "\(folder) cannot be opened")
        }
        for name in names.sorted() where name.hasSuffix(".yaml") {
            mappings[String(name.dropLast(5))] = try Self.mapping(inFile: folder + "/" + name)
        }
    }

    /// The mapping called `name`.
    public subscript(name: String) -> FeedMapping? { mappings[name] }

    /// The names, in order.
    public var names: [String] { mappings.keys.sorted() }

    /// The mapping in one file. Throws ``IngestionError`` `.configuration`.
    public static func mapping(inFile path: String) throws(IngestionError) -> FeedMapping {
        guard let bytes = FileManager.default.contents(atPath: path), let text = String(data: bytes, encoding: .utf8)
        else {
            throw IngestionError(.configuration, operation: "read \(path)", detail: "it cannot be read as UTF-8 text")
        }
        do {
            return try FeedMapping(yaml: text)
        } catch {
            throw IngestionError(.configuration, operation: "read \(path)", detail: "\(error)")
        }
    }
}
