/// The parameters of a token request (RFC 6749, section 4.4.2; RFC 7523, section 2.2), read from a form.
public struct TokenRequest: Sendable, Equatable {
    /// The one kind of assertion that is understood.
    public static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    /// The longest body that is looked at.
    public static let maximumBytes = 32 << 10

    /// The signed assertion, not yet looked at.
    public let assertion: String
    /// What is asked for.
    public let scopes: [Scope]
    /// The client that the request names beside the assertion, when it does.
    public let clientID: String?

    /// The request that `form` writes, as `application/x-www-form-urlencoded`.
    ///
    /// - Throws: ``AuthorizationError`` `request`, `grantType` or `scope`.
    public init(form: [UInt8]) throws(AuthorizationError) {
        let parameters = try Self.parameters(of: form)
        guard let grant = parameters["grant_type"] else { throw Self.wrong("grant_type is missing") }
        guard grant == "client_credentials" else {
            throw AuthorizationError(.grantType, operation: "token", detail: "client_credentials is supported")
        }
        guard let type = parameters["client_assertion_type"] else {
            throw Self.wrong("client_assertion_type is missing")
        }
        guard type == Self.assertionType else { throw Self.wrong("client_assertion_type is not jwt-bearer") }
        guard let assertion = parameters["client_assertion"], !assertion.isEmpty else {
            throw Self.wrong("client_assertion is missing")
        }
        self.assertion = assertion
        clientID = parameters["client_id"]
        scopes = try Scope.list(parameters["scope"] ?? "")
    }

    /// The parameters of a form: none twice (RFC 6749, section 3.2), percent-encoding and UTF-8 valid.
    static func parameters(of form: [UInt8]) throws(AuthorizationError) -> [String: String] {
        guard form.count <= maximumBytes else { throw wrong("the body is over \(maximumBytes) bytes") }
        var parameters: [String: String] = [:]
        for pair in form.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = text(parts[0]), let value = text(parts.count == 2 ? parts[1] : []) else {
                throw wrong("the form is not percent-encoded UTF-8")
            }
            guard parameters.updateValue(value, forKey: name) == nil else { throw wrong("a parameter stands twice") }
        }
        return parameters
    }

    private static func text(_ part: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var index = part.startIndex
        while index < part.endIndex {
            switch part[index] {
            case UInt8(ascii: "+"): bytes.append(32)
            case UInt8(ascii: "%"):
                guard part.endIndex - index > 2, let high = hexadecimal(part[index + 1]),
                    let low = hexadecimal(part[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 2
            case let byte: bytes.append(byte)
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static func wrong(_ detail: String) -> AuthorizationError {
        AuthorizationError(.request, operation: "token", detail: detail)
    }
}
