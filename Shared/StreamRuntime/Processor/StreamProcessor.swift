public import Domain
public import PostgresClient

/// What a service does with its stream. Everything else - positions, state, inbox, outbox, retries, dead letters, back-pressure - is
/// the runtime's.
///
/// `decode` and `handle` are pure: the same record and state give the same result on every replay. They read no clock and no randomness;
/// the time that they may know stands in the record. A processor whose verdict hangs on more than that says so by ``consults``.
public protocol StreamProcessor: Sendable {
    /// A decoded event.
    associatedtype Input: Sendable
    /// What is remembered of each key.
    associatedtype State: KeyedState
    /// A row of the service's own tables.
    associatedtype Row: Sendable

    /// The version of the logic, part of every derived event's identity.
    var logicVersion: String { get }

    /// Splits a record into its events, in order. Never fails: what cannot be read is a `.rejected` with its place.
    func decode(_ record: StreamRecord) -> [DecodedItem<Input>]

    /// Handles one event of `record`.
    ///
    /// - Parameters:
    ///   - item: the event, seen here for the first time.
    ///   - state: the state of `item.key`; its changes hold only with `.effects`.
    ///   - context: what the runtime knows about the moment.
    func handle(_ item: StreamItem<Input>, state: inout State, context: HandlingContext) -> Handled<Row>

    /// Writes rows into the service's own tables, inside the runtime's transaction. Each table's natural key is the event's id, so
    /// that a repeat changes nothing.
    ///
    /// - Throws: ``StaleConsultation`` when what ``consulting(_:on:)`` read holds no longer; the batch is then consulted and handled again.
    func write(_ rows: [Row], to connection: PostgresConnection) throws

    /// True when ``consulting(_:on:)`` has something to look up.
    var consults: Bool { get }

    /// This processor with what the service's own tables say about `items`; it handles the batch that they stand in.
    ///
    /// Called before the batch's transaction, once for each attempt at it.
    func consulting(_ items: [StreamItem<Input>], on connection: PostgresConnection) throws -> Self
}

extension StreamProcessor {
    /// False: nothing to look up.
    public var consults: Bool { false }
    /// This processor.
    public func consulting(_ items: [StreamItem<Input>], on connection: PostgresConnection) throws -> Self { self }
}

/// Thrown by ``StreamProcessor/write(_:to:)``: the tables have changed since they were consulted.
public struct StaleConsultation: Error {
    /// The tables have changed.
    public init() {}
}

/// What the runtime knows about the moment of handling; a function of the records alone.
public struct HandlingContext: Sendable {
    /// When the log took the record that carries the event.
    public let receivedAt: Timestamp
    /// The partition's event-time watermark before this event.
    public let watermark: Timestamp?
    /// True when the event is older than the watermark.
    public let isLate: Bool
    /// How often the event was tried before (0 at first).
    public let attempt: Int

    /// A context; tests make their own.
    public init(receivedAt: Timestamp, watermark: Timestamp? = nil, isLate: Bool = false, attempt: Int = 0) {
        self.receivedAt = receivedAt
        self.watermark = watermark
        self.isLate = isLate
        self.attempt = attempt
    }
}

/// What became of one part of a submitted record, in the submitted order.
public enum ItemOutcome: Sendable, Equatable {
    /// New and durable.
    case accepted(EventID)
    /// New and durable, with parts of which nothing was made.
    case remarked(EventID, [Rejection])
    /// Known already; nothing changed.
    case duplicate(EventID)
    /// Well-formed and of no concern here.
    case ignored(Rejection)
    /// Kept, sealed, until a person has looked at it.
    case quarantined(EventID, Rejection)
    /// Not taken.
    case rejected(Rejection)
}
