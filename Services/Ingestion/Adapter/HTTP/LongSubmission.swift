import Compression
import Hummingbird
import IngestionCore
import JSONDocument
import StreamRuntime

/// A submission longer than a request's body may be, in a format whose records do not hang together: taken in pieces as it arrives, each
/// durable before the next is read, in flat memory.
///
/// The answer counts all records and lists those that were not plainly taken. When it breaks off, what was taken stays taken; sent again from the
/// start it is recognised.
struct LongSubmission {
    /// About how many bytes are submitted at a time.
    static let pieceBytes = 1 << 20
    /// How many outcomes the answer lists.
    static let listed = 10_000
    /// Limits on an unpacked body; there is no end to a wearable's export, but to what a byte may unfold to there is.
    static let limits = DecompressionLimits(outputBytes: 1 << 40, ratio: 200)

    /// What has been taken so far.
    struct Tally {
        var counts = ["accepted": 0, "duplicate": 0, "quarantined": 0, "rejected": 0]
        var records = 0
        var outcomes: [JSONValue] = []

        mutating func count(_ taken: [ItemOutcome]) {
            for outcome in taken {
                let (word, fields) = OutcomeReply.described(outcome, index: records)
                records += 1
                counts[word, default: 0] += 1
                let isPlain =
                    if case .accepted = outcome { true } else if case .duplicate = outcome { true } else { false }
                if !isPlain, outcomes.count < LongSubmission.listed { outcomes.append(fields) }
            }
        }
    }

    private let template: Submission
    private var splitter: any FeedSplitter

    /// Nil for a format whose records hang together.
    init?(_ template: Submission) {
        guard let splitter = template.format.splitter(size: Self.pieceBytes) else { return nil }
        self.template = template
        self.splitter = splitter
    }

    /// Reads `request` to its end and hands each piece to `submit`.
    mutating func take(
        _ request: Request, _ submit: (Submission) async throws -> [ItemOutcome]
    ) async throws -> Tally {
        var tally = Tally()
        do {
            let decoder = try BodyReader.encoding(of: request).map { try StreamDecoder($0, limits: Self.limits) }
            for try await buffer in request.body {
                for piece in try split(buffer, decoder) { tally.count(try await submit(piece)) }
            }
            try decoder?.finish()
            if let last = try splitter.finish() { tally.count(try await submit(submission(last))) }
        } catch let error as FeedRejection {
            tally.count([.rejected(Rejection(code: error.code, place: error.place, detail: error.detail))])
        } catch let error as CompressionError {
            tally.count([.rejected(Rejection(code: error.code.rawValue, place: "body", detail: error.detail))])
        }
        return tally
    }

    private mutating func split(_ buffer: ByteBuffer, _ decoder: StreamDecoder?) throws -> [Submission] {
        guard let decoder else { return try splitter.split(buffer.readableBytesView).map { submission($0) } }
        var pieces: [Submission] = []
        try buffer.withUnsafeReadableBytes { input in
            try decoder.decode(input) { output in
                pieces += try splitter.split(output).map { submission($0) }
            }
        }
        return pieces
    }

    private func submission(_ bytes: [UInt8]) -> Submission {
        var submission = template
        submission.bytes = bytes
        return submission
    }
}
