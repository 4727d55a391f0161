/// A condition that did not come true in time.
public struct DeadlinePassed: Error, CustomStringConvertible {
    /// What was waited for, and how long.
    public let description: String
}

/// Asks again and again (every 10 ms) until `condition` is true. For effects of other processes, which send us no
/// event.
///
/// - Throws: `DeadlinePassed` after `timeout`; what `condition` throws.
public func eventually(
    _ what: String = "the condition", timeout: Duration = .seconds(20), isolation: isolated (any Actor)? = #isolation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + timeout
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw DeadlinePassed(description: "\(what) did not come true within \(timeout)")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
