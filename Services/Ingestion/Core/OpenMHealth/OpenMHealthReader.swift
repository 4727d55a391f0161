import Contracts
import Domain
import JSONDocument

/// Reads Open mHealth and IEEE 1752.1 data points: a header that names the schema and the person, and a body.
///
/// A header with a `uuid` and no `id` is one of IEEE 1752.1, which names no person: `user_id`, where a sender adds it, or the context's subject
/// is the person.
struct OpenMHealthReader {
    let context: FeedContext
    let names: any PersonNaming

    /// The outcome of one data point, which stood at `root` in the submission.
    func outcome(of point: JSONValue, index: Int, root: String) -> FactOutcome {
        var type = ""
        let verdict: FactOutcome.Verdict
        do {
            verdict = try self.verdict(on: point, root: root, type: &type)
        } catch {
            verdict = .rejected(error)
        }
        return FactOutcome(
            index: index, place: root.isEmpty ? "$" : root, type: type, verdict: verdict, source: PHI(point))
    }

    private func verdict(on point: JSONValue, root: String, type: inout String) throws(FeedRejection)
        -> FactOutcome.Verdict
    {
        let isIEEE = point["header"]?["id"] == nil && point["header"]?["uuid"] != nil
        try OpenMHealthSchemas.validate(
            point, schema: isIEEE ? "ieee/data-point-1.0" : "omh/data-point-1.0", root: root)
        let header = Self.join(root, "header")
        let bodyPlace = Self.join(root, "body")
        let idName = isIEEE ? "uuid" : "id"
        guard let body = point["body"], let id = point["header"]?[idName]?.string,
            let name = point["header"]?["schema_id"]?["name"]?.string,
            let namespace = point["header"]?["schema_id"]?["namespace"]?.string,
            let version = point["header"]?["schema_id"]?["version"]?.string
        else { throw FeedRejection(code: "missing-member", place: header, detail: "is required") }
        guard OpenMHealthSchemas.contains(namespace: namespace, name: name, version: version) else {
            throw FeedRejection(
                code: "unknown-schema", place: "\(header).schema_id", detail: "the schema is not in the catalogue")
        }
        type = "\(namespace)/\(name)-\(version)"
        try OpenMHealthSchemas.validateBody(body, namespace: namespace, name: name, version: version, root: bodyPlace)
        guard namespace == "omh" || namespace == "ieee", let measures = OpenMHealthMeasure.bySchema[name] else {
            return .archived(
                FeedRejection(
                    code: "unsupported-schema", place: "\(header).schema_id",
                    detail: "bodies of this schema are not mapped to facts"))
        }
        let named = try Self.text(point["header"]?["user_id"], place: "\(header).user_id")
        guard let user = named ?? (isIEEE ? context.subject?.reveal() : nil) else {
            throw FeedRejection(code: "subject-missing", place: "\(header).user_id", detail: "must name the person")
        }
        _ = try Self.text(.string(id), place: "\(header).\(idName)")
        let person = try self.named(place: "\(header).user_id") {
            try names.pseudonym(of: PHI(SubjectIdentifier(system: context.patientSystem, value: user)))
        }
        let provenance = point["header"]?["acquisition_provenance"]
        let facts = try facts(
            of: body, place: bodyPlace, schema: name, measures: measures, person: person, id: id,
            device: try opaque(
                "device", provenance?["source_name"], place: "\(header).acquisition_provenance.source_name"),
            record: try opaque("data-point", .string(id), place: "\(header).\(idName)"),
            fallback: point["header"]?[isIEEE ? "source_creation_date_time" : "creation_date_time"]?.string)
        guard !facts.isEmpty else {
            return .archived(FeedRejection(code: "no-value", place: bodyPlace, detail: "the body has no numeric fact"))
        }
        return .facts(facts)
    }

    private func facts(
        of body: JSONValue, place: String, schema: String, measures: [OpenMHealthMeasure], person: PatientPseudonym,
        id: String,
        device: String, record: String, fallback: String?
    ) throws(FeedRejection) -> [Fact] {
        let framePlace = "\(place).effective_time_frame"
        // Some schemas do not require a time frame; the creation of the data point is then the best that is known.
        let created = try OpenMHealthTimeFrame(fallback.map { ["date_time": .string($0)] }, place: framePlace)
        let frame =
            try OpenMHealthTimeFrame(body["effective_time_frame"], place: framePlace)
            ?? created
        guard let frame else {
            throw FeedRejection(code: "effective-missing", place: framePlace, detail: "the fact has no time")
        }
        var facts: [Fact] = []
        for (ordinal, measure) in measures.enumerated() {
            guard let value = body[measure.member] else { continue }
            let quantityPlace = "\(place).\(measure.member)"
            // Version 1.0 of step-count has the number itself.
            guard let number = value.number ?? value["value"]?.number else { continue }
            let unit = value["unit"]?.string ?? (measure.isPlainNumber ? "" : "steps")
            facts.append(try fact(number, unit: unit))

            func fact(_ number: JSONNumber, unit: String) throws(FeedRejection) -> Fact {
                let concept = measure.concept(schema: schema, body: body)
                let ucum = UCUM.code(openMHealth: unit) ?? unit
                guard let canonical = UCUM.canonical(number.text, unit: ucum, code: concept.code) else {
                    throw FeedRejection(
                        code: "number-out-of-range", place: quantityPlace, detail: "must be in the range of a double")
                }
                return .observation(
                    ObservationRecorded(
                        eventID: FactIdentity.dataPoint(
                            source: context.source, patient: person, id: id, ordinal: ordinal),
                        patient: person, code: concept.code, codeSystem: concept.system, display: concept.display,
                        value: .quantity(canonical.value), unit: canonical.unit,
                        originalValue: canonical.isConverted ? number.text : "",
                        originalUnit: canonical.unit == unit ? "" : unit, status: .final, effectiveAt: frame.start,
                        effectiveEndAt: frame.end, receivedAt: context.receivedAt, source: context.source,
                        deviceID: device,
                        resourceID: record, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
            }
        }
        return facts
    }

    private func opaque(_ kind: String, _ value: JSONValue?, place: String) throws(FeedRejection) -> String {
        guard let text = try Self.text(value, place: place) else { return "" }
        return try named(place: place) {
            try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: "\(kind):\(text)")))
        }
    }

    private func named<Name>(place: String, _ body: () throws -> Name) throws(FeedRejection) -> Name {
        do {
            return try body()
        } catch {
            throw FeedRejection(
                code: "pseudonym-failed", place: place, detail: "the pseudonym could not be computed; send it again")
        }
    }

    /// The text of an identifier: 1 to 1,024 bytes, no control characters.
    private static func text(_ value: JSONValue?, place: String) throws(FeedRejection) -> String? {
        guard let text = value?.string else { return nil }
        guard (1...1_024).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 }) else {
            throw FeedRejection(
                code: "invalid-string", place: place, detail: "must have 1 to 1024 bytes and no control characters")
        }
        return text
    }

    private static func join(_ root: String, _ member: String) -> String { root.isEmpty ? member : "\(root).\(member)" }
}
