import Dispatch

/// Runs blocking work outside Swift's cooperative pool.
enum OffPool {
    private static let queue = DispatchQueue(label: "vitalstream.stream.blocking", attributes: .concurrent)

    static func run(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async {
                body()
                continuation.resume()
            }
        }
    }
}
