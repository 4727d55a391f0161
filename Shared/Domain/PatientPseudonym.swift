/// The name under which the fleet knows a person: a keyed hash of the source's identifier, never the identifier itself.
///
/// Form: `p<key version>.<base64url>` with 144 bits of an HMAC-SHA-256, e.g. `p1.Zk3…`; at most 64 bytes of `[A-Za-z0-9._-]`.
/// Made by `Cryptography.Pseudonymizer`; it is the key of every Kafka record about the person.
public struct PatientPseudonym: Hashable, Sendable, CustomStringConvertible {
    /// The text form, as it stands in keys, rows and events.
    public let rawValue: String

    /// The pseudonym whose text is `rawValue`, or nil when it is empty, longer than 64 bytes or has another character than `[A-Za-z0-9._-]`.
    public init?(_ rawValue: String) {
        let isValid = rawValue.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95: true
            default: false
            }
        }
        guard isValid, !rawValue.isEmpty, rawValue.utf8.count <= 64 else { return nil }
        self.rawValue = rawValue
    }

    /// The text form.
    public var description: String { rawValue }
}
