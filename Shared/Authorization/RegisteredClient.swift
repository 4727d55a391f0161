public import Domain
import JSONDocument

/// A sender that may ask for tokens.
public struct RegisteredClient: Sendable {
    /// How often and how much a client may send.
    public struct Allowance: Sendable, Equatable {
        /// Requests a second, on average; nil takes the service's default.
        public let requestsPerSecond: Double?
        /// Bytes a second, on average; nil takes the service's default.
        public let bytesPerSecond: Double?
    }

    /// The person whom a registration names: by a source's identifier, or by the pseudonym.
    public enum Person: Sendable {
        /// An identifier of a source, to be pseudonymised.
        case identifier(system: String, value: PHI<String>)
        /// The name under which the fleet knows the person.
        case pseudonym(PatientPseudonym)
    }

    /// The client's name; `iss` and `sub` of its assertions.
    public let clientID: String
    /// Its public keys.
    public let keys: JSONWebKeySet
    /// Where it publishes its keys, when it says so; compared with an assertion's `jku`, never fetched.
    public let keySetURL: String?
    /// What it may ask for.
    public let scopes: [Scope]
    /// The feed or system that it is, as it stands in facts and audit records.
    public let source: String
    /// Whose patients it sends.
    public let tenant: String
    /// The people whom it may send records of; empty for anybody's.
    public let patients: [PatientPseudonym]
    /// Its rate.
    public let allowance: Allowance

    private static let members: Set<String> = [
        "client_id", "jwks", "jwks_uri", "scope", "source", "tenant", "patients", "requests_per_second",
        "bytes_per_second",
    ]

    /// The registration that `json` writes; `pseudonym` names the people of a binding.
    ///
    /// - Throws: ``AuthorizationError/Code/configuration`` that names the member, or `unfitKey`.
    init(
        _ json: JSONValue, defaultTenant: String, pseudonym: (Person) throws -> PatientPseudonym
    ) throws(AuthorizationError) {
        guard case .object(let members) = json else { throw Self.wrong("not an object") }
        if let stranger = members.members.first(where: { !Self.members.contains($0.key) }) {
            throw Self.wrong("no member \(stranger.key) is known")
        }
        func text(_ name: String, default fallback: String? = nil) throws(AuthorizationError) -> String {
            guard let value = members[name] else {
                guard let fallback else { throw Self.wrong("\(name) is missing") }
                return fallback
            }
            guard let text = value.string, !text.isEmpty, text.utf8.count <= 256,
                text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            else { throw Self.wrong("\(name) is not a text of 1 to 256 ASCII characters") }
            return text
        }
        clientID = try text("client_id")
        source = try text("source")
        tenant = try text("tenant", default: defaultTenant)
        keySetURL = members["jwks_uri"] == nil ? nil : try text("jwks_uri")
        guard let set = members["jwks"] else { throw Self.wrong("jwks is missing; keys are registered, not fetched") }
        keys = try JSONWebKeySet(set)
        guard let scope = members["scope"]?.string else { throw Self.wrong("scope is missing") }
        scopes = try Scope.list(scope)
        allowance = Allowance(
            requestsPerSecond: try Self.rate(members, "requests_per_second"),
            bytesPerSecond: try Self.rate(members, "bytes_per_second"))
        patients = try Self.people(members["patients"], pseudonym)
    }

    /// The binding: `system|value` or a pseudonym each. An empty list would bind to nobody and is taken for a mistake.
    private static func people(
        _ value: JSONValue?, _ pseudonym: (Person) throws -> PatientPseudonym
    ) throws(AuthorizationError) -> [PatientPseudonym] {
        guard let value else { return [] }
        guard let list = value.array, (1...64).contains(list.count) else {
            throw wrong("patients is not a list of 1 to 64 texts; leave it out for a client that is bound to nobody")
        }
        var people: [PatientPseudonym] = []
        for element in list {
            let person: Person
            if let text = element.string, let bar = text.lastIndex(of: "|"), text.index(after: bar) < text.endIndex {
                person = .identifier(system: String(text[..<bar]), value: PHI(String(text[text.index(after: bar)...])))
            } else if let name = element.string.flatMap({ PatientPseudonym($0) }) {
                person = .pseudonym(name)
            } else {
                throw wrong("patients holds something other than system|value and pseudonyms")
            }
            do {
                people.append(try pseudonym(person))
            } catch {
                throw wrong("a patient could not be pseudonymised")
            }
        }
        return people
    }

    private static func rate(_ members: JSONObject, _ name: String) throws(AuthorizationError) -> Double? {
        guard let value = members[name] else { return nil }
        guard let rate = value.number?.double, rate > 0, rate <= 1e12 else {
            throw wrong("\(name) is no positive number")
        }
        return rate
    }

    private static func wrong(_ detail: String) -> AuthorizationError {
        AuthorizationError(.configuration, operation: "client", detail: detail)
    }
}
