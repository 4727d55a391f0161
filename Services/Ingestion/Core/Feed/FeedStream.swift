/// Reads one submission in pieces, whatever its length, and hands on the outcome of each record as soon as it is known, in the order of the records.
public protocol FeedStream: AnyObject {
    /// Reads the next bytes.
    func read(_ bytes: UnsafeRawBufferPointer)
    /// Ends the submission.
    func finish()
}

/// A format whose reader takes pieces by itself.
final class DirectStream: FeedStream {
    private let onBytes: (UnsafeRawBufferPointer) -> Void
    private let onEnd: () -> Void

    init(read: @escaping (UnsafeRawBufferPointer) -> Void, finish: @escaping () -> Void) {
        onBytes = read
        onEnd = finish
    }

    func read(_ bytes: UnsafeRawBufferPointer) { onBytes(bytes) }
    func finish() { onEnd() }
}

/// A format whose records cannot be told before the last byte: the bytes are gathered, up to a limit, and read at the end.
final class GatheredStream: FeedStream {
    private let limit: Int
    private let onOutcome: (FactOutcome) -> Void
    private let readWhole: ([UInt8]) -> [FactOutcome]
    private var bytes: [UInt8] = []
    private var isTooLong = false

    /// - Parameter limit: the longest submission, in bytes.
    init(
        limit: Int, onOutcome: @escaping (FactOutcome) -> Void, read: @escaping ([UInt8]) -> [FactOutcome]
    ) {
        self.limit = limit
        self.onOutcome = onOutcome
        readWhole = read
    }

    func read(_ piece: UnsafeRawBufferPointer) {
        guard !isTooLong else { return }
        guard bytes.count + piece.count <= limit else {
            isTooLong = true
            bytes = []
            return
        }
        bytes.append(contentsOf: piece)
    }

    func finish() {
        guard !isTooLong else {
            let detail = "this format is read whole, up to \(limit) bytes; split it"
            return onOutcome(.unread(FeedRejection(code: "too-large", place: "", detail: detail)))
        }
        readWhole(bytes).forEach(onOutcome)
        bytes = []
    }
}

/// A format of one record a line. A line over the limit is refused without being gathered.
final class LineStream: FeedStream {
    private let limit: Int
    private let onOutcome: (FactOutcome) -> Void
    private let readLine: (_ line: [UInt8], _ number: Int, _ index: Int) -> FactOutcome
    private var line: [UInt8] = []
    private var isTooLong = false
    private var number = 0
    private var index = 0

    /// - Parameters:
    ///   - limit: the longest line, in bytes.
    ///   - read: reads the line number `number`, the first being 1, as the record `index`.
    init(
        limit: Int, onOutcome: @escaping (FactOutcome) -> Void,
        read: @escaping (_ line: [UInt8], _ number: Int, _ index: Int) -> FactOutcome
    ) {
        self.limit = limit
        self.onOutcome = onOutcome
        readLine = read
    }

    func read(_ piece: UnsafeRawBufferPointer) {
        var rest = piece[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<end])
            endLine()
            rest = rest[rest.index(after: end)...]
        }
        append(rest)
    }

    func finish() {
        if !line.isEmpty || isTooLong { endLine() }
    }

    private func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
        guard !isTooLong else { return }
        if line.count + bytes.count > limit {
            isTooLong = true
            line = []
        } else {
            line.append(contentsOf: bytes)
        }
    }

    private func endLine() {
        number += 1
        defer {
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        if isTooLong {
            let place = "line[\(number)]"
            let reason = FeedRejection(
                code: "line-too-long", place: place, detail: "must have at most \(limit) bytes")
            onOutcome(.unread(reason, index: index, place: place))
        } else if line.contains(where: { !" \t\r".utf8.contains($0) }) {
            onOutcome(readLine(line, number, index))
        } else {
            return
        }
        index += 1
    }
}

extension FactOutcome {
    /// The outcome of bytes that could not be read as a record.
    static func unread(_ reason: FeedRejection, index: Int = 0, place: String = "") -> FactOutcome {
        FactOutcome(index: index, place: place, type: "", verdict: .rejected(reason), source: .init(.null))
    }
}
