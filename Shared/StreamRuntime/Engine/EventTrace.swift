import Contracts
import Domain

/// The trace of one event through this service: a span that continues the sender's.
struct EventTrace: Sendable {
    /// Our own context; events that the handling causes carry it on.
    let context: TraceContext
    private let parent: TraceContext

    /// The trace of the event `id` in `record`, or nil when its sender traces nothing. The span's id is a function of the event's, so a
    /// replay gives the same.
    init?(of record: StreamRecord, id: EventID) {
        guard let header = record.header(CloudEventHeader.traceParent), let parent = TraceContext(traceparent: header)
        else { return nil }
        var generator = SplitMix(state: id.high ^ id.low)
        self.parent = parent
        context = parent.child(using: &generator)
    }

    /// The span of the handling, from the record's arrival in the log to `end`.
    func span(of record: StreamRecord, service: String, until end: Timestamp) -> Domain.Span {
        Domain.Span(
            context: context, parent: parent.spanID, name: "process \(record.topic)", kind: .consumer,
            start: min(record.receivedAt, end), end: end,
            attributes: [
                "messaging.system": .string("kafka"), "messaging.destination.name": .string(record.topic),
                "messaging.kafka.message.offset": .integer(record.offset), "service.name": .string(service),
            ])
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), started from an event's id.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
