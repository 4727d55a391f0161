import Contracts
import Cryptography
import Domain

/// Turns a decoded batch into its effects, by the processor's pure `handle`; touches no database.
struct BatchHandler<Processor: StreamProcessor>: Sendable {
    var processor: Processor
    let configuration: StreamConfiguration
    let service: String
    /// Spans are wanted, so every event's trace context is looked at.
    let isTracing: Bool
    private static var largestCiphertext: Int { 512 << 10 }
    let keyring: Keyring

    /// Handles every item that is not in `known`.
    ///
    /// - Parameters:
    ///   - batch: decoded, with the state of every key filled in or nil for a key that has none.
    ///   - known: events whose effect is in the database already.
    ///   - mayRepeat: true when the same id may stand twice in the batch.
    ///   - refusal: when given, every item is refused with it instead of being handled.
    /// - Throws: a ``StreamError`` when the processor asks to halt, or the cipher's error.
    func handle(
        _ batch: inout Batch<Processor>, known: Set<EventID>, mayRepeat: Bool, refusal: Rejection? = nil
    ) throws {
        var seen: Set<EventID> = []
        for partIndex in batch.parts.indices {
            let mail = batch.parts[partIndex].mail
            for mailIndex in mail.indices {
                let entry = mail[mailIndex]
                let items = batch.parts[partIndex].decoded[mailIndex]
                var outcomes: [ItemOutcome] = []
                for ordinal in items.indices {
                    let outcome: ItemOutcome
                    switch items[ordinal] {
                    case .ignored(let rejection):
                        batch.counts.ignored += 1
                        outcome = .ignored(rejection)
                    case .rejected(let rejection):
                        outcome = try refuse(
                            entry, ordinal, input: nil, rejection, attempts: 1, part: partIndex, in: &batch)
                    case .item(let item):
                        let isNew = !known.contains(item.id) && (!mayRepeat || seen.insert(item.id).inserted)
                        guard isNew else {
                            batch.counts.duplicates += 1
                            outcome = .duplicate(item.id)
                            break
                        }
                        if let refusal {
                            batch.eventIDs.append(item.id)
                            outcome = try refuse(
                                entry, ordinal, input: item.id, refusal, attempts: 1, part: partIndex, in: &batch)
                        } else {
                            outcome = try handle(
                                item, of: entry, ordinal, known: known, part: partIndex, in: &batch)
                            switch outcome {
                            case .duplicate: break
                            case .quarantined(let held, _): batch.eventIDs.append(held)
                            default: batch.eventIDs.append(item.id)
                            }
                        }
                    }
                    if entry.reply != nil { outcomes.append(outcome) }
                }
                if entry.reply != nil { batch.replies.append((entry, outcomes)) }
            }
        }
    }

    private func handle(
        _ item: StreamItem<Processor.Input>, of entry: Mail, _ ordinal: Int, known: Set<EventID>, part: Int,
        in batch: inout Batch<Processor>
    ) throws -> ItemOutcome {
        let record = entry.record
        let watermark = batch.parts[part].watermark.watermark
        let isLate = batch.parts[part].watermark.observe(item.eventTime)
        if isLate {
            batch.counts.late += 1
            if case .divert(let topic) = configuration.latePolicy {
                batch.parts[part].outbox.append(diverted(item, record, to: topic))
                return .accepted(item.id)
            }
        }
        if batch.parts[part].parkedKeys[item.key] != nil {
            try park(item, entry, ordinal, attempts: 0, delay: .zero, reason: "behind-parked", part: part, in: &batch)
            return .accepted(item.id)
        }
        let context = HandlingContext(receivedAt: record.receivedAt, watermark: watermark, isLate: isLate)
        switch batch.verdict(of: processor, on: item, context: context) {
        case .effects(let effects):
            absorb(effects, of: record, id: item.id, part: part, in: &batch)
            batch.counts.accepted += 1
            return effects.remarks.isEmpty ? .accepted(item.id) : .remarked(item.id, effects.remarks)
        case .retry(let reason):
            guard let delay = configuration.retry.delay(afterAttempts: 1) else {
                return try refuse(entry, ordinal, input: item.id, reason, attempts: 1, part: part, in: &batch)
            }
            try park(item, entry, ordinal, attempts: 1, delay: delay, reason: reason.code, part: part, in: &batch)
            return .accepted(item.id)
        case .deadLetter(let rejection):
            return try refuse(entry, ordinal, input: item.id, rejection, attempts: 1, part: part, in: &batch)
        case .quarantine(let reason):
            let held = heldID(of: item.id)
            // Held back twice is held back once.
            guard !known.contains(held) else {
                batch.counts.duplicates += 1
                return .duplicate(held)
            }
            try quarantine(entry, ordinal, input: item.id, reason, attempts: 1, part: part, in: &batch)
            return .quarantined(held, reason)
        case .duplicate(let id):
            batch.counts.duplicates += 1
            return .duplicate(id)
        case .halt(let cause):
            throw StreamError(
                .halted, operation: "handle \(record.topic)[\(record.partition)]@\(record.offset)",
                detail: cause.description)
        }
    }

