public import Domain

/// An event to publish through the outbox.
public struct Publication: Sendable {
    /// The topic.
    public let topic: String
    /// The record's key.
    public let key: String
    /// The event's identity (`ce_id`).
    public let id: EventID
    /// The CloudEvents type (`ce_type`).
    public let type: String
    /// The time of the event (`ce_time`).
    public let time: Timestamp
    /// The encoded message.
    public let payload: [UInt8]

    /// An event to publish.
    public init(topic: String, key: String, id: EventID, type: String, time: Timestamp, payload: [UInt8]) {
        self.topic = topic
        self.key = key
        self.id = id
        self.type = type
        self.time = time
        self.payload = payload
    }
}

/// A document to upsert through the outbox: written only over a smaller version of itself.
public struct DocumentUpsert: Sendable {
    /// The MongoDB collection.
    public let collection: String
    /// The string `_id`.
    public let id: String
    /// Grows with every change of the document.
    public let version: Int64
    /// The fields to set, as relaxed extended JSON (an object without `_id` and `version`).
    public let json: String

    /// A document to upsert.
    public init(collection: String, id: String, version: Int64, json: String) {
        self.collection = collection
        self.id = id
        self.version = version
        self.json = json
    }
}

/// What handling an event causes, all of it in the one transaction that moves the position.
public struct Effects<Row: Sendable>: Sendable {
    /// Events for the outbox, in order.
    public var publications: [Publication] = []
    /// Documents for the outbox, in order.
    public var documents: [DocumentUpsert] = []
    /// Rows of the service's own tables, written by ``StreamProcessor/write(_:to:)``.
    public var rows: [Row] = []
    /// Parts of the event of which nothing was made; a sender is told, nothing else comes of them.
    public var remarks: [Rejection] = []
    /// True when the state was changed and must be written.
    public var stateChanged = true

    /// No effects but the state's change.
    public init() {}

    /// These effects.
    public init(
        publications: [Publication] = [], documents: [DocumentUpsert] = [], rows: [Row] = [], remarks: [Rejection] = [],
        stateChanged: Bool = true
    ) {
        self.publications = publications
        self.documents = documents
        self.rows = rows
        self.remarks = remarks
        self.stateChanged = stateChanged
    }
}

/// The verdict on an event.
public enum Handled<Row: Sendable>: Sendable {
    /// Taken; these are its effects.
    case effects(Effects<Row>)
    /// Not now: the key is parked and tried again with back-off, while the partition moves on.
    case retry(Rejection)
    /// Never: a dead letter, written in the same transaction.
    case deadLetter(Rejection)
    /// Not before a person has looked at it: kept sealed beside the dead letters, whichever way it came. Its identity stays free, so that it can
    /// be taken when it is released.
    case quarantine(Rejection)
    /// The same thing is known already under another identity; nothing changes.
    case duplicate(of: EventID)
    /// The service itself is at fault (a broken state, a missing table): the partition stops with this cause and nothing is lost.
    case halt(Rejection)
}
