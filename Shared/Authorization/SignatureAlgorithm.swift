/// The signatures that are understood, as SMART App Launch 2.2 asks of every server. There is no `none` and nothing symmetric to confuse a key with.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518, section 3.3).
    case rs384 = "RS384"
    /// ECDSA with P-384 and SHA-384 (RFC 7518, section 3.4).
    case es384 = "ES384"
}
