public import Cryptography
import Domain

/// Joins audit records to a chain: each hash is taken over the one before it and every field of the record.
///
/// With a key it is HMAC-SHA-256: whoever can write to the database, but has not the key, cannot make a chain that verifies. Without one
/// it is SHA-256, which shows accidents and careless hands only.
public struct AuditHash: Sendable {
    /// The hash before the first record.
    public static let start = [UInt8](repeating: 0, count: 32)

    /// The name of the key: the first 16 hexadecimal digits of the HMAC of a fixed text; empty without a key.
    public let keyID: String
    private let key: SymmetricKey?

    /// Hashes with `key`, or without one.
    ///
    /// - Throws: `CryptographyError` of the library.
    public init(key: SymmetricKey?) throws(CryptographyError) {
        self.key = key
        guard let key else {
            keyID = ""
            return
        }
        let name = try HMACSHA256.code(of: Array("vitalstream audit key".utf8), key: key)
        keyID = String(try SHA256Digest.hexadecimal(name).prefix(16))
    }

    /// The hash of the record `sequence` of `chain`, whose predecessor's is `previous`.
    public func hash(
        _ entry: AuditEntry, chain: String, sequence: Int64, previous: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        var bytes = previous
        for field in [
            "vitalstream-audit-1", chain, String(sequence), String(entry.at.microseconds), entry.actor, entry.action,
            entry.resourceType, entry.outcome, String(entry.count), entry.patient?.rawValue ?? "", entry.correlation,
            keyID,
        ] {
            let text = Array(field.utf8)
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text)
        }
        guard let key else { return try SHA256Digest.hash(bytes) }
        return try HMACSHA256.code(of: bytes, key: key)
    }
}
