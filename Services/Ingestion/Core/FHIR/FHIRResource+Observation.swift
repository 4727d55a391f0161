import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The facts of an Observation: its own value, then one for each component. A panel without a value of its own gives only its components.
    func observations() throws -> [Fact] {
        guard let status = try element.code("status", in: ObservationRecorded.Status.self) else {
            throw element.rejection("missing-element", "status", "is required")
        }
        guard let codeElement = try element.element("code") else {
            throw element.rejection("missing-element", "code", "is required")
        }
        let patient = try subject("subject")
        let effective = try effectiveTime()
        let device = try element.element("device")?.string("reference").map { try opaqueName(of: "device:\($0)") } ?? ""
        let resourceID = try opaqueID("Observation")
        let components = try element.elements("component")
        let ownValue = try FHIRObservedValue(of: element)

        func fact(_ code: CodedConcept, _ value: FHIRObservedValue, ordinal: Int) throws(FeedRejection) -> Fact {
            let content = try value.content(loinc: code.system == CodedConcept.loincSystem ? code.code : "")
            let id = FactIdentity.observation(
                source: context.source, patient: patient, record: id, code: code, effectiveAt: effective.start,
                effectiveEndAt: effective.end, status: status.rawValue, value: content.identity, ordinal: ordinal)
            return .observation(
                ObservationRecorded(
                    eventID: id, patient: patient, code: code.code, codeSystem: code.system, display: code.display,
                    value: content.value, unit: content.unit, originalValue: content.originalValue,
                    originalUnit: content.originalUnit, status: status, effectiveAt: effective.start,
                    effectiveEndAt: effective.end, receivedAt: context.receivedAt, source: context.source,
                    deviceID: device,
                    resourceID: resourceID, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
        }

        var facts: [Fact] = []
        // A panel's own code may be text: it names no fact.
        if !ownValue.isEmpty {
            let code = try FHIRCoding.concept(codeElement, preferring: [CodedConcept.loincSystem, FHIRCoding.snomed])
            facts.append(try fact(code, ownValue, ordinal: 0))
        }
        for (index, component) in components.enumerated() {
            guard let codeElement = try component.element("code") else {
                throw component.rejection("missing-element", "code", "is required")
            }
            let code = try FHIRCoding.concept(codeElement, preferring: [CodedConcept.loincSystem, FHIRCoding.snomed])
            if !ownValue.isEmpty, case .observation(let own)? = facts.first, own.code == code.code,
                own.codeSystem == code.system
            {
                throw component.rejection(
                    "invariant-obs-7", "code", "must not be the code of the Observation, which has a value")
            }
            let value = try FHIRObservedValue(of: component)
            guard !value.isEmpty else { continue }
            facts.append(try fact(code, value, ordinal: index + 1))
        }
        guard !facts.isEmpty else {
            throw FHIRFailure.ignored(
                element.rejection(
                    "no-value", "value[x]",
                    "neither the Observation nor a component has a value or a reason for its absence"))
        }
        return facts
    }

    /// The effective time; `issued` stands in when there is none.
    private func effectiveTime() throws(FeedRejection) -> (start: Timestamp, end: Timestamp?) {
        let name = try element.choice("effective")
        let effective: (start: Timestamp, end: Timestamp?)?
        switch name {
        case "effectiveDateTime"?: effective = try element.dateTime("effectiveDateTime").map { ($0, nil) }
        case "effectivePeriod"?: effective = try period("effectivePeriod")
        case "effectiveInstant"?: effective = try element.instant("effectiveInstant").map { ($0, nil) }
        case "effectiveTiming"?:
            throw element.rejection(
                "effective-timing-unsupported", "effectiveTiming", "send one Observation for each time")
        case let other?: throw element.rejection("choice-unknown", other, "is no type of effective[x]")
        case nil: effective = try element.instant("issued").map { ($0, nil) }
        }
        guard let effective else {
            throw element.rejection(
                "effective-missing", "effective[x]", "the fact has no time: send effective[x] or issued")
        }
        try check(effective.start, name ?? "issued")
        try check(effective.end, name ?? "issued")
        return effective
    }
}
