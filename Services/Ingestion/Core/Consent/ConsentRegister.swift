public import Contracts
public import Domain

/// What people have decided about their data: the rules of the latest version of each of their consents. A value: pure, built from events.
///
/// The order in which events are recorded plays no part, nor how often each is.
public struct ConsentRegister: Equatable, Sendable {
    private struct Version: Equatable, Sendable {
        var receivedAt: Timestamp
        var rules: [EventID: ConsentRecorded]
    }

    /// How the deployment follows consents.
    public let policy: ConsentPolicy
    private var consents: [PatientPseudonym: [String: Version]] = [:]

    /// An empty register.
    public init(policy: ConsentPolicy = ConsentPolicy()) {
        self.policy = policy
    }

    /// A register of `events`.
    public init(policy: ConsentPolicy = ConsentPolicy(), _ events: some Sequence<ConsentRecorded>) {
        self.init(policy: policy)
        for event in events { record(event) }
    }

    /// Records a rule. The rules of one consent (patient and ``ConsentRecorded/resourceID``) that were received together are one version; a
    /// version that was received later replaces it, whatever its status.
    public mutating func record(_ event: ConsentRecorded) {
        // Without a name a consent can be withdrawn by nothing but its own period.
        let id = event.resourceID.isEmpty ? event.eventID.description : event.resourceID
        var versions = consents[event.patient] ?? [:]
        var version = versions[id] ?? Version(receivedAt: event.receivedAt, rules: [:])
        guard event.receivedAt >= version.receivedAt else { return }
        if event.receivedAt > version.receivedAt { version = Version(receivedAt: event.receivedAt, rules: [:]) }
        version.rules[event.eventID] = event
        versions[id] = version
        consents[event.patient] = versions
    }

    /// Whether `fact` may be taken at `time`.
    ///
    /// A rule concerns the fact when the consent is active, `time` lies in its period, and each of its lists that is not empty names the fact's
    /// resource type, code, source, or a purpose of the deployment. Of the rules that concern it the most specific decides: the one with the most
    /// conditions, then the one whose conditions name least; of equals a denial. When none concerns it: somebody who has said in a rule what is
    /// permitted has not permitted the rest; for everybody else the policy's default holds.
    ///
    /// A consent itself is always taken, or it could not be withdrawn. So is what is about nobody.
    public func decision(for fact: Fact, at time: Timestamp) -> ConsentDecision {
        if case .consent = fact { return ConsentDecision(isPermitted: true, consent: nil) }
        guard let patient = fact.patient else { return ConsentDecision(isPermitted: true, consent: nil) }
        var best: ConsentRecorded?
        var permitsSomething: EventID?
        for version in (consents[patient] ?? [:]).values {
            for rule in version.rules.values where holds(rule, at: time) {
                if rule.isPermit, permitsSomething.map({ rule.eventID < $0 }) ?? true {
                    permitsSomething = rule.eventID
                }
                guard concerns(rule, fact) else { continue }
                if best.map({ Self.precedes(rule, $0) }) ?? true { best = rule }
            }
        }
        if let best { return ConsentDecision(isPermitted: best.isPermit, consent: best.eventID) }
        if let permitsSomething { return ConsentDecision(isPermitted: false, consent: permitsSomething) }
        return ConsentDecision(isPermitted: policy.unconsented == .permit, consent: nil)
    }

    private func holds(_ rule: ConsentRecorded, at time: Timestamp) -> Bool {
        rule.status == .active && (rule.scope.isEmpty || policy.scopes.contains(rule.scope))
            && (rule.startsAt.map { $0 <= time } ?? true) && (rule.endsAt.map { time <= $0 } ?? true)
            && (rule.purposes.isEmpty || policy.purposes.isEmpty || !policy.purposes.isDisjoint(with: rule.purposes))
    }

    private func concerns(_ rule: ConsentRecorded, _ fact: Fact) -> Bool {
        (rule.resourceTypes.isEmpty || !rule.resourceTypes.allSatisfy { !fact.resourceTypes.contains($0) })
            && (rule.codes.isEmpty || rule.codes.contains { fact.isNamed(by: $0) })
            && (rule.sources.isEmpty || rule.sources.contains { $0 == fact.source || policy.actors.contains($0) })
    }

