import Dispatch
public import GeneRegulatoryNetworkCore
import Synchronization

/// The process's threads, a given number of them: each takes the next number when it is free.
public struct DispatchParallelRunner: ParallelRunner {
    /// How many threads work at most.
    public let threads: Int

    /// A runner of `threads` threads; at least one.
    public init(threads: Int) {
        self.threads = max(1, threads)
    }

    /// Calls `body` for each number below `count` and returns after the last.
    public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
        guard threads > 1, count > 1 else {
            for number in 0..<max(count, 0) { body(number) }
            return
        }
        let issued = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let number = issued.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                body(number)
            }
        }
    }

    /// Calls `body` for each number below `count` with the same cells and returns after the last.
    public func forEach<Cell>(
        _ count: Int, writing cells: UnsafeMutableBufferPointer<Cell>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Cell>) -> Void
    ) {
        // Safety: forEach returns after the last call, so the cells outlive all calls; each call writes cells of its own, as the protocol says.
        nonisolated(unsafe) let cells = cells
        forEach(count) { body($0, cells) }
    }
}
