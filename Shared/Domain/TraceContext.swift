/// The place of a unit of work in a distributed trace: W3C Trace Context (Recommendation, 23 November 2021), version 00.
///
/// It crosses Kafka and HTTP as the headers `traceparent` and `tracestate`.
public struct TraceContext: Hashable, Sendable {
    /// The trace that the work belongs to; never all zeros.
    public let traceID: TraceID
    /// The span that is the parent of whatever receives this context; never all zeros.
    public let spanID: SpanID
    /// Whether the caller may have recorded the trace (bit 0 of the flags).
    public let isSampled: Bool
    /// The vendors' list, kept in order and handed on.
    public let state: TraceState

    /// A context of these parts, or nil when an id is all zeros.
    public init?(traceID: TraceID, spanID: SpanID, isSampled: Bool, state: TraceState = .empty) {
        guard traceID.isValid, spanID.isValid else { return nil }
        self.init(validTraceID: traceID, spanID: spanID, isSampled: isSampled, state: state)
    }

    private init(validTraceID: TraceID, spanID: SpanID, isSampled: Bool, state: TraceState) {
        self.traceID = validTraceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// The context that the running task works in, for log lines; nil outside of a trace.
    @TaskLocal public static var current: TraceContext?
}

extension TraceContext {
    /// The start of a new trace, sampled with the probability `sampleRatio` (0 to 1).
    ///
    /// The decision is a function of the trace id, so that equal ratios decide equally everywhere.
    public static func root(
        sampleRatio: Double, using generator: inout some RandomNumberGenerator
    ) -> TraceContext {
        let traceID = TraceID.random(using: &generator)
        // 53 bits of the trace id's random half as a fraction of [0, 1).
        let fraction = Double(traceID.low >> 11) * 0x1p-53
        return TraceContext(
            validTraceID: traceID, spanID: .random(using: &generator), isSampled: fraction < sampleRatio, state: .empty)
    }

    /// A child of this context: the same trace, decision and state under a new span id.
    public func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
        TraceContext(
            validTraceID: traceID, spanID: .random(using: &generator), isSampled: isSampled, state: state)
    }
}

extension TraceContext {
    /// The context that the header values name, or nil when `traceparent` breaks the specification.
    ///
    /// A broken `tracestate` is dropped and leaves the rest valid (section 3.3.1.5 and 4.3). A version after 00 is read by its first
    /// four fields (section 3.2.4); version ff is invalid.
    public init?(traceparent: some StringProtocol, tracestate: (some StringProtocol)? = String?.none) {
        self.init(traceparent: traceparent.utf8, tracestate: tracestate.map { String($0) } ?? "")
    }

    /// The same for a header's raw bytes.
    public init?(traceparent: some Collection<UInt8>, tracestate: String = "") {
        guard traceparent.count >= 55, traceparent.count <= 512 else { return nil }
        let bytes = Array(traceparent)
        guard let version = Hexadecimal.value(bytes[0..<2]), version != 0xff,
            version != 0 || bytes.count == 55, bytes.count == 55 || bytes[55] == Self.dash,
            bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash,
            let high = Hexadecimal.value(bytes[3..<19]), let low = Hexadecimal.value(bytes[19..<35]),
            let span = Hexadecimal.value(bytes[36..<52]), let flags = Hexadecimal.value(bytes[53..<55])
        else { return nil }
        self.init(
            traceID: TraceID(high: high, low: low), spanID: SpanID(span), isSampled: flags & 1 == 1,
            state: TraceState(tracestate) ?? .empty)
    }

    /// The value of the header `traceparent`, version 00, 55 characters.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// The value of the header `tracestate`, or nil when there is nothing to send.
    public var tracestate: String? { state.isEmpty ? nil : state.description }

    private static let dash = UInt8(ascii: "-")
}

/// The identity of a trace, 16 bytes.
public struct TraceID: Hashable, Sendable, CustomStringConvertible {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// The id with these 128 bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// False for all zeros, which the specification forbids.
    public var isValid: Bool { high != 0 || low != 0 }

