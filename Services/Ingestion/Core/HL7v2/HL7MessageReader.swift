import Contracts
import Domain
import HL7v2

/// Reads one message segment by segment. State: the person (PID), and the order (ORC, OBR) that the segments belong to.
struct HL7MessageReader {
    let message: HL7Message
    private let segments: [HL7Segment]
    let context: FeedContext
    let names: any PersonNaming
    /// What stands before a segment's path in places, e.g. `message[2].`.
    let root: String
    /// Where times lie that name no offset: at that of MSH-7, else in the sender's zone, else at Greenwich.
    let zone: LocalZone

    var person: PatientPseudonym?
    var order = HL7Order()
    /// The document that was begun, and how many results followed it.
    var report: ReportRecorded?
    var reportHead: HL7Segment?
    var reportedResults = 0
    var facts: [Fact] = []
    /// Facts that cannot be true, each with its place: they are judged by themselves, so that they hold back no other.
    var doubtful: [(place: String, fact: Fact)] = []
    var notes: [FeedRejection] = []
    var refused: [FeedRejection] = []
    private var seen: [EventID: Int] = [:]

    init(message: HL7Message, context: FeedContext, names: any PersonNaming, root: String) {
        self.message = message
        segments = message.segments
        self.context = context
        self.names = names
        self.root = root
        zone =
            HL7DateTime(message.header[7].value)?.offsetMinutes.map { LocalZone(offset: $0 * 60) }
            ?? context.timeZone.flatMap { LocalZone($0) } ?? .utc
    }

    /// `ORU^R01`; the sender could have put anything there, so only capitals and digits are shown.
    var type: String {
        let parts = [message.code, message.trigger].map { part in
            part.utf8.count <= 3 && part.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
                ? part : "?"
        }
        return parts[1].isEmpty ? parts[0] : "\(parts[0])^\(parts[1])"
    }

    /// The verdict on the message; what was refused of it is in ``refused``, what tells no fact in ``notes``.
    mutating func verdict() -> FactOutcome.Verdict {
        do {
            try HL7Rules.checkHeader(message)
            guard let kind = HL7MessageKind(code: message.code) else {
                return .archived(
                    rejection(
                        "unsupported-message", message.header.path(9), "messages of this type are not mapped to facts"))
            }
            if kind == .admission, HL7MessageKind.identityTriggers.contains(message.trigger) {
                return .archived(
                    rejection(
                        "merge-not-applied", message.header.path(9),
                        "links, merges and deletions of persons are not carried out"))
            }
            try HL7Rules.checkSegments(message)
            guard message.first("PID") != nil else {
                return .rejected(rejection("subject-missing", "PID", "the message must have a PID"))
            }
            for segment in segments { read(segment, kind) }
            finishReport()
        } catch {
            return .rejected(FeedRejection(error, root: root))
        }
        if !facts.isEmpty { return .facts(facts) }
        if !doubtful.isEmpty { return .facts([doubtful.removeFirst().fact]) }
        if let reason = refused.first {
            refused.removeFirst()
            return .rejected(reason)
        }
        return .archived(
            notes.first ?? rejection("no-fact", message.header.path(9), "no segment of the message tells a fact"))
    }

    private mutating func read(_ segment: HL7Segment, _ kind: HL7MessageKind) {
        do {
            try map(segment, kind)
        } catch {
            switch error {
            case .refused(let reason): refused.append(reason)
            case .archived(let reason): notes.append(reason)
            }
        }
    }

    private mutating func map(_ segment: HL7Segment, _ kind: HL7MessageKind) throws(HL7PartFailure) {
        switch segment.name {
        case "PID":
            person = nil
            order = HL7Order()
            person = try subject(segment)
            if kind == .admission { add(try patient(segment), segment) }
        case "PV1": if kind == .admission { add(try encounter(segment), segment) }
        case "ORC": order = HL7Order(common: segment)
        case "OBR":
            finishReport()
            order.request = segment
            order.name = nil
            if kind == .order {
                notes.append(rejection("order-not-medication", segment.path(), "orders of tests are not mapped"))
            }
        case "OBX": for fact in try observations(segment) { add(fact, segment) }
        case "AL1": add(try allergy(segment), segment)
        case "IAM": add(try adverseReaction(segment), segment)
        case "DG1": add(try diagnosis(segment), segment)
        case "PRB": add(try problem(segment), segment)
        case "PR1": add(try procedure(segment), segment)
        case "TXA": try beginReport(segment)
        case "RXO": if !hasEncodedOrder(after: segment) { add(try requestedMedication(segment), segment) }
        case "RXE": add(try encodedMedication(segment), segment)
        case "RXD": add(try dispensedMedication(segment), segment)
        case "RXG": notes.append(rejection("unsupported-segment", segment.path(), "give segments are not mapped"))
        case "RXA": add(kind == .vaccination ? try immunization(segment) : try administeredMedication(segment), segment)
        default: break
        }
    }

    /// Whether an RXE of the same order follows, which tells more than the RXO.
    private func hasEncodedOrder(after segment: HL7Segment) -> Bool {
        for next in segments[(segment.index + 1)...] {
            if next.isNamed("RXE") { return true }
            if next.isNamed("ORC") || next.isNamed("RXO") { return false }
        }
        return false
    }

    /// Adds a fact that `segment` tells. Observations that are equal in all that they tell are told apart by their order.
    mutating func add(_ fact: Fact, _ segment: HL7Segment) {
        var fact = fact
        let count = seen[fact.eventID, default: 0]
        seen[fact.eventID] = count + 1
        if count > 0 {
            guard case .observation(var event) = fact else { return }
            event.eventID = EventID.hashing("ingested.repeated", event.eventID.description, String(count))
            fact = .observation(event)
        }
        if Plausibility.check(fact, receivedAt: context.receivedAt) == nil {
            facts.append(fact)
        } else {
            doubtful.append((root + segment.path(), fact))
        }
    }

    mutating func note(_ code: String, _ path: String, _ detail: String) { notes.append(rejection(code, path, detail)) }
}

/// The kinds of messages that are mapped.
enum HL7MessageKind {
    case admission
    case result
    case order
    case medication
    case vaccination
    case document
    case problem

    init?(code: String) {
        switch code {
        case "ADT": self = .admission
        case "ORU", "OUL": self = .result
        case "ORM", "OML", "OMG", "OMI": self = .order
        case "OMP", "RDE", "RDS", "RAS", "RGV": self = .medication
        case "VXU": self = .vaccination
        case "MDM": self = .document
        case "PPR": self = .problem
        default: return nil
        }
    }

    /// ADT events that link, unlink, merge, move or delete persons and their identifiers.
    static let identityTriggers: Set<String> = [
        "A18", "A24", "A29", "A30", "A34", "A35", "A36", "A37", "A39", "A40", "A41", "A42", "A43", "A44", "A45", "A46",
        "A47",
        "A48", "A49", "A50", "A51",
    ]
}

/// The order that segments belong to.
struct HL7Order {
    /// ORC.
    var common: HL7Segment?
    /// OBR.
    var request: HL7Segment?
    /// The opaque name of the sender's record; made once.
    var name: String?

    init(common: HL7Segment? = nil) {
        self.common = common
    }

    /// The filler's number of the order, else the placer's; empty when there is none.
    var number: String {
        for (segment, field) in [(request, 3), (common, 3), (request, 2), (common, 2)] {
            if let number = segment?[field].nonEmptyValue { return number }
        }
        return ""
    }
}
