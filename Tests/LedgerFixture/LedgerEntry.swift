import Contracts
public import Domain

/// An event of the test stream: a number for a key, and how the processor is to take it.
///
/// On the wire a line of text: `id|key|amount|time_us|behaviour`.
public struct LedgerEntry: Sendable, Equatable {
    /// How the processor takes the entry.
    public enum Behaviour: String, Sendable {
        /// Adds the amount.
        case add
        /// Fails twice with a retriable failure, then adds the amount.
        case addAtThirdAttempt = "retry"
        /// Fails with a retriable failure for ever.
        case neverAdd = "never"
        /// Is refused for good.
        case refuse
        /// Is held back for a person to look at.
        case quarantine
        /// Is taken, and its row is refused by a constraint of the table.
        case violate
        /// Stops the service.
        case halt
    }

    /// The identity.
    public let id: EventID
    /// The key of the state.
    public let key: String
    /// What is added to the key's sum.
    public let amount: Int64
    /// When it happened.
    public let time: Timestamp
    /// How it is taken.
    public let behaviour: Behaviour

    /// An entry.
    public init(id: EventID, key: String, amount: Int64, time: Timestamp, behaviour: Behaviour = .add) {
        self.id = id
        self.key = key
        self.amount = amount
        self.time = time
        self.behaviour = behaviour
    }

    /// The entry number `number` of a stream: its id is a function of the number and the stream's name.
    public init(stream: String, number: Int, key: String, amount: Int64, behaviour: Behaviour = .add) {
        self.init(
            id: .hashing("ledger", stream, String(number)), key: key, amount: amount,
            time: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 1000), behaviour: behaviour)
    }

    /// The bytes on the wire.
    public var bytes: [UInt8] {
        Array("\(id)|\(key)|\(amount)|\(time.microseconds)|\(behaviour.rawValue)".utf8)
    }

    /// Reads the bytes on the wire; nil when they are none of ours.
    public init?(bytes: some Collection<UInt8>) {
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 5, let id = EventID(String(fields[0])), let amount = Int64(fields[2]),
            let time = Int64(fields[3]), let behaviour = Behaviour(rawValue: String(fields[4]))
        else { return nil }
        self.init(
            id: id, key: String(fields[1]), amount: amount, time: Timestamp(microseconds: time), behaviour: behaviour)
    }

    /// The id of the event that the processor publishes for this entry.
    public var publishedID: EventID { .derived(service: "ledger", logicVersion: "1", input: id, ordinal: 0) }
}
