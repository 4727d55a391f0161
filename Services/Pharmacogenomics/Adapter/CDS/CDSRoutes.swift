public import Domain
public import Hummingbird
import JSONDocument
import PharmacogenomicsCore

/// The decision support service (CDS Hooks 2.0): `GET /cds-services` and `POST /cds-services/{id}`.
///
/// Discovery is open: it holds nothing of anybody. A call is answered for an admitted client only, and is audited before it is
/// answered. There is no feedback endpoint: what clients would report is kept nowhere yet, and is not acknowledged.
public struct CDSRoutes: Sendable {
    private let reader: any PatientEvaluationReading
    private let names: any PatientNaming
    private let admission: any CDSAdmission
    private let log: any CDSAccessLog
    private let clock: any WallClock
    private let metrics = CDSMetrics()

    /// Routes that answer from `reader`, for the clients that `admission` lets in.
    public init(
        reader: any PatientEvaluationReading, names: any PatientNaming, admission: any CDSAdmission,
        log: any CDSAccessLog, clock: any WallClock = SystemClock()
    ) {
        self.reader = reader
        self.names = names
        self.admission = admission
        self.log = log
        self.clock = clock
    }

    /// Adds the routes to `router`.
    public func add<Context: RequestContext>(to router: Router<Context>) {
        router.get("/cds-services") { _, _ in
            CDSReply.json(CDSServiceDescription.discovery)
        }
        router.post("/cds-services/:id") { request, context in
            guard let service = context.parameters.get("id").flatMap({ CDSServiceDescription.service($0) }) else {
                return CDSReply.failure(
                    CDSError(.unknownService, detail: "GET /cds-services lists the services"))
            }
            return await answer(request, service)
        }
    }

    private func answer(_ request: Request, _ service: CDSServiceDescription) async -> Response {
        let start = ContinuousClock.now
        var outcome = "answered"
        var cards: [CDSCard] = []
        let response: Response
        do {
            cards = try await admitted(request, service)
            response = CDSReply.json(CDSCard.response(cards))
        } catch {
            outcome = error.code.rawValue
            response = CDSReply.failure(error)
        }
        let elapsed = (ContinuousClock.now - start).components
        metrics.answered(
            service, outcome: outcome, cards: cards,
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
        return response
    }

    /// The cards, once the client is known; every such call is in the audit.
    private func admitted(
        _ request: Request, _ service: CDSServiceDescription
    ) async throws(CDSError) -> [CDSCard] {
        let client = try await admission.admit(
            authorization: request.headers[.authorization], path: "/cds-services/\(service.id)")
        var person: PatientPseudonym?
        do {
            let cards = try await cards(request, service, of: client) { person = $0 }
            try await audit(client, service, person, outcome: "answered", cards: cards.count)
            return cards
        } catch {
            try await audit(client, service, person, outcome: error.code.rawValue, cards: 0)
            throw error
        }
    }

    private func cards(
        _ request: Request, _ service: CDSServiceDescription, of client: CDSClient,
        learnt: (PatientPseudonym) -> Void
    ) async throws(CDSError) -> [CDSCard] {
        let call = try CDSRequest(body: try await body(of: request), service: service)
        let person: PatientPseudonym
        do {
            person = try names.pseudonym(ofPatient: call.patientID)
        } catch {
            throw CDSError(.unavailable, detail: "the person could not be named")
        }
        learnt(person)
        if let patients = client.patients, !patients.contains(person) {
            throw CDSError(.forbidden, place: "context.patientId", detail: "the client may not ask about this person")
        }
        let snapshot: PatientSnapshot
        do {
            snapshot = try await reader.snapshot(of: person)
        } catch {
            throw CDSError(.unavailable, detail: "what is known could not be read; ask again soon")
        }
        return snapshot.decision.cards(for: call, patient: snapshot.patient, at: clock.now())
    }

    private func audit(
        _ client: CDSClient, _ service: CDSServiceDescription, _ person: PatientPseudonym?, outcome: String, cards: Int
    ) async throws(CDSError) {
        do {
            try await log.record(
                CDSAccess(
                    at: clock.now(), client: client.name, service: service.id, patient: person, outcome: outcome,
                    cards: cards))
        } catch {
            throw CDSError(.unavailable, detail: "the call could not be audited; ask again soon")
        }
    }

    private func body(of request: Request) async throws(CDSError) -> [UInt8] {
        let type = (request.headers[.contentType] ?? "").split(separator: ";").first.map {
            $0.trimmingPrefix { $0 == " " }.lowercased()
        }
        guard let type, type == "application/json" || type == "application/fhir+json" else {
            throw CDSError(.unsupportedMediaType, place: "Content-Type", detail: "send application/json")
        }
        let tooLarge = CDSError(.tooLarge, detail: "the limit is \(CDSRequest.bodyLimit) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > CDSRequest.bodyLimit {
            throw tooLarge
        }
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= CDSRequest.bodyLimit else { throw tooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let error as CDSError {
            throw error
        } catch {
            throw CDSError(.unavailable, detail: "the body did not arrive in full")
        }
        return bytes
    }
}