    /// Adds effects to the batch.
    func absorb(
        _ effects: Effects<Processor.Row>, of record: StreamRecord, id: EventID, part: Int,
        in batch: inout Batch<Processor>
    ) {
        batch.rows.append(contentsOf: effects.rows)
        guard isTracing || !effects.publications.isEmpty || !effects.documents.isEmpty else { return }
        let trace = EventTrace(of: record, id: id)
        if isTracing, let trace, trace.context.isSampled { batch.traces.append((trace, record)) }
        for publication in effects.publications {
            batch.parts[part].outbox.append(OutboxRow(publication, traceparent: trace?.context.traceparent))
        }
        for document in effects.documents {
            let version = Batch<Processor>.DocumentVersion(
                collection: document.collection, id: document.id, version: document.version)
            guard batch.parts[part].documented.insert(version).inserted else { continue }
            batch.parts[part].outbox.append(OutboxRow(document))
        }
    }

    private func diverted(_ item: StreamItem<Processor.Input>, _ record: StreamRecord, to topic: String) -> OutboxRow {
        OutboxRow(
            Publication(
                topic: topic, key: item.key, id: item.id, type: topic, time: item.eventTime,
                payload: record.value.map(Array.init) ?? []),
            traceparent: record.header(CloudEventHeader.traceParent))
    }

    private func park(
        _ item: StreamItem<Processor.Input>, _ entry: Mail, _ ordinal: Int, attempts: Int, delay: Duration,
        reason: String, part: Int, in batch: inout Batch<Processor>
    ) throws {
        let laneID = batch.parts[part].lane.laneID
        let offset = entry.record.offset
        let sealed = try keyring.seal(
            RecordEnvelope.encode(entry.record),
            context: ParkedEvent.context(laneID: laneID, offset: offset, ordinal: Int32(ordinal)))
        let event = ParkedEvent(
            key: item.key, offset: offset, ordinal: Int32(ordinal), eventID: item.id, attempts: attempts,
            sealedRecord: sealed, reasonCode: reason)
        batch.parked.append((laneID, event, delay))
        batch.parts[part].parkedKeys[item.key, default: 0] += 1
        batch.counts.parked += 1
    }

    /// Refuses a part of a record: a sender is told; a record of a topic becomes a dead letter.
    func refuse(
        _ entry: Mail, _ ordinal: Int, input: EventID?, _ rejection: Rejection, attempts: Int, part: Int,
        in batch: inout Batch<Processor>
    ) throws -> ItemOutcome {
        batch.counts.rejected += 1
        guard entry.reply == nil else { return .rejected(rejection) }
        try shelve(
            entry.record, ordinal, input: input, rejection, .rejected, attempts: attempts, part: part, in: &batch)
        return .rejected(rejection)
    }

    /// Keeps an event for a person to look at, whichever way it came.
    func quarantine(
        _ entry: Mail, _ ordinal: Int, input: EventID, _ reason: Rejection, attempts: Int, part: Int,
        in batch: inout Batch<Processor>
    ) throws {
        batch.counts.quarantined += 1
        try shelve(
            entry.record, ordinal, input: input, reason, .quarantined, attempts: attempts, part: part, in: &batch)
    }

    /// The identity under which an event is held back.
    private func heldID(of id: EventID) -> EventID {
        EventID.derived(service: service, logicVersion: "quarantine", input: id, ordinal: 0)
    }

    private func shelve(
        _ record: StreamRecord, _ ordinal: Int, input: EventID?, _ reason: Rejection, _ disposition: Disposition,
        attempts: Int, part: Int, in batch: inout Batch<Processor>
    ) throws {
        let place = Batch<Processor>.RecordPlace(lane: batch.parts[part].lane.laneID, offset: record.offset)
        let letter = try deadLetter(
            of: record, ordinal: ordinal, input: input, reason, disposition, attempts: attempts,
            carrier: batch.carriers[place])
        batch.carriers[place] = batch.carriers[place] ?? letter.row.id
        batch.letters.append(letter.row)
        batch.parts[part].outbox.append(OutboxRow(letter.publication, traceparent: nil))
    }

    /// - Parameter carrier: the letter that holds the record sealed; nil makes this letter the carrier.
    private func deadLetter(
        of record: StreamRecord, ordinal: Int, input: EventID?, _ rejection: Rejection, _ disposition: Disposition,
        attempts: Int, carrier: EventID?
    ) throws -> (row: DeadLetterRow, publication: Publication) {
        let payload = record.value.map(Array.init) ?? []
        let hexadecimalDigest = try SHA256Digest.hexadecimal(payload)
        let id =
            input.map { EventID.derived(service: service, logicVersion: "dead-letter", input: $0, ordinal: ordinal) }
            ?? EventID.hashing(
                "dead-letter", service, record.topic, String(record.partition), String(record.offset), String(ordinal),
                hexadecimalDigest)
        let sealed =
            carrier == nil
            ? try keyring.seal(RecordEnvelope.encode(record), context: DeadLetterStore.context(of: id)) : []
        let row = DeadLetterRow(
            id: id, topic: record.topic, partition: record.partition, offset: record.offset, ordinal: Int32(ordinal),
            rejection: rejection, disposition: disposition, attempts: attempts,
            payloadSHA256: try SHA256Digest.hash(payload), sealedRecord: sealed, carrier: carrier,
            keyID: keyring.currentKeyID)
        let event = DeadLetter(
            eventID: id, service: service, reasonCode: rejection.code, place: rejection.place, detail: rejection.detail,
            attempts: Int32(clamping: attempts), sourceTopic: record.topic, sourcePartition: record.partition,
            sourceOffset: record.offset, payloadSHA256: hexadecimalDigest,
            // The table holds the record whatever its size, once; its first letter's event carries it while it fits.
            payloadCiphertext: sealed.count <= Self.largestCiphertext ? sealed : [], keyID: keyring.currentKeyID,
            modelVersion: processor.logicVersion, producedAt: record.receivedAt)
        return (row, Publication(event))
    }
}
