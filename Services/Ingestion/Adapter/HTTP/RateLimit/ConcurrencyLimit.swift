public import Hummingbird
import JSONDocument
import Synchronization

/// Answers 503 with `Retry-After` while too many requests are being served: a body waits in memory for its batch, so their number is bounded.
///
/// Add it before the routes that it is to guard: `router.add(middleware: ConcurrencyLimit<ServiceRequestContext>(limit: 256))`. Routes added
/// before it, such as those of health and metrics, are not counted.
public final class ConcurrencyLimit<Context: RequestContext>: RouterMiddleware {
    private let limit: Int
    private let running = Mutex(0)

    /// Serves `limit` requests at a time.
    public init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// How many requests are being served.
    public var count: Int { running.withLock { $0 } }

    /// Serves `request`, or says that there is no room.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let hasRoom = running.withLock { running in
            guard running < limit else { return false }
            running += 1
            return true
        }
        guard hasRoom else {
            return RefusalReply(
                status: .serviceUnavailable, code: "too-many-requests-at-once",
                detail: "\(limit) requests are being served; send again soon", retryAfter: .seconds(1)
            ).response(to: request)
        }
        defer { running.withLock { $0 -= 1 } }
        return try await next(request, context)
    }
}
