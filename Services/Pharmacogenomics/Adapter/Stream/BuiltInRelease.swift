public import Contracts
import Domain

/// Tells the stream of the tables that the executable was built with, as it tells of any other release: an executable with later tables makes
/// whom they touch be evaluated again.
public enum BuiltInRelease {
    /// The event of the release on the shelf: its time is the date that the tables say they were released at, `released` in `knowledge.tsv`.
    ///
    /// - Throws: ``PharmacogenomicsError`` when the tables do not say it.
    public static func event(of package: KnowledgePackage, version: String) throws -> KnowledgeReleased {
        guard let text = value(of: "released", in: package), let releasedAt = Timestamp(iso8601Date: text)
        else {
            throw PharmacogenomicsError(
                .brokenRelease, operation: "read the built-in tables",
                detail: "knowledge.tsv needs a row released with a date such as 2025-11-05")
        }
        return try package.event(
            version: version, releasedAt: releasedAt, source: "built-in", producedAt: releasedAt)
    }

    private static func value(of key: String, in package: KnowledgePackage) -> String? {
        let lines = (package.files["knowledge.tsv"] ?? []).split(separator: UInt8(ascii: "\n"))
        for line in lines {
            let fields = line.split(separator: UInt8(ascii: "\t")).map { String(decoding: $0, as: UTF8.self) }
            if fields.count == 2, fields[0] == key { return fields[1] }
        }
        return nil
    }
}
