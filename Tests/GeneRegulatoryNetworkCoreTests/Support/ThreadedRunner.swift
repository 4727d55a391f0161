import Foundation
import GeneRegulatoryNetworkCore
import Synchronization

/// A given number of threads that take the next number when they are free, so that their order differs from run to run.
struct ThreadedRunner: ParallelRunner {
    let threads: Int

    func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
        let issued = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let number = issued.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                body(number)
            }
        }
    }

    func forEach<Cell>(
        _ count: Int, writing cells: UnsafeMutableBufferPointer<Cell>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Cell>) -> Void
    ) {
        // Safety: every call writes cells of its own, and the last is done before this returns.
        nonisolated(unsafe) let cells = cells
        forEach(count) { body($0, cells) }
    }
}
