import Contracts
import Domain
import HL7v2

/// TXA: the head of a document, which is told when the results under it are counted.
extension HL7MessageReader {
    /// Reads a TXA; ``finishReport()`` adds its fact.
    mutating func beginReport(_ segment: HL7Segment) throws(HL7PartFailure) {
        finishReport()
        guard segment[2].hasValue else {
            // A TXA under an order or a specimen belongs to something else than a document message.
            throw refusal("required-field-missing", segment.path(2), "the document type is required")
        }
        let patient = try subject(of: segment)
        let code = try concept(segment, 2, preferring: [CodedConcept.loincSystem])
        let status: ReportRecorded.Status =
            switch (segment[19].value, segment[17].value) {
            case ("CA", _), ("OB", _): .cancelled
            case (_, "AU"), (_, "LA"), (_, "DO"): .final
            case (_, "PA"), (_, "IN"): .preliminary
            case (_, "DI"), (_, "IP"): .partial
            default: .unknown
            }
        let number = segment[12].value
        let effective = try time(segment, 4)
        var issued = try time(segment, 6)
        if issued == nil { issued = try time(segment, 22) }
        // A code without a system is of table 0270.
        let isPlain = HL7CodedElement(segment[2]).codings.first?.system.isEmpty ?? true
        let system = isPlain ? "http://terminology.hl7.org/CodeSystem/v2-0270" : code.system
        reportedResults = 0
        reportHead = segment
        report = ReportRecorded(
            eventID: identity(
                "report", patient, record: number,
                [system, code.code, status.rawValue, text(of: effective), text(of: issued)]),
            patient: patient, code: code.code, codeSystem: system, display: code.display, category: "document",
            status: status, effectiveAt: effective, issuedAt: issued,
            resourceID: try opaqueName("document", number, segment), source: context.source,
            receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt)
    }

    /// Adds the report that was begun, with the number of results that followed.
    mutating func finishReport() {
        guard var done = report, let segment = reportHead else { return }
        done.resultCount = Int32(clamping: reportedResults)
        report = nil
        reportHead = nil
        reportedResults = 0
        add(.report(done), segment)
    }

    var countsForReport: Bool { report != nil }
}
