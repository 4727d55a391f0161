import Domain
import HL7v2
import JSONDocument

/// Reads HL7 v2: a message, several after one another, or batches and files of them.
struct HL7Reader {
    let context: FeedContext
    let names: any PersonNaming

    func outcomes(of bytes: [UInt8]) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let file: HL7File
        do {
            file = try HL7File(bytes)
        } catch {
            return [refusal(FeedRejection(error, root: ""), index: 0, place: "$", type: "")]
        }
        let isOne = file.messageCount == 1 && !file.hasEnvelope
        for item in file.items {
            switch item {
            case .fault(let fault):
                outcomes.append(
                    refusal(
                        FeedRejection(fault, root: "segment[\(fault.segmentIndex + 1)]."), index: outcomes.count,
                        place: "segment[\(fault.segmentIndex + 1)]", type: fault.path))
            case .message(let message):
                let root = isOne ? "" : "message[\(message.ordinal + 1)]."
                append(message.bytes, root: root, to: &outcomes)
            }
        }
        if file.items.isEmpty {
            let reason = FeedRejection(code: "no-message", place: "$", detail: "the envelope holds no message")
            outcomes.append(
                FactOutcome(index: 0, place: "$", type: "", verdict: .archived(reason), source: PHI(.null)))
        }
        return outcomes
    }

    private func append(_ bytes: ArraySlice<UInt8>, root: String, to outcomes: inout [FactOutcome]) {
        let message: HL7Message
        do {
            message = try HL7Message.parse(bytes)
        } catch {
            outcomes.append(
                refusal(FeedRejection(error, root: root), index: outcomes.count, place: root + "MSH", type: ""))
            return
        }
        var reader = HL7MessageReader(message: message, context: context, names: names, root: root)
        let verdict = reader.verdict()
        let type = reader.type
        outcomes.append(
            FactOutcome(
                index: outcomes.count, place: root + "MSH", type: type, verdict: verdict, notes: reader.notes,
                source: PHI(.string(String(decoding: message.bytes, as: UTF8.self)))))
        for part in reader.doubtful {
            outcomes.append(
                FactOutcome(
                    index: outcomes.count, place: part.place, type: type, verdict: .facts([part.fact]),
                    source: PHI(.null)))
        }
        for reason in reader.refused {
            outcomes.append(refusal(reason, index: outcomes.count, place: reason.place, type: type))
        }
    }

    private func refusal(_ reason: FeedRejection, index: Int, place: String, type: String) -> FactOutcome {
        FactOutcome(index: index, place: place, type: type, verdict: .rejected(reason), source: PHI(.null))
    }
}

extension FeedRejection {
    /// The rejection that a reading error means; `root` stands before the segment.
    init(_ error: HL7Error, root: String) {
        self.init(code: error.code.rawValue, place: root + error.path, detail: error.detail)
    }
}

/// Why a part of a message gave no fact.
enum HL7PartFailure: Error {
    /// It cannot be taken.
    case refused(FeedRejection)
    /// It is valid and tells nothing that the fleet's events can tell.
    case archived(FeedRejection)
}
