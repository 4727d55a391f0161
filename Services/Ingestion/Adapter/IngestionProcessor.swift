import Contracts
public import Cryptography
import Domain
public import IngestionCore
public import PostgresClient
public import StreamRuntime

/// Ingestion as a stream: raw feeds in; facts as events and rows, and the sealed sources as documents, out.
///
/// A submitted resource or data point is one item: its facts are accepted, recognised as known, or refused together. Resources that are not
/// mapped are ignored and counted; what cannot be taken is refused with code and place, and becomes a dead letter when it came from a topic.
public struct IngestionProcessor: StreamProcessor {
    /// The service's name.
    public static let service = "ingestion"

    /// The version of the mapping.
    public let logicVersion = "1"

    private let names: any PersonNaming
    private let tenant: String
    private let patientSystem: String
    private let archive: Keyring?
    private let archived: ArchiveScope
    private let metrics = IngestionMetrics()

    /// A processor of one tenant's feeds.
    ///
    /// - Parameters:
    ///   - names: makes the pseudonyms.
    ///   - tenant: whose patients these are; it decides who may read the rows.
    ///   - patientSystem: the id space of the feeds' own patient ids.
    ///   - archive: seals the sources for the document store; nil archives none.
    ///   - archived: whose sources are archived.
    public init(
        names: any PersonNaming, tenant: String, patientSystem: String = FeedContext.sharedPatientSystem,
        archive: Keyring?, archived: ArchiveScope = .all
    ) {
        self.names = names
        self.tenant = tenant
        self.patientSystem = patientSystem
        self.archive = archive
        self.archived = archived
    }

    /// Splits a submission into its resources or data points.
    public func decode(_ record: StreamRecord) -> [DecodedItem<IngestedRecord>] {
        guard let feed = SourceFeed(topic: record.topic) else {
            return [.rejected(Rejection(code: "unknown-feed", place: "topic", detail: "no feed has this name"))]
        }
        guard let value = record.value else {
            return [.ignored(Rejection(code: "tombstone", detail: "a fact is never deleted through the log"))]
        }
        let decoder = FeedDecoder(
            context: FeedContext(source: feed.source, receivedAt: record.receivedAt, patientSystem: patientSystem),
            names: names)
        let outcomes =
            switch feed {
            case .fhir: decoder.fhir(value)
            case .openMHealth: decoder.openMHealth(value)
            case .openMHealthLines: decoder.openMHealth(lines: Array(value))
            }
        metrics.count(outcomes, of: feed)
        return outcomes.map { outcome in
            switch outcome.verdict {
            case .ignored(let reason): .ignored(Rejection(reason))
            case .rejected(let reason): .rejected(Rejection(reason))
            case .facts(let facts):
                if let first = facts.first, let id = outcome.recordID {
                    .item(
                        StreamItem(
                            id: id, key: first.patient.rawValue,
                            // Facts of all ages come together; the stream's own time is that of receipt.
                            eventTime: record.receivedAt, input: IngestedRecord(outcome: outcome, source: feed.source)))
                } else {
                    .ignored(Rejection(code: "no-value", place: outcome.place))
                }
            }
        }
    }

    /// Turns the facts of one of them into events, rows and a sealed document.
    public func handle(
        _ item: StreamItem<IngestedRecord>, state: inout NoState, context: HandlingContext
    ) -> Handled<IngestionRow> {
        var effects = Effects<IngestionRow>(stateChanged: false)
        for fact in item.input.outcome.facts {
            do {
                // What a consumer would refuse must not become durable.
                effects.publications.append(try Self.publication(of: fact))
            } catch {
                return .deadLetter(
                    Rejection(
                        code: "contract-\(error.code.rawValue)",
                        place: "\(item.input.outcome.place) (\(error.message).\(error.field))",
                        detail: "the fact has no valid event"))
            }
            effects.rows.append(IngestionRow(fact: fact, recordID: item.id, tenant: tenant))
        }
        guard let archive, archived.contains(topic: item.input.source) else { return .effects(effects) }
        do {
            if let document = try SourceDocument.upsert(of: item.input, id: item.id, tenant: tenant, keyring: archive) {
                effects.documents.append(document)
            }
        } catch {
            return .halt(Rejection(code: "sealing-failed", detail: "\(error)"))
        }
        return .effects(effects)
    }

    /// Writes the rows of a batch.
    public func write(_ rows: [IngestionRow], to connection: PostgresConnection) throws {
        try FactTables.write(rows, to: connection)
    }

    private static func publication(of fact: Fact) throws(ContractError) -> Publication {
        switch fact {
        case .observation(let event): try checked(event)
        case .medication(let event): try checked(event)
        case .condition(let event): try checked(event)
        case .patient(let event): try checked(event)
        }
    }

    private static func checked(_ event: some HealthEvent) throws(ContractError) -> Publication {
        try event.validate()
        return Publication(event)
    }
}

extension Rejection {
    /// The runtime's form of a feed's rejection.
    init(_ reason: FeedRejection) {
        self.init(code: reason.code, place: reason.place, detail: reason.detail)
    }
}
