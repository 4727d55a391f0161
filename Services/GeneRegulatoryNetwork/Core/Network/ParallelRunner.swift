/// Where threads come from: Core has none of its own.
public protocol ParallelRunner: Sendable {
    /// Calls `body` once for each number below `count`, in any order and perhaps at the same time, and returns when all are done.
    func forEach(_ count: Int, _ body: @Sendable (Int) -> Void)

    /// As ``forEach(_:_:)``, and hands the same cells to every call.
    ///
    /// A call writes cells that no other call touches; what is put together from them afterwards is the same for any number of threads.
    func forEach<Cell>(
        _ count: Int, writing cells: UnsafeMutableBufferPointer<Cell>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Cell>) -> Void)
}

/// One after the other on the caller's thread.
public struct SerialRunner: ParallelRunner {
    /// A runner without threads.
    public init() {}

    /// Calls `body` for 0, 1, 2...
    public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
        for index in 0..<count { body(index) }
    }

    /// Calls `body` for 0, 1, 2...
    public func forEach<Cell>(
        _ count: Int, writing cells: UnsafeMutableBufferPointer<Cell>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Cell>) -> Void
    ) {
        for index in 0..<count { body(index, cells) }
    }
}
