import HL7v2
import NIOCore
import NIOSSL

/// One connection: frames in, answers out, in order, one message at a time.
struct MLLPConnection: Sendable {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    let activity: MLLPActivity
    let isProtected: Bool
    let metrics: MLLPMetrics

    /// Serves the connection until the peer or an answer ends it.
    func run(_ receiver: MLLPReceiver, limit: Int) async throws {
        try await channel.executeThenClose { inbound, outbound in
            var decoder = MLLPDecoder(limit: limit)
            var source: String?
            var skipped = 0
            var isKnown = !isProtected
            for try await buffer in inbound {
                if !isKnown {
                    // Bytes come through only after the handshake.
                    let certificate = try await channel.channel.nioSSL_peerCertificate().get()
                    source = try certificate.flatMap { CertificateSubject.commonName(ofDER: try $0.toDERBytes()) }
                    isKnown = true
                }
                for event in decoder.take(buffer.readableBytesView) {
                    guard activity.begin() else { return }
                    let answer = await answer(to: event, from: source, receiver, limit: limit)
                    if let answer, !answer.isEmpty { try await outbound.write(ByteBuffer(bytes: answer)) }
                    guard activity.end(), answer != nil else { return }
                }
                metrics.skipped(decoder.garbageCount - skipped)
                skipped = decoder.garbageCount
            }
        }
    }

    /// What goes back for an event, framed; nil when the connection is to be closed.
    private func answer(to event: MLLPDecoder.Event, from source: String?, _ receiver: MLLPReceiver, limit: Int) async
        -> [UInt8]?
    {
        switch event {
        case .message(let bytes):
            switch await receiver.answer(to: bytes, source: source) {
            case .reply(let answer):
                metrics.answered(answer)
                return answer
            case .close:
                metrics.answered(nil)
                return nil
            }
        case .oversize(let head):
            let answer = receiver.answer(toOversize: head, limit: limit)
            metrics.answered(answer)
            return answer
        case .cutOff:
            metrics.cutOff()
            return []
        }
    }
}