    /// Whether `rule` decides before `other`.
    private static func precedes(_ rule: ConsentRecorded, _ other: ConsentRecorded) -> Bool {
        let (mine, its) = (specificity(rule), specificity(other))
        if mine != its { return mine > its }
        if rule.isPermit != other.isPermit { return !rule.isPermit }
        return rule.eventID < other.eventID
    }

    /// How many conditions a rule has, then how little they name.
    private static func specificity(_ rule: ConsentRecorded) -> (Int, Int, Int64) {
        let lists = [rule.resourceTypes, rule.codes, rule.sources, rule.purposes]
        let hasPeriod = rule.startsAt != nil || rule.endsAt != nil
        let conditions = lists.count { !$0.isEmpty } + (hasPeriod ? 1 : 0)
        let named = lists.reduce(0) { $0 + $1.count }
        let (length, overflow) = (rule.endsAt?.microseconds ?? .max).subtractingReportingOverflow(
            rule.startsAt?.microseconds ?? 0)
        return (conditions, -named, overflow ? .min : -length)
    }
}

extension Fact {
    /// The FHIR resource types that tell such a fact.
    var resourceTypes: [String] {
        switch self {
        case .observation: ["Observation"]
        case .medication(let event):
            switch event.kind {
            case .request, .order: ["MedicationRequest"]
            case .statement: ["MedicationStatement"]
            case .administration: ["MedicationAdministration"]
            case .dispense: ["MedicationDispense"]
            }
        case .condition: ["Condition"]
        case .patient: ["Patient"]
        case .allergy: ["AllergyIntolerance"]
        case .encounter: ["Encounter"]
        case .procedure: ["Procedure"]
        case .immunization: ["Immunization"]
        case .report: ["DiagnosticReport"]
        case .consent: ["Consent"]
        case .genotypes: ["MolecularSequence"]
        case .expression: ["MolecularSequence"]
        case .score: []
        }
    }

    /// The feed that it came from.
    var source: String {
        switch self {
        case .observation(let event): event.source
        case .medication(let event): event.source
        case .condition(let event): event.source
        case .patient(let event): event.source
        case .allergy(let event): event.source
        case .encounter(let event): event.source
        case .procedure(let event): event.source
        case .immunization(let event): event.source
        case .report(let event): event.source
        case .consent(let event): event.source
        case .genotypes(let event): event.source
        case .expression(let event): event.source
        case .score(let event): event.source
        }
    }

    /// The code and its system, and the opaque name of the record; empty where a fact has none.
    private var name: (code: String, system: String, record: String) {
        switch self {
        case .observation(let event): (event.code, event.codeSystem, event.resourceID)
        case .medication(let event): (event.code, event.codeSystem, event.resourceID)
        case .condition(let event): (event.code, event.codeSystem, event.resourceID)
        case .patient(let event): ("", "", event.resourceID)
        case .allergy(let event): (event.code, event.codeSystem, event.resourceID)
        case .encounter(let event): (event.code, event.codeSystem, event.resourceID)
        case .procedure(let event): (event.code, event.codeSystem, event.resourceID)
        case .immunization(let event): (event.code, event.codeSystem, event.resourceID)
        case .report(let event): (event.code, event.codeSystem, event.resourceID)
        case .consent(let event): ("", "", event.resourceID)
        case .genotypes(let event): ("", "", event.resourceID)
        case .expression(let event): ("", "", event.resourceID)
        case .score: ("", "", "")
        }
    }

    /// Whether a rule's code, `system|code`, names the fact; without a system the code alone counts.
    func isNamed(by code: String) -> Bool {
        let name = name
        if !name.record.isEmpty, code == "\(ConsentRule.resourceSystem)|\(name.record)" { return true }
        guard !name.code.isEmpty else { return false }
        if code == "\(name.system)|\(name.code)" || code == "|\(name.code)" { return true }
        // People speak of the code that their record has, not of the one that it was mapped to.
        guard case .observation(let event) = self, !event.originalCode.isEmpty else { return false }
        return code == "\(event.originalCodeSystem)|\(event.originalCode)" || code == "|\(event.originalCode)"
    }
}
