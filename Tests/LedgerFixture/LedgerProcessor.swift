import Contracts
import Domain
public import PostgresClient
public import StreamRuntime

/// A processor that is easy to check: it keeps a sum for each key, writes a row and a document and publishes an event for each entry.
public struct LedgerProcessor: StreamProcessor {
    /// The sum of a key, and of how many entries.
    public struct Account: KeyedState, Equatable {
        /// The sum of the amounts.
        public var sum: Int64 = 0
        /// How many amounts.
        public var entries: Int64 = 0

        /// An empty account.
        public init() {}

        /// Reads `sum,entries`.
        public init(decoding bytes: [UInt8]) throws {
            let fields = String(decoding: bytes, as: UTF8.self).split(separator: ",")
            guard fields.count == 2, let sum = Int64(fields[0]), let entries = Int64(fields[1]) else {
                throw Rejection(code: "broken-state")
            }
            self.sum = sum
            self.entries = entries
        }

        /// Writes `sum,entries`.
        public func encode(into bytes: inout [UInt8]) {
            bytes.append(contentsOf: "\(sum),\(entries)".utf8)
        }
    }

    /// A row of the table `ledger`.
    public struct Row: Sendable {
        let entry: LedgerEntry
        let sumAfter: Int64
    }

    /// The topic that the processor publishes to.
    public static let outputTopic = "ledger.out"
    /// The collection that it writes to.
    public static let collection = "account"
    /// The table of its rows.
    public static let migration = Migration(
        version: 100, name: "ledger",
        sql: """
            CREATE TABLE ledger (
                event_id uuid PRIMARY KEY, state_key text NOT NULL, amount bigint NOT NULL, sum_after bigint NOT NULL,
                writer text NOT NULL, behaviour text NOT NULL CHECK (behaviour <> 'violate'),
                written_at timestamptz NOT NULL DEFAULT clock_timestamp())
            """)

    /// The version of the logic.
    public let logicVersion = "1"
    private let writer: String
    private let writesDocuments: Bool

    /// A processor that signs its rows as `writer`.
    public init(writer: String, writesDocuments: Bool = false) {
        self.writer = writer
        self.writesDocuments = writesDocuments
    }

    /// Reads the entries of a record, one a line.
    public func decode(_ record: StreamRecord) -> [DecodedItem<LedgerEntry>] {
        guard let value = record.value else { return [.rejected(Rejection(code: "tombstone", place: "value"))] }
        return value.split(separator: UInt8(ascii: "\n")).enumerated().map { line, bytes in
            guard let entry = LedgerEntry(bytes: bytes) else {
                return .rejected(
                    Rejection(code: "unreadable", place: "line \(line)", detail: "not id|key|amount|time|behaviour"))
            }
            return .item(StreamItem(id: entry.id, key: entry.key, eventTime: entry.time, input: entry))
        }
    }

    /// Adds the amount, as the entry's behaviour says.
    public func handle(
        _ item: StreamItem<LedgerEntry>, state: inout Account, context: HandlingContext
    ) -> Handled<Row> {
        let entry = item.input
        switch entry.behaviour {
        case .refuse: return .deadLetter(Rejection(code: "refused"))
        case .quarantine: return .quarantine(Rejection(code: "doubtful"))
        case .halt: return .halt(Rejection(code: "asked-to-halt"))
        case .neverAdd: return .retry(Rejection(code: "not-now"))
        case .addAtThirdAttempt where context.attempt < 2: return .retry(Rejection(code: "not-now"))
        case .add, .addAtThirdAttempt, .violate: break
        }
        state.sum += entry.amount
        state.entries += 1
        let publication = Publication(
            topic: Self.outputTopic, key: entry.key, id: entry.publishedID, type: Self.outputTopic, time: entry.time,
            payload: Array("\(entry.publishedID)|\(entry.key)|\(state.sum)".utf8))
        let document = DocumentUpsert(
            collection: Self.collection, id: entry.key, version: state.entries, json: "{\"sum\": \(state.sum)}")
        return .effects(
            Effects(
                publications: [publication], documents: writesDocuments ? [document] : [],
                rows: [Row(entry: entry, sumAfter: state.sum)]))
    }

    /// Inserts the rows.
    public func write(_ rows: [Row], to connection: PostgresConnection) throws {
        _ = try connection.execute(
            """
            INSERT INTO ledger (event_id, state_key, amount, sum_after, behaviour, writer)
            SELECT b.*, $6 FROM unnest($1::uuid[], $2::text[], $3::int8[], $4::int8[], $5::text[]) AS b
            ON CONFLICT (event_id) DO NOTHING
            """,
            [
                .uuidArray(rows.map { UUIDBytes(hi: $0.entry.id.high, lo: $0.entry.id.low) }),
                .textArray(rows.map(\.entry.key)), .int64Array(rows.map(\.entry.amount)),
                .int64Array(rows.map(\.sumAfter)), .textArray(rows.map(\.entry.behaviour.rawValue)), .text(writer),
            ])
    }
}
