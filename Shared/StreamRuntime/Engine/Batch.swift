import Domain

/// A batch on its way through decoding and handling; nothing of it is visible outside before COMMIT.
struct Batch<Processor: StreamProcessor> {
    /// The state of one key while the batch is handled.
    struct Touched {
        let key: String
        /// Nil until it is read from the database.
        var stored: StoredState<Processor.State>?
        /// The state is another than the stored one.
        var isChanged = false
        /// A verdict rests on the state.
        var isUsed = false
    }

    /// What tells a document from another.
    struct DocumentVersion: Hashable {
        let collection: String
        let id: String
        let version: Int64
    }

    /// A record of the batch.
    struct RecordPlace: Hashable {
        let lane: Int32
        let offset: Int64
    }

    /// One lane's part.
    struct Part {
        let lane: Lane<Processor.State>
        let mail: [Mail]
        /// Per record, what it decodes to.
        let decoded: [[DecodedItem<Processor.Input>]]
        var watermark: WatermarkTracker
        var parkedKeys: [String: Int]
        var outbox: [OutboxRow] = []
        /// The documents in ``outbox``: several events may tell the same one, and it leaves once.
        var documented: Set<DocumentVersion> = []

        /// The offset after the last record.
        var end: Int64 { mail.last.map { $0.record.offset + 1 } ?? lane.run.position }
    }

    var parts: [Part]
    /// The keys of the batch; several lanes may have events of the same key.
    var touched: [Touched] = []
    /// Where a key stands in ``touched``.
    var places: [String: Int] = [:]
    var eventIDs: [EventID] = []
    var rows: [Processor.Row] = []
    var letters: [DeadLetterRow] = []
    /// The letter that holds the sealed record, for each record that has letters: by part and place in its mail.
    var carriers: [RecordPlace: EventID] = [:]
    var parked: [(laneID: Int32, event: ParkedEvent, delay: Duration)] = []
    /// Per reply, what became of the record's items.
    var replies: [(mail: Mail, outcomes: [ItemOutcome])] = []
    var counts = BatchCounts()
    /// The events whose sender traces them.
    var traces: [(trace: EventTrace, record: StreamRecord)] = []

    init(_ slices: [Slice<Processor.State>], decodedBy processor: Processor) {
        parts = slices.map { slice in
            Part(
                lane: slice.lane, mail: slice.mail, decoded: slice.mail.map { processor.decode($0.record) },
                watermark: slice.lane.run.watermark, parkedKeys: slice.lane.run.parkedKeys)
        }
    }

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// The same records, decoded, with nothing handled yet.
    func restarted(without lost: Set<Int32> = []) -> Batch {
        Batch(
            parts: parts.filter { !lost.contains($0.lane.laneID) }.map { part in
                Part(
                    lane: part.lane, mail: part.mail, decoded: part.decoded, watermark: part.lane.run.watermark,
                    parkedKeys: part.lane.run.parkedKeys)
            })
    }

    /// Every event in the batch.
    var items: [StreamItem<Processor.Input>] {
        parts.flatMap { part in
            part.decoded.flatMap { items in
                items.compactMap { if case .item(let item) = $0 { item } else { nil } }
            }
        }
    }

    /// Lets the processor handle `item` on the state of its key; a change holds for the next event of the key.
    mutating func verdict(
        of processor: Processor, on item: StreamItem<Processor.Input>, context: HandlingContext
    ) -> Handled<Processor.Row> {
        let place = places[item.key]
        var state = place.flatMap { touched[$0].stored?.state } ?? Processor.State()
        let verdict = processor.handle(item, state: &state, context: context)
        guard let place else { return verdict }
        touched[place].isUsed = true
        if case .effects(let effects) = verdict, effects.stateChanged {
            touched[place].stored?.state = state
            touched[place].isChanged = true
        }
        return verdict
    }

    var recordCount: Int { parts.reduce(0) { $0 + $1.mail.count } }
}

/// What a batch came to, for the metrics.
struct BatchCounts {
    var accepted = 0
    var duplicates = 0
    var ignored = 0
    var quarantined = 0
    var rejected = 0
    var parked = 0
    var late = 0
}
