import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The facts of an Observation: its own value, then one for each component (one for each sample of a series), and a genotype when a genomics
    /// Observation names one. A panel without a value of its own gives only its components; its members are Observations of their own.
    func observations() throws -> Mapped {
        let status = try required("status", in: ObservationRecorded.Status.self)
        guard let codeElement = try element.element("code") else {
            throw element.rejection("missing-element", "code", "is required")
        }
        let components = try element.elements("component")
        let ownValue = try FHIRObservedValue(of: element)
        let patient = try subject("subject")
        let effective = try effectiveTime()
        let device = try element.element("device")?.string("reference").map { try opaqueName(of: "device:\($0)") } ?? ""
        let template = FHIRObservation(
            patient: patient, status: status, effective: effective, deviceID: device, recordID: id, resourceID: name,
            context: context)
        var mapped = Mapped()
        func append(_ codeElement: FHIRElement, _ value: FHIRObservedValue, ordinal: Int) throws {
            do {
                let code = try FHIRCoding.published(
                    codeElement, preferring: [CodedConcept.loincSystem, FHIRCoding.snomed])
                guard let series = try value.samples(loinc: code.loinc) else {
                    mapped.facts.append(template.fact(code, try value.content(loinc: code.loinc), ordinal: ordinal))
                    return
                }
                guard startsAtATime else {
                    throw element.unmapped(
                        "sampled-data-unplaced", "effectiveDateTime", "a partial date places no samples")
                }
                mapped.facts += series.samples.enumerated().map {
                    template.fact(code, $1, number: $0, ordinal: ordinal)
                }
            } catch FHIRFailure.archived(let reason) {
                // One part that cannot be told does not silence the others.
                mapped.notes.append(reason)
            }
        }
        if !ownValue.isEmpty { try append(codeElement, ownValue, ordinal: 0) }
        for (index, component) in components.enumerated() {
            guard let codeElement = try component.element("code") else {
                throw component.rejection("missing-element", "code", "is required")
            }
            let value = try FHIRObservedValue(of: component)
            if !value.isEmpty { try append(codeElement, value, ordinal: index + 1) }
        }
        if let genotypes = try genotypes(of: codeElement, components: components, patient: patient, effective.start) {
            mapped.facts.append(genotypes)
        }
        guard mapped.facts.isEmpty else { return mapped }
        if let reason = mapped.notes.first { throw FHIRFailure.archived(reason) }
        throw element.unmapped(
            "no-value", "value[x]", "neither the Observation nor a component has a value or a reason for its absence")
    }

    /// The effective time. `issued` stands in when there is none, then the time of a DiagnosticReport of the same submission that has this
    /// Observation as a result ("the time or time-period the observed values are related to", R4, DiagnosticReport.effective[x]).
    private func effectiveTime() throws -> FHIRTimeSpan {
        switch try element.choice("effective") {
        case "effectiveDateTime"?: if let span = try span("effectiveDateTime") { return span }
        case "effectivePeriod"?: if let span = try period("effectivePeriod") { return span }
        case "effectiveInstant"?:
            if let time = try element.instant("effectiveInstant") { return FHIRTimeSpan(start: time, end: nil) }
        case "effectiveTiming"?:
            // A schedule says when it recurs; its events, if it lists one, say when it was.
            if let span = try onlyEvent(of: element.element("effectiveTiming")) { return span }
            throw element.unmapped(
                "effective-timing", "effectiveTiming", "no fact without one time: send one Observation for each")
        case let other?: throw element.rejection("choice-unknown", other, "is no type of effective[x]")
        case nil: break
        }
        if let issued = try element.instant("issued") { return FHIRTimeSpan(start: issued, end: nil) }
        if let report = references.report(ofObservation: id, fullURL: fullURL) {
            let report = FHIRElement(object: report, place: element.place.member("effective[x]"))
            if let text = report.object["effectiveDateTime"]?.string, let time = FHIRDateTime(text) {
                return FHIRTimeSpan(time)
            }
            let period = report.object["effectivePeriod"]
            if let start = period?["start"]?.string.flatMap({ FHIRDateTime($0) }) {
                let end = period?["end"]?.string.flatMap { FHIRDateTime($0) }?.end
                return FHIRTimeSpan(start: start.start, end: end.flatMap { $0 >= start.start ? $0 : nil })
            }
            if let text = report.object["issued"]?.string, let time = FHIRDateTime(text) { return FHIRTimeSpan(time) }
        }
        throw element.unmapped(
            "effective-missing", "effective[x]", "no fact without a time: send effective[x] or issued")
    }

    /// Whether the sender gave a time of day, from which samples can be counted.
    private var startsAtATime: Bool {
        let text =
            element.object["effectiveDateTime"]?.string ?? element.object["effectiveInstant"]?.string
            ?? element.object["effectivePeriod"]?["start"]?.string ?? element.object["issued"]?.string
        return (text?.utf8.count ?? 0) >= 20
    }

    private func onlyEvent(of timing: FHIRElement?) throws(FeedRejection) -> FHIRTimeSpan? {
        guard let timing, case .array(let events)? = timing.object["event"], events.count == 1,
            let time = events[0].string.flatMap({ FHIRDateTime($0) })
        else { return nil }
        return FHIRTimeSpan(time)
    }
}

/// What all facts of one Observation share.
struct FHIRObservation {
    let patient: PatientPseudonym
    let status: ObservationRecorded.Status
    let effective: FHIRTimeSpan
    let deviceID: String
    let recordID: String
    let resourceID: String
    let context: FeedContext

    /// The fact of one value.
    func fact(_ code: PublishedCode, _ content: FHIRObservedValue.Content, ordinal: Int) -> Fact {
        fact(code, content, effective, ordinal: ordinal)
    }

    /// The fact of the sample `number` of a series.
    func fact(_ code: PublishedCode, _ sample: FHIRSampledData.Sample, number: Int, ordinal: Int) -> Fact {
        let time = effective.start.advanced(by: sample.offset)
        // Components number far below 65,536, so no two facts of a record share an ordinal.
        return fact(code, sample.content, FHIRTimeSpan(start: time, end: nil), ordinal: ordinal + (number + 1) << 16)
    }

    private func fact(
        _ code: PublishedCode, _ content: FHIRObservedValue.Content, _ span: FHIRTimeSpan, ordinal: Int
    ) -> Fact {
        let id = FactIdentity.observation(
            source: context.source, patient: patient, record: recordID, code: code.sent, effectiveAt: span.start,
            effectiveEndAt: span.end, status: status.rawValue, value: content.identity, ordinal: ordinal)
        return .observation(
            ObservationRecorded(
                eventID: id, patient: patient, code: code.concept.code, codeSystem: code.concept.system,
                display: code.concept.display,
                value: content.value, unit: content.unit, originalValue: content.originalValue,
                originalUnit: content.originalUnit, originalCode: code.original?.code ?? "",
                originalCodeSystem: code.original?.system ?? "", status: status, effectiveAt: span.start,
                effectiveEndAt: span.end, receivedAt: context.receivedAt, source: context.source,
                deviceID: deviceID, resourceID: resourceID, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }
}
