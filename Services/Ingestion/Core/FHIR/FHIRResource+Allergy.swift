import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The fact of an allergy or intolerance. Its code may be one of "no known allergy" (SNOMED CT 716186003 and its kind), kept as it is.
    func allergy() throws -> Fact {
        let patient = try subject("patient")
        let preferred = [FHIRCoding.rxNorm, FHIRCoding.snomed]
        let reactions = try element.elements("reaction")
        var code = try element.element("code").flatMap { concept throws(FeedRejection) in
            try FHIRCoding.best(of: concept, preferring: preferred)
        }
        // The substance of a reaction stands in for a missing code: it "may be different from AllergyIntolerance.code", and then there is one.
        for reaction in reactions where code == nil {
            code = try reaction.element("substance").flatMap { concept throws(FeedRejection) in
                try FHIRCoding.best(of: concept, preferring: preferred)
            }
        }
        guard let code else {
            throw element.unmapped("code-uncoded", "code", "no fact without a coding with code and system")
        }
        var manifestation: (code: String, system: String) = ("", "")
        for reaction in reactions {
            for concept in try reaction.elements("manifestation") where manifestation.code.isEmpty {
                let first = try FHIRCoding.first(of: concept)
                manifestation = (first.code, first.code.isEmpty ? "" : first.system)
            }
        }
        let kind = try element.code("type", in: AllergyRecorded.Kind.self) ?? .unknown
        let criticality = try element.code("criticality", in: AllergyRecorded.Criticality.self) ?? .unknown
        let category: String
        if case .array(let categories)? = element.object["category"], let first = categories.first?.string {
            category = FactText.display(first)
        } else {
            category = ""
        }
        let clinical = try status("clinicalStatus", in: AllergyRecorded.ClinicalStatus.self)
        let verification = try status("verificationStatus", in: AllergyRecorded.VerificationStatus.self)
        let onset = try choiceSpan("onset")?.start
        let recorded = try element.dateTime("recordedDate")
        let content = [
            code.system, code.code, kind.rawValue, category, criticality.rawValue, clinical?.rawValue ?? "",
            verification?.rawValue ?? "", Self.text(onset), Self.text(recorded), manifestation.system,
            manifestation.code,
        ]
        return .allergy(
            AllergyRecorded(
                eventID: identity("allergy", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, kind: kind, category: category,
                criticality: criticality, clinicalStatus: clinical ?? .unknown,
                verificationStatus: verification ?? .unknown, onsetAt: onset, recordedAt: recorded,
                reaction: manifestation.code, reactionSystem: manifestation.system, resourceID: name,
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }
}
