import CPostgres

/// What is needed to ask the server to stop the statement that a connection runs.
///
/// Safety: libpq promises that `PQcancel` may be called from any thread while the connection is in use (manual, 34.7).
final class CancelHandle: @unchecked Sendable {
    private let handle: OpaquePointer

    init?(_ connection: OpaquePointer) {
        guard let handle = PQgetCancel(connection) else { return nil }
        self.handle = handle
    }

    deinit { PQfreeCancel(handle) }

    /// Opens a connection of its own and blocks until the server has passed the signal on. True when the request was
    /// sent.
    func cancel() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            PQcancel(handle, message.baseAddress, Int32(message.count)) == 1
        }
    }
}
