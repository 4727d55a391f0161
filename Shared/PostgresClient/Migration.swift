/// One step of a schema's history. Steps are never edited once they are released; a mistake is mended by a further
/// step.
public struct Migration: Sendable, Hashable {
    /// The place in the history; each version is used once, larger ones come later.
    public let version: Int
    /// A short name for people.
    public let name: String
    /// One or more SQL statements. They run in a transaction, with `search_path` set to the schema (then `public`).
    public let sql: String

    /// A step of the history.
    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// FNV-1a 64 of the SQL's UTF-8 bytes (offset basis cbf29ce484222325, prime 100000001b3), as 16 hexadecimal digits.
    /// It finds edits, it does not defend against an attacker.
    public var checksum: String {
        let hash = FNV1a64.hash(sql)
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// The Fowler-Noll-Vo hash, variant 1a, of 64 bits.
enum FNV1a64 {
    static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
