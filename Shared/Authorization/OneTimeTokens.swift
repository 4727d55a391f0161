public import Domain
import Synchronization

/// The port through which an assertion is used up: each at most once among all replicas.
public protocol OneTimeTokens: Sendable {
    /// Uses up the token `identifier` of `issuer`; false when it was used before. Remembered at least until `expiry`.
    ///
    /// - Throws: when nothing can be said; the token is then refused.
    func redeem(issuer: String, identifier: String, expiry: Timestamp, now: Timestamp) async throws -> Bool
}

/// Used tokens in the memory of one process, for development: another replica knows nothing of them.
public final class LocalOneTimeTokens: OneTimeTokens {
    private struct Key: Hashable {
        let issuer: String
        let identifier: String
    }

    private let capacity: Int
    private let used: Mutex<[Key: Timestamp]>

    /// Room for `capacity` tokens that have not expired.
    public init(capacity: Int = 100_000) {
        self.capacity = capacity
        used = Mutex([:])
    }

    /// Uses up a token. Throws ``AuthorizationError/Code/unavailable`` when there is no room: forgetting one early would let it in again.
    public func redeem(issuer: String, identifier: String, expiry: Timestamp, now: Timestamp) async throws -> Bool {
        try used.withLock { used in
            let key = Key(issuer: issuer, identifier: identifier)
            guard used[key] == nil else { return false }
            if used.count >= capacity { used = used.filter { $0.value >= now } }
            guard used.count < capacity else {
                throw AuthorizationError(.unavailable, operation: "one-time", detail: "no room for used tokens")
            }
            used[key] = expiry
            return true
        }
    }
}
