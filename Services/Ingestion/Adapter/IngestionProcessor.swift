import Contracts
public import Cryptography
import Domain
public import IngestionCore
public import PostgresClient
public import StreamRuntime

/// Ingestion as a stream: raw feeds in; facts as events and rows, and the sealed sources as documents, out.
///
/// A record of a submission (a resource, a message, a data point, ...) is one item: its facts are accepted, recognised as known, held back or
/// refused together.
public struct IngestionProcessor: StreamProcessor {
    /// The service's name.
    public static let service = "ingestion"

    /// The version of the mapping.
    public let logicVersion = "2"
    /// Consents and the identifiers of known resources stand in the service's own tables.
    public let consults = true

    private let names: any PersonNaming
    private let tenant: String
    private let patientSystem: String
    private let mappings: MappingCatalog
    private let options: [String: String]
    private let archive: Keyring?
    private let archived: ArchiveScope
    private let consentPolicy: ConsentPolicy
    private let metrics = IngestionMetrics()
    private var consents: ConsentRegister
    private var known: [String: EventID] = [:]

    /// A processor of one tenant's feeds.
    ///
    /// - Parameters:
    ///   - names: makes the pseudonyms.
    ///   - tenant: whose patients these are; it decides who may read the rows.
    ///   - patientSystem: the id space of the feeds' own patient ids.
    ///   - mappings: the mappings that CSV and free JSON are read by.
    ///   - options: what is declared about every submission; see `FeedContext.options`.
    ///   - archive: seals the sources for the document store; nil archives none.
    ///   - archived: whose sources are archived.
    ///   - consentPolicy: how consents are followed.
    public init(
        names: any PersonNaming, tenant: String, patientSystem: String = FeedContext.sharedPatientSystem,
        mappings: MappingCatalog = MappingCatalog(), options: [String: String] = [:], archive: Keyring?,
        archived: ArchiveScope = .all,
        consentPolicy: ConsentPolicy = ConsentPolicy()
    ) {
        self.names = names
        self.tenant = tenant
        self.patientSystem = patientSystem
        self.mappings = mappings
        self.options = options
        self.archive = archive
        self.archived = archived
        self.consentPolicy = consentPolicy
        consents = ConsentRegister(policy: consentPolicy)
    }

    /// Splits a submission into its records.
    public func decode(_ record: StreamRecord) -> [DecodedItem<IngestedRecord>] {
        guard let value = record.value else {
            return [.ignored(Rejection(code: "tombstone", detail: "a fact is never deleted through the log"))]
        }
        do {
            return try decode(try Submission(record, value: value), receivedAt: record.receivedAt)
        } catch let error as FeedRejection {
            return [.rejected(Rejection(error))]
        } catch {
            return [.rejected(Rejection(code: "hashing-failed", detail: "\(error)"))]
        }
    }

    private func decode(
        _ submission: Submission, receivedAt: Timestamp
    ) throws -> [DecodedItem<IngestedRecord>] {
        let source = submission.source ?? submission.topic
        let decoder = FeedDecoder(
            context: FeedContext(
                source: source, receivedAt: receivedAt, patientSystem: patientSystem, subject: submission.subject,
                timeZone: submission.timeZone, options: submission.options.merging(options) { $1 }),
            names: names, mapping: submission.mapping.flatMap { mappings[$0] },
            judgesPlausibility: !submission.isReleased)
        let outcomes = decoder.outcomes(of: submission.bytes, as: submission.format).map { outcome in
            var outcome = outcome
            if let refusal = submission.terms.refusal(of: outcome, format: submission.format) {
                outcome.verdict = .rejected(refusal)
            }
            return outcome
        }
        metrics.count(outcomes, of: submission.format)
        let archived = try ArchivedSource(submission, source: source, receivedAt: receivedAt, outcomes: outcomes)
        return outcomes.map { outcome in
            if case .rejected(let reason) = outcome.verdict { return .rejected(Rejection(reason)) }
            guard let id = outcome.identity(source: source, submission: archived.id) else {
                return .ignored(Rejection(code: "no-value", place: outcome.place))
            }
            return .item(
                StreamItem(
                    id: id, key: outcome.facts.first?.key ?? submission.format.rawValue,
                    // Facts of all ages come together; the stream's own time is that of receipt.
                    eventTime: receivedAt, input: IngestedRecord(outcome: outcome, source: archived)))
        }
    }

