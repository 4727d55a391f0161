import Contracts
import JSONDocument

/// What makes a `transaction` one: references into the Bundle must arrive, and all entries are taken or none is (R4, http, 3.1.0.11.2).
///
/// FHIR's order of processing (DELETE, POST, PUT, GET) needs no code: only POST and PUT are served, and since no two entries name the same resource (``FHIRUniqueness``),
/// their effects do not depend on the order. Outcomes stand in the order of the entries.
struct FHIRTransaction {
    let entries: [FHIREntry]
    let references: FHIRReferences

    /// `outcomes` of the entries, all rejected when one of them is. The culprits keep their own reasons, the others get `transaction-refused` and
    /// the place of the first culprit.
    func settled(_ outcomes: [FactOutcome]) -> [FactOutcome] {
        var outcomes = outcomes
        for index in outcomes.indices {
            if case .rejected = outcomes[index].verdict { continue }
            if let reason = dangling(entries[index]) ?? contractBreach(in: outcomes[index]) {
                outcomes[index].verdict = .rejected(reason)
            }
        }
        guard let culprit = outcomes.lazy.compactMap(Self.rejection).first else { return outcomes }
        for index in outcomes.indices where Self.rejection(of: outcomes[index]) == nil {
            outcomes[index].verdict = .rejected(
                FeedRejection(
                    code: "transaction-refused", place: culprit.place,
                    detail: "nothing of the transaction was taken because of \(culprit.code) there"))
        }
        return outcomes
    }

    private static func rejection(of outcome: FactOutcome) -> FeedRejection? {
        if case .rejected(let reason) = outcome.verdict { reason } else { nil }
    }

    /// The first reference of the entry's resource that names an entry of the Bundle which is not there.
    private func dangling(_ entry: FHIREntry) -> FeedRejection? {
        guard let resource = entry.resource, hasDangling(.object(resource.object)) else { return nil }
        return dangling(.object(resource.object), at: resource.place)
    }

    /// Whether ``dangling(_:at:)`` would find one; without the cost of places.
    private func hasDangling(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let values): values.contains(where: hasDangling)
        case .object(let object):
            object.members.contains { member in
                if member.key == "reference", case .string(let text) = member.value { return isDangling(text) }
                return hasDangling(member.value)
            }
        default: false
        }
    }

    private func isDangling(_ reference: String) -> Bool {
        (reference.hasPrefix("urn:uuid:") || reference.hasPrefix("urn:oid:")) && !references.hasEntry(reference)
    }

    private func dangling(_ value: JSONValue, at place: FHIRPlace) -> FeedRejection? {
        switch value {
        case .array(let values):
            for (index, value) in values.enumerated() {
                if let found = dangling(value, at: place.index(index)) { return found }
            }
        case .object(let object):
            for member in object.members {
                if member.key == "reference", case .string(let text) = member.value {
                    guard isDangling(text) else { continue }
                    return FeedRejection(
                        code: "reference-dangling", place: place.member("reference").description,
                        detail: "must be the fullUrl of an entry of the same transaction")
                }
                switch member.value {
                case .array, .object:
                    if let found = dangling(member.value, at: place.member(member.key)) { return found }
                default: continue
                }
            }
        default: break
        }
        return nil
    }

    /// Why a fact has no valid event: found here, so that the whole transaction is refused, and not half of it later.
    private func contractBreach(in outcome: FactOutcome) -> FeedRejection? {
        for fact in outcome.facts {
            do throws(ContractError) {
                try fact.validated()
            } catch {
                return FeedRejection(
                    code: "contract-\(error.code.rawValue)",
                    place: "\(outcome.place) (\(error.message).\(error.field))",
                    detail: "the fact has no valid event")
            }
        }
        return nil
    }
}

extension Fact {
    /// Throws what a consumer would throw on decoding the fact's event.
    func validated() throws(ContractError) {
        try event.validate()
    }
}
