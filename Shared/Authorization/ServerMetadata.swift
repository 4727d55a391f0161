public import JSONDocument

/// What a server says of its authorization (SMART App Launch 2.2, section 2.1; RFC 8414), at `/.well-known/smart-configuration`.
public enum ServerMetadata {
    /// The document of a server at the URL `base`, whose token endpoint is `tokenEndpoint`.
    public static func smartConfiguration(base: String, tokenEndpoint: String) -> JSONValue {
        [
            "issuer": .string(base), "jwks_uri": .string("\(base)/.well-known/jwks.json"),
            "token_endpoint": .string(tokenEndpoint),
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
            "scopes_supported": [
                "system/*.cu", "system/*.write", "system/Observation.c", "system/Observation.write",
                "system/wearable.c",
                "system/hl7v2.c", "system/genomics.c",
            ],
            "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
            "code_challenge_methods_supported": ["S256"],
        ]
    }
}
