import Contracts
import Domain
import PharmacogenomicsCore
import PostgresClient
import StreamRuntime

/// Releases of the tables, and the persons that they touch, page by page.
extension PharmacogenomicsProcessor {
    /// Takes a release: it becomes the active one when it is the latest, and whom it touches is asked for from the first page on.
    func handle(
        _ event: KnowledgeReleased, _ item: StreamItem<PharmacogenomicsInput>, _ context: HandlingContext
    ) -> Handled<PharmacogenomicsRow> {
        let edition: KnowledgeEdition
        do {
            edition = try shelf.read(try KnowledgePackage(unpacking: event))
        } catch {
            metrics.countRelease(.refused)
            return .deadLetter(Self.refusal(of: error))
        }
        guard edition.base.version == event.knowledgeVersion else {
            metrics.countRelease(.refused)
            return .deadLetter(
                Rejection(
                    code: "version-differs", place: "KnowledgeReleased.knowledge_version",
                    detail: "the files say that they are of version \(edition.base.version)"))
        }
        let isLatest = (activeReleasedAt, activeDigest) < (event.releasedAt, event.digest)
        metrics.countRelease(isLatest ? .activated : .kept)
        var effects = Effects<PharmacogenomicsRow>(stateChanged: false)
        effects.rows.append(.release(event, activatesOver: isLatest ? activeDigest : nil))
        let difference = shelf.difference(from: active, to: edition)
        if isLatest, !difference.isEmpty {
            effects.publications.append(
                Publication(
                    ReevaluationRequested(
                        eventID: .derived(
                            service: Self.service, logicVersion: logicVersion, input: item.id, ordinal: 0),
                        subject: Self.service, reason: ReevaluationReason.knowledgeReleased,
                        knowledgeVersion: event.knowledgeVersion, digest: event.digest,
                        previousDigest: active.digest, modelVersion: modelVersion,
                        producedAt: Self.producedAt(context, or: event.producedAt))))
        }
        return .effects(effects)
    }

    private static func refusal(of error: any Error) -> Rejection {
        switch error {
        case let error as KnowledgeError:
            Rejection(
                code: error.code.rawValue, place: error.line > 0 ? "\(error.file):\(error.line)" : error.file,
                detail: error.detail)
        case let error as PharmacogenomicsError:
            Rejection(code: error.code.rawValue, place: "KnowledgeReleased.files", detail: error.detail)
        default: Rejection(code: "unreadable-release", place: "KnowledgeReleased.files")
        }
    }

    /// The persons that a page finds; read before the batch that holds the request.
    func page(of request: ReevaluationRequested, on connection: PostgresConnection) throws -> TouchedPage {
        for digest in [request.previousDigest, request.digest] where shelf.edition(digest) == nil {
            guard let package = try KnowledgeReleaseTable.packageIfAny(digest, on: connection) else {
                return TouchedPage(missingRelease: digest)
            }
            try shelf.read(package)
        }
        guard let old = shelf.edition(request.previousDigest), let new = shelf.edition(request.digest) else {
            return TouchedPage(missingRelease: request.digest)
        }
        return try TouchedPage(
            touchedBy: shelf.difference(from: old, to: new), tenant: tenant, after: request.after,
            size: pageSize, on: connection)
    }

    /// Asks for each person of the page, and for the next page when there may be one.
    func continuePage(
        of request: ReevaluationRequested, _ item: StreamItem<PharmacogenomicsInput>, _ context: HandlingContext
    ) -> Handled<PharmacogenomicsRow> {
        guard let page = pages[item.id] else {
            return .halt(Rejection(code: "not-consulted", detail: "a page was not looked up"))
        }
        if let missing = page.missingRelease {
            return .deadLetter(
                Rejection(
                    code: PharmacogenomicsError.Code.unknownRelease.rawValue, place: "ReevaluationRequested.digest",
                    detail: "release \(missing.prefix(8)) is not in knowledge_release"))
        }
        let producedAt = Self.producedAt(context, or: request.producedAt)
        var effects = Effects<PharmacogenomicsRow>(stateChanged: false)
        func ask(_ id: EventID, patient: PatientPseudonym?, after: String, page: Int64) {
            effects.publications.append(
                Publication(
                    ReevaluationRequested(
                        eventID: id, subject: Self.service, patient: patient, reason: request.reason,
                        knowledgeVersion: request.knowledgeVersion, digest: request.digest,
                        previousDigest: request.previousDigest, after: after, page: page,
                        modelVersion: modelVersion, producedAt: producedAt)))
        }
        for patient in page.patients {
            ask(
                .hashing("pharmacogenomics-reevaluation", request.previousDigest, request.digest, patient.rawValue),
                patient: patient, after: "", page: request.page)
        }
        if page.isFull, let last = page.patients.last {
            ask(
                .hashing("pharmacogenomics-page", request.previousDigest, request.digest, last.rawValue),
                patient: nil, after: last.rawValue, page: request.page + 1)
        }
        return .effects(effects)
    }

    private static func producedAt(_ context: HandlingContext, or other: Timestamp) -> Timestamp {
        context.receivedAt.microseconds > 0 ? context.receivedAt : other
    }
}
