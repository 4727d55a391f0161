import Contracts
import Domain
import PharmacogenomicsCore

/// What the newest record of a medication says: which, and from when until when it is taken.
///
/// It keeps code and display as they came, because a later release of the tables may know more drugs than the present one.
struct MedicationFact: Sendable, Equatable {
    /// The sender's record, or system and code where the record has no name.
    let key: String
    let codeSystem: String
    let code: String
    let display: String
    /// False when the record says that it is not, or not yet, taken.
    let isTaken: Bool
    let startedAt: Timestamp?
    /// When it ended or will end; nil while no end is known.
    let endedAt: Timestamp?
    let authoredAt: Timestamp
    let receivedAt: Timestamp
    let eventID: EventID
    /// The drugs of the present tables that it is; found anew under each release.
    var drugs: [String]?

    static func == (one: MedicationFact, other: MedicationFact) -> Bool {
        one.eventID == other.eventID && one.key == other.key && one.startedAt == other.startedAt
            && one.endedAt == other.endedAt && one.isTaken == other.isTaken && one.authoredAt == other.authoredAt
            && one.receivedAt == other.receivedAt && one.codeSystem == other.codeSystem && one.code == other.code
            && one.display == other.display
    }

    /// True when this record takes the place of `other` of the same key: the order does not depend on which came first.
    func isNewer(than other: MedicationFact) -> Bool {
        (authoredAt, receivedAt, eventID) > (other.authoredAt, other.receivedAt, other.eventID)
    }

    /// What the tables call it; empty when they do not know it, or when it acts only where it is put.
    func names(in dictionary: DrugDictionary) -> [String] {
        guard !DrugDictionary.isLocal(display: display) else { return [] }
        let byCode = dictionary.drugs(code: code, system: codeSystem)
        let found = byCode.count == 1 ? byCode : dictionary.drugs(display: display)
        var names: [String] = []
        for drug in found.isEmpty ? byCode : found {
            for name in [drug.name] + drug.ingredients where !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// The exposures to its drugs.
    func exposures() -> [MedicationExposure] {
        guard isTaken else { return [] }
        return (drugs ?? []).map {
            MedicationExposure(drug: $0, startedAt: startedAt, endedAt: endedAt, eventID: eventID)
        }
    }
}

extension MedicationFact {
    /// How long a dose counts as being taken when the record does not say.
    static let doseLasts: Duration = .seconds(86_400)
    /// How long a supply counts as being taken when the record does not say.
    static let supplyLasts: Duration = .seconds(30 * 86_400)

    /// What `record` says.
    ///
    /// A proposal, a draft and what was cancelled, refused, not given or entered in error is not taken. A record that ends the medication
    /// without saying when ends it at its receipt. A single dose counts a day, a supply thirty, when no period is stated.
    init(_ record: MedicationRecorded) {
        key = record.resourceID.isEmpty ? "\(record.codeSystem)|\(record.code)" : record.resourceID
        codeSystem = record.codeSystem
        code = record.code
        display = record.display
        authoredAt = record.authoredAt
        receivedAt = record.receivedAt
        eventID = record.eventID
        isTaken = Self.isTaken(record)
        let start = record.effectiveStartAt ?? record.authoredAt
        startedAt = start
        if let end = record.effectiveEndAt, end > start {
            endedAt = end
        } else {
            switch (record.kind, record.status) {
            case (.administration, _): endedAt = start.advanced(by: Self.doseLasts)
            case (_, .stopped), (_, .completed), (_, .onHold): endedAt = max(start, record.receivedAt)
            case (.dispense, _): endedAt = start.advanced(by: Self.supplyLasts)
            default: endedAt = nil
            }
        }
    }

    private static func isTaken(_ record: MedicationRecorded) -> Bool {
        switch record.intent {
        case .proposal, .plan, .option: return false
        case .order, .originalOrder, .reflexOrder, .fillerOrder, .instanceOrder, .unknown: break
        }
        switch record.status {
        case .active, .onHold, .completed, .stopped, .unknown, .inProgress: return true
        case .cancelled, .enteredInError, .draft, .intended, .notTaken, .notDone, .preparation, .declined:
            return false
        }
    }
}

extension MedicationFact {
    func write(to writer: inout StateWriter) {
        writer.text(key)
        writer.text(codeSystem)
        writer.text(code)
        writer.text(display)
        writer.flag(isTaken)
        writer.time(ifAny: startedAt)
        writer.time(ifAny: endedAt)
        writer.time(authoredAt)
        writer.time(receivedAt)
        writer.id(eventID)
    }

    init(_ reader: inout StateReader) throws(PharmacogenomicsError) {
        key = try reader.text()
        codeSystem = try reader.text()
        code = try reader.text()
        display = try reader.text()
        isTaken = try reader.flag()
        startedAt = try reader.timeIfAny()
        endedAt = try reader.timeIfAny()
        authoredAt = try reader.time()
        receivedAt = try reader.time()
        eventID = try reader.id()
    }
}
