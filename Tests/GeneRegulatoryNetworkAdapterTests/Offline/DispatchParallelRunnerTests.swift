import Synchronization
import Testing

@testable import GeneRegulatoryNetworkAdapter

@Suite("Threads do every piece of work once")
struct DispatchParallelRunnerTests {
    @Test("each number is given once, for any number of threads", arguments: [-1, 1, 2, 4, 8])
    func once(_ threads: Int) {
        let runner = DispatchParallelRunner(threads: threads)
        for count in [0, 1, 3, 1000] {
            let calls = Mutex([Int]())
            runner.forEach(count) { number in calls.withLock { $0.append(number) } }
            #expect(calls.withLock { $0.sorted() } == Array(0..<count))
            var cells = Array(repeating: 0, count: count)
            cells.withUnsafeMutableBufferPointer { cells in
                runner.forEach(count, writing: cells) { number, cells in cells[number] += number + 1 }
            }
            #expect(cells == Array(1..<count + 1))
        }
    }
}
