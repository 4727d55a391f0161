import Contracts
import Domain
import JSONDocument

/// Encounters, procedures, immunizations and the heads of reports.
extension FHIRResource {
    /// The fact of a visit, a stay or a call.
    func encounter() throws -> Fact {
        let status = try required("status", in: EncounterRecorded.Status.self)
        let patient = try subject("subject")
        let setting = try element.element("class")?.code("code") ?? ""
        var type: CodedConcept?
        for concept in try element.elements("type") where type == nil {
            type = try FHIRCoding.best(of: concept, preferring: [FHIRCoding.snomed])
        }
        let period = try period("period")
        let reason = try firstCode(of: "reasonCode")
        let content = [
            setting, type?.system ?? "", type?.code ?? "", status.rawValue, Self.text(period?.start),
            Self.text(period?.end), reason.system, reason.code,
        ]
        return .encounter(
            EncounterRecorded(
                eventID: identity("encounter", patient, content), patient: patient, encounterClass: setting,
                code: type?.code ?? "", codeSystem: type?.system ?? "", display: type?.display ?? "", status: status,
                startedAt: period?.start, endedAt: period?.end, reasonCode: reason.code, reasonSystem: reason.system,
                resourceID: name, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The fact of something done to or for a person.
    func procedure() throws -> Fact {
        let status = try required("status", in: ProcedureRecorded.Status.self)
        let code = try concept("code", preferring: [FHIRCoding.snomed])
        let patient = try subject("subject")
        let performed = try choiceSpan("performed")
        let content = [
            code.system, code.code, status.rawValue, Self.text(performed?.start), Self.text(performed?.end),
        ]
        return .procedure(
            ProcedureRecorded(
                eventID: identity("procedure", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, status: status, startedAt: performed?.start,
                endedAt: performed?.end, resourceID: name, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The fact of a vaccine given, or not given.
    func immunization() throws -> Fact {
        let status = try required("status", in: ImmunizationRecorded.Status.self)
        let code = try concept("vaccineCode", preferring: [FHIRCoding.cvx, FHIRCoding.snomed])
        let patient = try subject("patient")
        guard let occurred = try choiceSpan("occurrence")?.start else {
            throw element.unmapped(
                "occurrence-missing", "occurrence[x]", "no fact without a time: send occurrenceDateTime")
        }
        let dose = try element.dose("doseQuantity")
        let content = [
            code.system, code.code, status.rawValue, Self.text(occurred), dose.map { String($0.quantity) } ?? "",
            dose?.unit ?? "",
        ]
        return .immunization(
            ImmunizationRecorded(
                eventID: identity("immunization", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, status: status, occurredAt: occurred,
                doseQuantity: dose?.quantity, doseUnit: dose?.unit ?? "", resourceID: name, source: context.source,
                receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    /// The head of a diagnostic report; its results are Observations of their own.
    func report() throws -> Fact {
        let status = try required("status", in: ReportRecorded.Status.self)
        let code = try concept("code", preferring: [CodedConcept.loincSystem, FHIRCoding.snomed])
        let patient = try subject("subject")
        let effective = try choiceSpan("effective")?.start
        let issued = try element.instant("issued")
        let category = try firstCode(of: "category").code
        let conclusion = try firstCode(of: "conclusionCode")
        let results = try element.elements("result").count
        let content = [
            code.system, code.code, category, status.rawValue, Self.text(effective), Self.text(issued),
            conclusion.system, conclusion.code, String(results),
        ]
        return .report(
            ReportRecorded(
                eventID: identity("report", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, category: category, status: status,
                effectiveAt: effective, issuedAt: issued, conclusionCode: conclusion.code,
                conclusionSystem: conclusion.system, resultCount: Int32(clamping: results), resourceID: name,
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    // MARK: - What they share

    /// The code `name`, which is required.
    func required<Value: RawRepresentable>(
        _ name: String, in type: Value.Type
    ) throws(FeedRejection) -> Value where Value.RawValue == String {
        guard let value = try element.code(name, in: type) else {
            throw element.rejection("missing-element", name, "is required")
        }
        return value
    }

    /// The coding of the CodeableConcept `name`, without which there is no fact.
    func concept(_ name: String, preferring preferred: [String]) throws -> CodedConcept {
        guard let concept = try element.element(name) else {
            throw element.unmapped("code-missing", name, "no fact without a code")
        }
        return try FHIRCoding.concept(concept, preferring: preferred)
    }

    /// The first code among the CodeableConcepts `name`; empty texts when there is none.
    func firstCode(of name: String) throws(FeedRejection) -> (code: String, system: String) {
        for concept in try element.elements(name) {
            let first = try FHIRCoding.first(of: concept)
            if !first.code.isEmpty { return (first.code, first.system) }
        }
        return ("", "")
    }
}