    /// This processor with the consents of the people in `items`, and with what is known under the identifiers that they name.
    public func consulting(_ items: [StreamItem<IngestedRecord>], on connection: PostgresConnection) throws -> Self {
        var copy = self
        let people = Set(items.flatMap { $0.input.outcome.facts.compactMap(\.patient) })
        copy.consents = try ConsentTable.register(of: people, policy: consentPolicy, on: connection)
        // A decision that comes with the data it is about holds for them.
        for case .consent(let decision) in items.flatMap({ $0.input.outcome.facts }) { copy.consents.record(decision) }
        let claims = Set(items.flatMap { $0.input.outcome.interaction?.claims ?? [] })
        copy.known = claims.isEmpty ? [:] : try ResourceIdentifierTable.known(claims, on: connection)
        return copy
    }

    /// Turns the facts of one record into events, rows and a sealed document.
    public func handle(
        _ item: StreamItem<IngestedRecord>, state: inout NoState, context: HandlingContext
    ) -> Handled<IngestionWrite> {
        let outcome = item.input.outcome
        if let condition = outcome.interaction?.condition, let first = known[condition], first != item.id {
            return .duplicate(of: first)
        }
        var effects = Effects<IngestionWrite>(remarks: outcome.notes.map { Rejection($0) }, stateChanged: false)
        switch outcome.verdict {
        case .quarantined(let reason, _): return .quarantine(Rejection(reason))
        case .rejected(let reason): return .deadLetter(Rejection(reason))
        case .archived(let reason): effects.remarks.insert(Rejection(reason), at: 0)
        case .facts(let facts):
            for fact in facts {
                let decision = consents.decision(for: fact, at: fact.receivedAt)
                guard decision.isPermitted else {
                    return .quarantine(
                        Rejection(
                            code: decision.consent == nil ? "consent-missing" : "consent-denied", place: outcome.place,
                            detail: decision.consent.map { "by the decision \($0)" }
                                ?? "the person has not permitted it, and this deployment asks for that"))
                }
                do {
                    // What a consumer would refuse must not become durable.
                    effects.publications.append(try Self.publication(of: fact.event))
                } catch {
                    return .deadLetter(
                        Rejection(
                            code: "contract-\(error.code.rawValue)",
                            place: "\(outcome.place) (\(error.message).\(error.field))",
                            detail: "the fact has no valid event"))
                }
                effects.rows.append(.fact(IngestionRow(fact: fact, recordID: item.id, tenant: tenant)))
            }
        }
        if let interaction = outcome.interaction {
            effects.rows += interaction.claims.map { key in
                .identifier(
                    ResourceIdentifier(
                        key: key, recordID: item.id, tenant: tenant, mustBeNew: key == interaction.condition))
            }
        }
        guard let archive, archived.contains(item.input.source.format.feed) else { return .effects(effects) }
        do {
            effects.documents = try item.input.source.documents(tenant: tenant, keyring: archive)
        } catch {
            return .halt(Rejection(code: "sealing-failed", detail: "\(error)"))
        }
        return .effects(effects)
    }

    /// Writes the rows of a batch.
    public func write(_ rows: [IngestionWrite], to connection: PostgresConnection) throws {
        try FactTables.write(rows.compactMap { if case .fact(let row) = $0 { row } else { nil } }, to: connection)
        try ResourceIdentifierTable.write(
            rows.compactMap { if case .identifier(let row) = $0 { row } else { nil } }, to: connection)
    }

    private static func publication(of event: some HealthEvent) throws(ContractError) -> Publication {
        try event.validate()
        return Publication(event)
    }
}

extension Rejection {
    /// The runtime's form of a feed's rejection.
    init(_ reason: FeedRejection) {
        self.init(
            code: reason.code, place: reason.place, detail: reason.detail, others: reason.others.map { Rejection($0) })
    }
}
