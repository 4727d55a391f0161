public import Domain
import JSONDocument

/// The senders that may ask for tokens: `{"clients": [{"client_id": ..., "jwks": {"keys": [...]}, "scope": ..., "source": ...}, ...]}`.
///
/// A registration has `client_id`, `jwks` (public keys, RFC 7517), `scope` (what may be asked for) and `source`; and may have `tenant`,
/// `patients` (`system|value` or pseudonyms: the only people it may send records of), `jwks_uri`, `requests_per_second` and
/// `bytes_per_second`. Other members are refused, so that a misspelt binding does not go unseen.
public struct ClientRegistry: Sendable {
    private let clients: [String: RegisteredClient]

    /// The clients of `bytes`, in JSON.
    ///
    /// - Parameters:
    ///   - bytes: the registry, at most 16 MiB.
    ///   - defaultTenant: the tenant of a client that names none.
    ///   - pseudonym: names the person of a binding; what it throws makes the registration invalid.
    /// - Throws: ``AuthorizationError`` `configuration` or `unfitKey`, naming the client by its place.
    public init(
        parsing bytes: [UInt8], defaultTenant: String,
        pseudonym: (RegisteredClient.Person) throws -> PatientPseudonym
    ) throws(AuthorizationError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 16, bytes: 16 << 20))
        } catch {
            throw AuthorizationError(.configuration, operation: "clients", detail: error.description)
        }
        guard let list = json["clients"]?.array, json.object?.count == 1 else {
            throw AuthorizationError(
                .configuration, operation: "clients",
                detail: "an object with the one member clients, a list, is expected")
        }
        var clients: [String: RegisteredClient] = [:]
        for (index, element) in list.enumerated() {
            let client: RegisteredClient
            do {
                client = try RegisteredClient(element, defaultTenant: defaultTenant, pseudonym: pseudonym)
            } catch {
                throw AuthorizationError(error.code, operation: "clients[\(index)]", detail: error.detail)
            }
            guard clients.updateValue(client, forKey: client.clientID) == nil else {
                throw AuthorizationError(
                    .configuration, operation: "clients[\(index)]", detail: "the client_id stands twice")
            }
        }
        self.clients = clients
    }

    /// The client named `clientID`.
    public subscript(clientID: String) -> RegisteredClient? { clients[clientID] }

    /// How many there are.
    public var count: Int { clients.count }

    /// What of the clients' key sets is not used, one line each: client, key and reason. For the log at start.
    public var refusedKeys: [String] {
        clients.values.sorted { $0.clientID < $1.clientID }.flatMap { client in
            client.keys.refusals.map { "\(client.clientID): key \($0.keyID ?? "\($0.index)"): \($0.reason)" }
        }
    }
}
