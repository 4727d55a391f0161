/// What a client may do to one kind of resource: a SMART scope of the form `system/<type>.<interactions>`.
///
/// The interactions are those of SMART 2 (any of `c`reate, `r`ead, `u`pdate, `d`elete, `s`earch, in this order: `system/Observation.cu`) or of
/// SMART 1 (`read` is `rs`, `write` is `cud`, `*` is all: `system/Observation.write`). The type is one of FHIR, the name of another feed in lower
/// case (`system/wearable.write`, `system/hl7v2.c`, `system/genomics.c`), or `*` for all of both. The scopes of users and patients have no
/// place at a back end, and a search parameter after `?` is not understood: both are refused.
public struct Scope: Hashable, Sendable, CustomStringConvertible {
    /// One thing that can be done to a resource.
    public enum Interaction: Character, Sendable, CaseIterable {
        /// Sends a new resource.
        case create = "c"
        /// Reads one.
        case read = "r"
        /// Replaces one.
        case update = "u"
        /// Removes one.
        case delete = "d"
        /// Searches.
        case search = "s"
    }

    /// The FHIR type, the feed, or `*`.
    public let resourceType: String
    /// What is allowed.
    public let interactions: Set<Interaction>
    /// As it was written.
    public let description: String

    /// The scope that `text` writes, or nil.
    public init?(_ text: String) {
        guard text.utf8.count <= 128, text.hasPrefix("system/") else { return nil }
        let parts = text.dropFirst(7).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isType(parts[0]), let interactions = Self.interactions(parts[1]) else {
            return nil
        }
        resourceType = String(parts[0])
        self.interactions = interactions
        description = text
    }

    /// The scopes of `text`, separated by single spaces (RFC 6749, section 3.3); at least 1, at most 64.
    ///
    /// - Throws: ``AuthorizationError/Code/scope``.
    public static func list(_ text: String) throws(AuthorizationError) -> [Scope] {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count <= 64 else {
            throw AuthorizationError(.scope, operation: "scope", detail: "over 64 scopes")
        }
        var scopes: [Scope] = []
        for part in parts {
            guard let scope = Scope(String(part)) else {
                throw AuthorizationError(
                    .scope, operation: "scope",
                    detail: "a scope is system/<type>.<interactions>, as system/Observation.c")
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }

    /// Whether this scope allows `interaction` with resources of `resourceType`.
    public func permits(resourceType: String, interaction: Interaction) -> Bool {
        (self.resourceType == "*" || self.resourceType == resourceType) && interactions.contains(interaction)
    }

    private static func isType(_ text: Substring) -> Bool {
        if text == "*" { return true }
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64 else { return false }
        switch first {
        case 65...90: return bytes.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
        case 97...122: return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        default: return false
        }
    }

    private static func interactions(_ text: Substring) -> Set<Interaction>? {
        switch text {
        case "read": return [.read, .search]
        case "write": return [.create, .update, .delete]
        case "*": return Set(Interaction.allCases)
        default: break
        }
        var found: [Interaction] = []
        for letter in text {
            guard let interaction = Interaction(rawValue: letter) else { return nil }
            found.append(interaction)
        }
        // SMART 2: each at most once, in the order of the word.
        let order = Interaction.allCases.filter { found.contains($0) }
        return found.isEmpty || order != found ? nil : Set(found)
    }
}

extension [Scope] {
    /// Whether one of the scopes allows `interaction` with resources of `resourceType`.
    public func permits(resourceType: String, interaction: Scope.Interaction) -> Bool {
        contains { $0.permits(resourceType: resourceType, interaction: interaction) }
    }

    /// Whether everything that `scope` allows is allowed by these together.
    public func cover(_ scope: Scope) -> Bool {
        scope.interactions.allSatisfy { permits(resourceType: scope.resourceType, interaction: $0) }
    }

    /// The scopes as a token request writes them.
    public var text: String { map(\.description).joined(separator: " ") }
}
