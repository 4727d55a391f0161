import HL7v2
import Metrics

/// What the listener counts: messages by their answer, bytes between frames, frames that were cut off.
struct MLLPMetrics: Sendable {
    private static let prefix = "vitalstream_ingestion_mllp"

    private let accepted = answers("accepted")
    private let error = answers("error")
    private let rejected = answers("rejected")
    private let silent = answers("none")
    private let closed = answers("closed")
    private let skippedBytes = Counter(label: "\(prefix)_skipped_bytes_total")
    private let cutOffFrames = Counter(label: "\(prefix)_cut_off_frames_total")

    private static func answers(_ answer: String) -> Counter {
        Counter(label: "\(prefix)_messages_total", dimensions: [("answer", answer)])
    }

    /// Counts a message by the framed answer to it; nil when the connection was closed instead.
    func answered(_ answer: [UInt8]?) {
        guard let answer else { return closed.increment() }
        // The acknowledgement code is the second letter of MSA-1.
        let mark = Array("\rMSA".utf8)
        guard let place = answer.indices.first(where: { answer[$0...].starts(with: mark) }), place + 6 < answer.count
        else {
            return silent.increment()
        }
        switch answer[place + 6] {
        case UInt8(ascii: "A"): accepted.increment()
        case UInt8(ascii: "E"): error.increment()
        default: rejected.increment()
        }
    }

    /// Counts bytes between frames.
    func skipped(_ count: Int) { if count > 0 { skippedBytes.increment(by: count) } }

    /// Counts a frame that a new one cut off.
    func cutOff() { cutOffFrames.increment() }
}