    /// 32 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(high) + Hexadecimal.text(low) }

    /// A valid id from `generator`.
    public static func random(using generator: inout some RandomNumberGenerator) -> TraceID {
        // The low half is drawn from 1 on, which keeps the id valid whatever the high half is.
        TraceID(high: generator.next(), low: UInt64.random(in: 1...UInt64.max, using: &generator))
    }
}

/// The identity of a span within its trace, 8 bytes.
public struct SpanID: Hashable, Sendable, CustomStringConvertible {
    /// The eight bytes, big-endian.
    public let rawValue: UInt64

    /// The id with these 64 bits.
    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// False for all zeros, which the specification forbids.
    public var isValid: Bool { rawValue != 0 }

    /// 16 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(rawValue) }

    /// A valid id from `generator`.
    public static func random(using generator: inout some RandomNumberGenerator) -> SpanID {
        SpanID(UInt64.random(in: 1...UInt64.max, using: &generator))
    }
}

/// The vendors' part of a trace context: a list of `key=value` members, most recent first (section 3.3).
public struct TraceState: Hashable, Sendable, CustomStringConvertible {
    /// One vendor's member.
    public struct Member: Hashable, Sendable {
        /// The vendor's key, or `tenant@system`.
        public let key: String
        /// An opaque value of at most 256 printable characters.
        public let value: String
    }

    /// The members in order; at most 32.
    public let members: [Member]

    /// No member.
    public static let empty = TraceState(members: [])

    private init(members: [Member]) {
        self.members = members
    }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The list that `text` names, or nil when a member breaks the grammar, a key repeats or there are more than 32.
    public init?(_ text: String) {
        var members: [Member] = []
        var keys: Set<String> = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
            let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
            let trimmedStart = part.drop(while: isSpace)
            guard let last = trimmedStart.lastIndex(where: { !isSpace($0) }) else { continue }
            let bytes = Array(trimmedStart[...last])
            guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let key = bytes[..<separator]
            let value = bytes[(separator + 1)...]
            guard Self.isKey(key), Self.isValue(value) else { return nil }
            let member = Member(
                key: String(decoding: key, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
            guard keys.insert(member.key).inserted, members.count < 32 else { return nil }
            members.append(member)
        }
        self.init(members: members)
    }

    /// The header's value: members joined by commas.
    public var description: String { members.map { "\($0.key)=\($0.value)" }.joined(separator: ",") }

    /// `simple-key` or `multi-tenant-key` of section 3.3.1.3.1.
    private static func isKey(_ key: ArraySlice<UInt8>) -> Bool {
        guard let at = key.firstIndex(of: UInt8(ascii: "@")) else {
            guard let first = key.first else { return false }
            return isLowercase(first) && key.count <= 256 && key.allSatisfy(isKeyCharacter)
        }
        let tenant = key[..<at]
        let system = key[(at + 1)...]
        guard let tenantFirst = tenant.first, let systemFirst = system.first else { return false }
        return (isLowercase(tenantFirst) || isDigit(tenantFirst)) && tenant.count <= 241
            && tenant.allSatisfy(isKeyCharacter) && isLowercase(systemFirst) && system.count <= 14
            && system.allSatisfy(isKeyCharacter)
    }

    private static func isValue(_ value: ArraySlice<UInt8>) -> Bool {
        guard let last = value.last, value.count <= 256, last != 0x20 else { return false }
        return value.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
    }

    private static func isLowercase(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        isLowercase(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "/")
    }
}

/// Lower-case hexadecimal, the only case that the specification allows.
private enum Hexadecimal {
    static func value(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case 48...57: value = value << 4 | UInt64(digit - 48)
            case 97...102: value = value << 4 | UInt64(digit - 87)
            default: return nil
            }
        }
        return value
    }

    static func text(_ value: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            for index in 0..<16 {
                let nibble = UInt8(truncatingIfNeeded: value >> UInt64((15 - index) * 4)) & 15
                buffer[index] = nibble < 10 ? 48 + nibble : 87 + nibble
            }
            return 16
        }
    }
}
