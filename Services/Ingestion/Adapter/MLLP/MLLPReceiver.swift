import Crypto
public import Domain
import HL7v2
import IngestionCore
public import Logging
import StreamRuntime

/// Takes one HL7 v2 message to its acknowledgement: positive only after COMMIT, the same bytes for a repeat.
public struct MLLPReceiver: Sendable {
    /// What to do with a connection after a message.
    public enum Answer: Sendable, Equatable {
        /// Send these bytes, framed; none when the sender wants no answer.
        case reply([UInt8])
        /// Close the connection: the message was not taken, and the sender wants no answer that says so.
        case close
    }

    private let submitter: any FeedSubmitter
    private let store: any HL7AcknowledgementStore
    private let clock: any WallClock
    private let receiver: String
    private let logger: Logger

    /// A receiver that hands messages to `submitter`.
    ///
    /// - Parameter receiver: names who answers; part of the acknowledgements' control ids.
    public init(
        submitter: any FeedSubmitter, store: any HL7AcknowledgementStore, clock: any WallClock,
        receiver: String = "vitalstream-ingestion", logger: Logger
    ) {
        self.submitter = submitter
        self.store = store
        self.clock = clock
        self.receiver = receiver
        self.logger = logger
    }

    /// The answer to the bytes of one frame; `source` is the sender's name by its certificate, if it showed one.
    public func answer(to frame: [UInt8], source: String?) async -> Answer {
        let header = HL7Header(lenient: frame)
        // An acknowledgement is never acknowledged: two such listeners would go on for ever.
        if header.text(9) == "ACK" { return .reply([]) }
        if let error = Self.unreadable(frame) {
            return .reply(framed(header, .rejected, [HL7Acknowledgement.Problem(error)]))
        }
        let key = HL7MessageKey(
            sender: ([source ?? ""] + [3, 4].map { String(decoding: header.raw($0), as: UTF8.self) }).joined(
                separator: "\u{1F}"),
            controlID: header.text(10))
        let hash = Array(SHA256.hash(data: frame))
        do {
            if let kept = try await store.find(key) { return replay(kept, hash: hash, header) }
            let outcomes = try await submitter.submit(Submission(.hl7v2, frame, source: source))
            let problems = outcomes.compactMap(Self.problem)
            let answer = framed(header, problems.isEmpty ? .accepted : .error, problems)
            let standing = try await store.keep(
                KeptAcknowledgement(contentHash: hash, bytes: answer), for: key, at: clock.now())
            return replay(standing, hash: hash, header)
        } catch {
            // Nothing is known to have happened, or the acknowledgement is not kept: sending again is safe, for facts know each other.
            logger.warning("an HL7 v2 message was not taken", metadata: ["error": "\(error)"])
            let problem = HL7Acknowledgement.Problem(
                condition: "207", path: "", text: "unavailable: the message may not have been kept; send it again",
                isRetriable: true)
            let answer = framed(header, .error, [problem])
            return answer.isEmpty ? .close : .reply(answer)
        }
    }

    /// The answer to a frame that is longer than the limit, of which `head` is known.
    func answer(toOversize head: [UInt8], limit: Int) -> [UInt8] {
        let error = HL7Error(.tooLarge, path: "", detail: "must not exceed \(limit) bytes")
        return framed(HL7Header(lenient: head), .rejected, [HL7Acknowledgement.Problem(error)])
    }

    private func replay(_ kept: KeptAcknowledgement, hash: [UInt8], _ header: HL7Header) -> Answer {
        guard kept.contentHash != hash else { return .reply(kept.bytes) }
        let problem = HL7Acknowledgement.Problem(
            condition: "205", path: "MSH[1]-10",
            text: "control-id-reused: another message of this sender had the same MSH-10; send this one under its own")
        return .reply(framed(header, .error, [problem]))
    }

    private func framed(
        _ header: HL7Header, _ result: HL7Acknowledgement.Result, _ problems: [HL7Acknowledgement.Problem]
    ) -> [UInt8] {
        HL7Acknowledgement.messages(
            to: header, result: result, problems: problems, at: clock.now(), receiver: receiver
        ).flatMap { MLLPDecoder.frame($0) }
    }

    /// Why the frame cannot be read at all, or nil.
    private static func unreadable(_ frame: [UInt8]) -> HL7Error? {
        do {
            let file = try HL7File(frame)
            guard file.messageCount == 1, !file.hasEnvelope else {
                return HL7Error(
                    .notHL7, path: "", detail: "a frame holds one message; send batches as files")
            }
            try HL7Rules.checkHeader(try HL7Message.parse(frame))
            return nil
        } catch {
            return error
        }
    }

    private static func problem(_ outcome: ItemOutcome) -> HL7Acknowledgement.Problem? {
        guard case .rejected(let reason) = outcome else { return nil }
        let condition = HL7Error.Code(rawValue: reason.code).map { HL7Error($0, path: "", detail: "").conditionCode }
        return HL7Acknowledgement.Problem(
            condition: condition ?? (reason.code == "unsupported-message" ? "200" : "207"), path: reason.place,
            text: "\(reason.code): \(reason.detail)")
    }
}
