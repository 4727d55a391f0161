import Contracts
import Domain
import PharmacogenomicsCore

/// The newest report of a laboratory about one gene.
struct OutsideFact: Sendable, Equatable {
    let call: OutsideCall
    let reportedAt: Timestamp
    let eventID: EventID

    init(_ report: DiplotypeReported) {
        call = OutsideCall(
            gene: GeneSymbol(rawValue: report.gene), diplotype: report.diplotype, phenotype: report.phenotype,
            activityScore: report.activityScore, isNoCall: report.isNoCall)
        reportedAt = report.reportedAt
        eventID = report.eventID
    }

    /// True when this one counts and not `other`.
    func isNewer(than other: OutsideFact) -> Bool { (reportedAt, eventID) > (other.reportedAt, other.eventID) }

    func write(to writer: inout StateWriter) {
        writer.text(call.gene.rawValue)
        writer.text(call.diplotype)
        writer.text(call.phenotype)
        writer.number(call.activityScore)
        writer.flag(call.isNoCall)
        writer.time(reportedAt)
        writer.id(eventID)
    }

    init(_ reader: inout StateReader) throws(PharmacogenomicsError) {
        call = OutsideCall(
            gene: GeneSymbol(rawValue: try reader.text()), diplotype: try reader.text(),
            phenotype: try reader.text(), activityScore: try reader.number(), isNoCall: try reader.flag())
        reportedAt = try reader.time()
        eventID = try reader.id()
    }
}
