public import Domain

/// One event that a record carries: what the inbox recognises, the state is keyed by and the processor handles.
public struct StreamItem<Input: Sendable>: Sendable {
    /// The event's identity; the inbox takes it once.
    public let id: EventID
    /// The key of the state and of the order: the patient's pseudonym, as a rule.
    public let key: String
    /// When it happened, for the watermark.
    public let eventTime: Timestamp
    /// The decoded event.
    public let input: Input

    /// An event with its identity, key and time.
    public init(id: EventID, key: String, eventTime: Timestamp, input: Input) {
        self.id = id
        self.key = key
        self.eventTime = eventTime
        self.input = input
    }
}

/// What a processor made of one part of a record. A record that carries one event yields one; a bundle yields one for each entry.
public enum DecodedItem<Input: Sendable>: Sendable {
    /// An event to handle.
    case item(StreamItem<Input>)
    /// A part that is well-formed and of no concern here; counted and answered, no dead letter.
    case ignored(Rejection)
    /// A part that cannot be taken: a dead letter when it came from a topic, an answer when a sender waits.
    case rejected(Rejection)
}
