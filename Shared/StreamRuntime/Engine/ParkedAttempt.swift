import Domain

/// One more attempt at a parked event.
struct ParkedAttempt<Processor: StreamProcessor> {
    enum Verdict {
        /// The event leaves parking: handled, or a dead letter.
        case leaves
        /// The event waits again.
        case stays(attempts: Int, delay: Duration, reason: String)
    }

    let batch: Batch<Processor>
    private let event: ParkedEvent
    var handler: BatchHandler<Processor>
    private let mail: Mail

    /// Opens the sealed record.
    ///
    /// - Throws: ``StreamError`` when it cannot be opened or read: the key is wrong, and every attempt would fail.
    init(_ event: ParkedEvent, of lane: Lane<Processor.State>, handler: BatchHandler<Processor>) throws {
        let context = ParkedEvent.context(laneID: lane.laneID, offset: event.offset, ordinal: event.ordinal)
        guard let bytes = try? handler.keyring.open(event.sealedRecord, context: context),
            let record = RecordEnvelope.decode(bytes)
        else {
            throw StreamError(
                .halted, operation: "open parked event",
                detail:
                    "parked_event \(lane.laneID)/\(event.offset)/\(event.ordinal) cannot be opened; is the payload key the one it "
                    + "was sealed under?")
        }
        self.event = event
        self.handler = handler
        mail = Mail(record: record, reply: nil)
        batch = Batch([Slice(lane: lane, mail: [mail])], decodedBy: handler.processor)
    }

    /// Handles the event, or refuses it when a refusal is given; the effects go into the batch.
    func handle(_ batch: inout Batch<Processor>, refusal: Rejection?) throws -> Verdict {
        let items = batch.parts[0].decoded[0]
        let ordinal = Int(event.ordinal)
        guard ordinal < items.count, case .item(let item) = items[ordinal], item.id == event.eventID else {
            let rejection = Rejection(
                code: "decoded-differently", detail: "this version reads the parked record otherwise")
            _ = try handler.refuse(
                mail, ordinal, input: event.eventID, rejection, attempts: event.attempts, part: 0, in: &batch)
            return .leaves
        }
        let attempts = event.attempts + 1
        if let refusal {
            _ = try handler.refuse(mail, ordinal, input: item.id, refusal, attempts: attempts, part: 0, in: &batch)
            return .leaves
        }
        let context = HandlingContext(
            receivedAt: mail.record.receivedAt, watermark: batch.parts[0].watermark.watermark, attempt: event.attempts)
        switch batch.verdict(of: handler.processor, on: item, context: context) {
        case .effects(let effects):
            handler.absorb(effects, of: mail.record, id: item.id, part: 0, in: &batch)
            batch.counts.accepted += 1
            return .leaves
        case .retry(let reason):
            if let delay = handler.configuration.retry.delay(afterAttempts: attempts) {
                return .stays(attempts: attempts, delay: delay, reason: reason.code)
            }
            _ = try handler.refuse(mail, ordinal, input: item.id, reason, attempts: attempts, part: 0, in: &batch)
            return .leaves
        case .duplicate:
            batch.counts.duplicates += 1
            return .leaves
        case .quarantine(let reason):
            try handler.quarantine(mail, ordinal, input: item.id, reason, attempts: attempts, part: 0, in: &batch)
            return .leaves
        case .deadLetter(let rejection):
            _ = try handler.refuse(mail, ordinal, input: item.id, rejection, attempts: attempts, part: 0, in: &batch)
            return .leaves
        case .halt(let cause):
            throw StreamError(.halted, operation: "handle parked event", detail: cause.description)
        }
    }
}
