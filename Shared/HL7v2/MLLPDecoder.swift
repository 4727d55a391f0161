/// The frames of MLLP (Minimal Lower Layer Protocol, release 1): `<VT> message <FS> <CR>`, as a pure state machine.
///
/// Any split of the stream gives the same events. Bytes between frames are skipped and counted; a new start byte inside of a frame ends the
/// unfinished one as an error; a frame over the limit is skipped to its end in constant memory. A CR that is missing after FS is forgiven.
public struct MLLPDecoder: Sendable {
    /// What came in.
    public enum Event: Sendable, Equatable {
        /// A whole message.
        case message([UInt8])
        /// A frame longer than the limit; its first bytes, for an answer.
        case oversize(head: [UInt8])
        /// A frame that a new start byte cut off after so many bytes.
        case cutOff(length: Int)
    }

    private enum State {
        case between
        case inside
        case skipping
    }

    private let limit: Int
    private var state = State.between
    private var buffer: [UInt8] = []
    /// Bytes skipped between frames; the CR after FS and other line ends are not counted.
    public private(set) var garbageCount = 0

    /// The start byte, VT.
    public static let start: UInt8 = 0x0B
    /// The end byte, FS.
    public static let end: UInt8 = 0x1C
    /// How much of an oversize frame is kept for an answer.
    public static let headLength = 1_024

    /// A decoder that refuses messages longer than `limit` bytes.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Whether a frame has begun and not ended.
    public var isInside: Bool { if case .between = state { false } else { true } }

    /// Bytes held now.
    public var heldCount: Int { buffer.count }

    /// The bytes framed.
    public static func frame(_ message: [UInt8]) -> [UInt8] { [start] + message + [end, 0x0D] }

    /// Takes more of the stream; what it completes, in order.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes { take(byte, &events) }
        return events
    }

    private mutating func take(_ byte: UInt8, _ events: inout [Event]) {
        switch (state, byte) {
        case (.between, Self.start):
            state = .inside
            buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 16)
        case (.between, 0x0D), (.between, 0x0A): break
        case (.between, _): garbageCount += 1
        case (_, Self.end):
            if case .skipping = state {
                events.append(.oversize(head: buffer))
            } else {
                events.append(.message(buffer))
            }
            state = .between
            buffer = []
        case (.inside, Self.start):
            events.append(.cutOff(length: buffer.count))
            buffer.removeAll(keepingCapacity: true)
        case (.skipping, Self.start):
            events.append(.oversize(head: buffer))
            buffer = []
            state = .inside
        case (.inside, _):
            if buffer.count == limit {
                buffer = Array(buffer.prefix(Self.headLength))
                state = .skipping
            } else {
                buffer.append(byte)
            }
        case (.skipping, _): break
        }
    }
}
