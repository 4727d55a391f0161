import Cryptography

/// What tells one release of the tables from another.
public enum KnowledgeDigest {
    /// SHA-256 over each file in the order of the names: its name, 00, its content, 00; in lower-case hexadecimal.
    public static func of(_ files: [String: [UInt8]]) throws(CryptographyError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(0) { $0 + $1.key.utf8.count + $1.value.count + 2 })
        for (name, content) in files.sorted(by: { $0.key < $1.key }) {
            bytes.append(contentsOf: name.utf8)
            bytes.append(0)
            bytes.append(contentsOf: content)
            bytes.append(0)
        }
        return try SHA256Digest.hexadecimal(bytes)
    }
}
