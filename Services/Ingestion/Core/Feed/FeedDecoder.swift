import Domain
public import JSONDocument

/// Reads the feeds: raw bytes in, one outcome for each submitted record out, in the submitted order.
///
/// Pure: the outcome is a function of the bytes, the context, the mapping and the names that `names` gives.
public struct FeedDecoder: Sendable {
    let context: FeedContext
    let names: any PersonNaming
    let mapping: FeedMapping?
    private let judgesPlausibility: Bool

    /// A decoder for one submission.
    ///
    /// - Parameters:
    ///   - mapping: how ``FeedFormat/csv`` and ``FeedFormat/json`` are read.
    ///   - judgesPlausibility: false takes what is not believable too, because a person has released it.
    public init(
        context: FeedContext, names: any PersonNaming, mapping: FeedMapping? = nil, judgesPlausibility: Bool = true
    ) {
        self.context = context
        self.names = names
        self.mapping = mapping
        self.judgesPlausibility = judgesPlausibility
    }

    /// The limits on the JSON of a submission: 64 levels, 64 MiB.
    public static let limits = JSONLimits.standard

    /// `outcome`, held back when one of its facts is not believable; noise is noted.
    func judged(_ outcome: FactOutcome) -> FactOutcome {
        guard judgesPlausibility, case .facts(let facts) = outcome.verdict else { return outcome }
        var outcome = outcome
        for fact in facts {
            if let doubt = Plausibility.check(fact, receivedAt: context.receivedAt) {
                outcome.verdict = .quarantined(doubt.at(outcome.place), facts)
                return outcome
            }
            if let noise = Plausibility.noise(fact) { outcome.notes.append(noise.at(outcome.place)) }
        }
        return outcome
    }

    // MARK: - JSON

    /// FHIR R4 JSON: a Bundle of any type (an outcome for each entry), or one resource.
    public func fhir(_ json: some Collection<UInt8>) -> [FactOutcome] {
        parsed(json, root: "") { fhir($0) }
    }

    /// FHIR R4: a Bundle of any type (an outcome for each entry), or one resource.
    public func fhir(_ value: JSONValue) -> [FactOutcome] {
        FHIRReader(context: context, names: names).outcomes(of: value)
    }

    /// Open mHealth: one data point, or an array of them.
    public func openMHealth(_ json: some Collection<UInt8>) -> [FactOutcome] {
        parsed(json, root: "") { openMHealth($0) }
    }

    /// Open mHealth: one data point, or an array of them.
    public func openMHealth(_ value: JSONValue) -> [FactOutcome] {
        let reader = OpenMHealthReader(context: context, names: names)
        guard case .array(let points) = value else { return [reader.outcome(of: value, index: 0, root: "")] }
        return points.enumerated().map { reader.outcome(of: $1, index: $0, root: "[\($0)]") }
    }

    /// Open mHealth as newline-delimited JSON: one outcome for each line that is not blank; a bad line spoils no other.
    public func openMHealth(lines json: [UInt8]) -> [FactOutcome] {
        NDJSON.lines(of: json).enumerated().map { index, line in
            openMHealth(line: line.bytes, number: line.number, index: index)
        }
    }

    func openMHealth(line: some Collection<UInt8>, number: Int, index: Int) -> FactOutcome {
        do throws(JSONError) {
            let value = try JSONValue(parsing: line, limits: Self.limits)
            return OpenMHealthReader(context: context, names: names).outcome(
                of: value, index: index, root: "line[\(number)]")
        } catch {
            return Self.unreadable(error, index: index, root: "line[\(number)]")
        }
    }

    private func parsed(
        _ json: some Collection<UInt8>, root: String, _ read: (JSONValue) -> [FactOutcome]
    ) -> [FactOutcome] {
        do {
            return read(try JSONValue(parsing: json, limits: Self.limits))
        } catch {
            return [Self.unreadable(error, index: 0, root: root)]
        }
    }

    /// The outcome of bytes that are no JSON.
    static func unreadable(_ error: JSONError, index: Int, root: String) -> FactOutcome {
        let place = root + (root.isEmpty ? "" : " ") + "line \(error.line), column \(error.column)"
        return FactOutcome(
            index: index, place: root, type: "",
            verdict: .rejected(
                FeedRejection(
                    code: error.code.rawValue, place: place,
                    detail: error.pointer.isEmpty ? "not valid JSON" : "not valid JSON, in \(error.pointer)")),
            source: .init(.null))
    }
}
