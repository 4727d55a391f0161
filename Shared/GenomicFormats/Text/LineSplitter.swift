/// Cuts a stream of bytes into lines, in memory bounded by the longest line that is allowed.
///
/// Lines end in LF or CRLF; a last line without an end is given by ``finish(_:)``. Chunks may be cut anywhere: the lines are the same.
public struct LineSplitter: Sendable {
    /// A line longer than the limit.
    public struct TooLong: Error, Equatable, Sendable {
        /// The number of the line, from 1.
        public let line: Int
    }

    /// The bytes that one line may have.
    public let limit: Int
    /// Lines given so far.
    public private(set) var count = 0
    private var rest: [UInt8] = []
    private let keepsCarriageReturn: Bool

    /// A splitter for lines of at most `limit` bytes, without their end; CR before LF is given with the line when it is to be kept.
    public init(limit: Int = 64 << 20, keepsCarriageReturn: Bool = false) {
        self.limit = limit
        self.keepsCarriageReturn = keepsCarriageReturn
    }

    /// Takes the next bytes and gives every line that they complete: its bytes, valid during the call, and its number from 1.
    ///
    /// - Throws: ``TooLong`` as soon as a line cannot fit any more; what `body` throws.
    public mutating func push(
        _ chunk: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) throws -> Void
    ) throws {
        var start = 0
        let end = chunk.count
        while start < end {
            let feed = chunk.offset(of: 10, from: start, to: end)
            guard feed < end else {
                guard rest.count + (end - start) <= limit + 1 else { throw TooLong(line: count + 1) }
                rest.append(contentsOf: chunk[start..<end])
                return
            }
            if rest.isEmpty {
                try give(UnsafeRawBufferPointer(rebasing: chunk[start..<feed]), body)
            } else {
                guard rest.count + (feed - start) <= limit + 1 else { throw TooLong(line: count + 1) }
                rest.append(contentsOf: chunk[start..<feed])
                let line = rest
                rest.removeAll(keepingCapacity: rest.capacity <= 1 << 20)
                try line.withUnsafeBytes { try give($0, body) }
            }
            start = feed + 1
        }
    }

    /// Gives the last line if it did not end; true when there was one.
    public mutating func finish(_ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws -> Bool {
        guard !rest.isEmpty else { return false }
        let line = rest
        rest = []
        try line.withUnsafeBytes { try give($0, body) }
        return true
    }

    @inline(__always)
    private mutating func give(
        _ line: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) throws -> Void
    ) throws {
        var end = line.count
        if !keepsCarriageReturn, end > 0, line[end - 1] == 13 { end -= 1 }
        guard end <= limit else { throw TooLong(line: count + 1) }
        count += 1
        try body(UnsafeRawBufferPointer(rebasing: line[0..<end]), count)
    }
}
