import Contracts
import Domain
import PharmacogenomicsCore
public import PostgresClient
public import StreamRuntime

/// Pharmacogenomics as a stream: genotypes, medications, laboratory reports and releases of the tables in; phenotypes, recommendations, alerts,
/// rows and reports out. Only what has changed is published.
///
/// The results of a person are a function of the person's facts, of the release and of the latest time that the person's events have told; they
/// do not depend on the order of the events.
public struct PharmacogenomicsProcessor: StreamProcessor {
    /// The service's name, part of every derived event's identity.
    public static let service = "pharmacogenomics"
    /// The collection of the reports.
    public static let reportCollection = "pgx_report"
    /// The state's key for releases.
    static let releaseKey = "#release"
    /// The state's key for pages of persons to be evaluated again.
    static let pageKey = "#page"

    /// The version of the evaluation; raise it when the same facts and tables would give other results.
    public let logicVersion = "1"

    let shelf: KnowledgeShelf
    /// The release to evaluate with.
    var active: KnowledgeEdition
    /// When ``active`` was released.
    var activeReleasedAt = Timestamp(microseconds: .min)
    /// The digest that stands in the database for ``active``.
    var activeDigest = ""
    /// By the request's identity: the persons that it finds.
    var pages: [EventID: TouchedPage] = [:]
    let tenant: String
    let writesDocuments: Bool
    let pageSize: Int
    let metrics: PharmacogenomicsMetrics

    /// A processor of one tenant's persons.
    ///
    /// - Parameters:
    ///   - shelf: the releases of the tables.
    ///   - tenant: whose patients these are; it decides who may read the rows.
    ///   - writesDocuments: false where there is no document store.
    ///   - pageSize: how many persons one request asks for after a release.
    public init(shelf: KnowledgeShelf, tenant: String, writesDocuments: Bool = true, pageSize: Int = 1_000) {
        self.shelf = shelf
        active = shelf.builtIn
        self.tenant = tenant
        self.writesDocuments = writesDocuments
        self.pageSize = max(1, pageSize)
        metrics = PharmacogenomicsMetrics()
    }

    /// The version of logic and tables that stands in every event.
    var modelVersion: String { "\(Self.service)-\(logicVersion)+\(active.base.version)-\(active.digest.prefix(8))" }

    /// True: the active release is looked up for each batch.
    public var consults: Bool { true }

    /// This processor with the release that is active, and the persons that each page in the batch finds.
    ///
    /// - Throws: `PostgresError`, or a ``PharmacogenomicsError`` when a stored release cannot be read.
    public func consulting(
        _ items: [StreamItem<PharmacogenomicsInput>], on connection: PostgresConnection
    ) throws -> Self {
        var consulted = self
        let present = try shelf.activeEdition(on: connection)
        consulted.active = present.edition
        consulted.activeDigest = present.digest
        consulted.activeReleasedAt = present.releasedAt
        for item in items {
            guard case .reevaluation(let request) = item.input, request.patient == nil else { continue }
            consulted.pages[item.id] = try page(of: request, on: connection)
        }
        return consulted
    }

    /// Folds the event into the person's facts, evaluates them, and publishes what has changed.
    public func handle(
        _ item: StreamItem<PharmacogenomicsInput>, state: inout PatientProfile, context: HandlingContext
    ) -> Handled<PharmacogenomicsRow> {
        switch item.input {
        case .release(let event): return handle(event, item, context)
        case .reevaluation(let request) where request.patient == nil: return continuePage(of: request, item, context)
        default: break
        }
        do {
            try state.adopt(active, from: shelf)
        } catch {
            return .halt(Rejection(code: error.code.rawValue, place: "keyed_state", detail: error.detail))
        }
        let change: PatientProfile.Change
        switch item.input {
        case .genotypes(let record):
            let sites: [ObservedSite]
            do {
                sites = try active.intake.sites(of: record.calls, assembly: record.assembly, format: record.format)
            } catch {
                return .deadLetter(
                    Rejection(code: error.code.rawValue, place: "GenotypesRecorded.calls", detail: error.description))
            }
            change = state.take(record, sites: sites)
        case .medication(let record):
            change = state.take(record, dictionary: active.base.drugs)
            metrics.countMedication(isKnown: state.knowsDrug(of: record.eventID))
        case .diplotype(let report):
            if let rejection = OutsideCallCheck.rejection(of: report, by: active.base.genes) {
                return .deadLetter(rejection)
            }
            change = state.take(report)
        case .patient(let record): change = state.take(record)
        case .reevaluation(let request):
            if let due = request.dueAt { state.pass(to: due) }
            metrics.countReevaluation(request.reason)
            change = .medication
        case .release: return .effects(Effects(stateChanged: false))
        }
        guard change != .nothing else { return .effects(Effects()) }
        return .effects(publish(item, change, &state, context))
    }

    /// Writes the rows; see ``PharmacogenomicsRow``.
    public func write(_ rows: [PharmacogenomicsRow], to connection: PostgresConnection) throws {
        try PharmacogenomicsRow.write(rows, to: connection)
    }

    private func publish(
        _ item: StreamItem<PharmacogenomicsInput>, _ change: PatientProfile.Change, _ state: inout PatientProfile,
        _ context: HandlingContext
    ) -> Effects<PharmacogenomicsRow> {
        let evaluated: EvaluatedPatient
        let former = state.evaluation?.digest == active.digest ? state.evaluation?.patient : nil
        if change == .medication, let former {
            evaluated = active.evaluation.reevaluate(former, medications: state.exposures, at: state.clock)
            metrics.countEvaluation(isFull: false)
        } else {
            evaluated = state.evaluated(under: active)
            metrics.countEvaluation(isFull: true)
        }
        state.evaluation = PatientProfile.Evaluation(digest: active.digest, patient: evaluated)
        guard let patient = PatientPseudonym(item.key) else { return Effects() }
        var publisher = ResultPublisher(
            patient: patient, tenant: tenant, input: item.id, effectiveAt: state.clock,
            // A time of the record and not of a clock, so that a replay makes the same bytes.
            producedAt: context.receivedAt.microseconds > 0 ? context.receivedAt : state.clock,
            edition: active, logicVersion: logicVersion, modelVersion: modelVersion,
            writesDocuments: writesDocuments, metrics: metrics)
        publisher.publish(evaluated, after: former, drugs: state.knownDrugs, over: &state.published)
        var effects = publisher.effects
        if !effects.rows.isEmpty { effects.rows.insert(.consulted(digest: activeDigest), at: 0) }
        return effects
    }
}
