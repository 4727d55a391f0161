import Contracts
import Domain
import JSONDocument

/// What would become of the first records of a file under a mapping, as JSON lines for the person who writes the mapping: places, codes,
/// units and the values themselves, which are that person's own. Nothing is stored or sent.
public struct MappingDryRun: Sendable {
    /// One line for each record: `{"place","outcome","code","message","facts":[...],"notes":[...]}`.
    public let lines: [String]

    /// Tries `mapping` on `bytes`; at most `limit` records are shown.
    public init(
        mapping: FeedMapping, bytes: some Collection<UInt8>, limit: Int = 10, context: FeedContext,
        names: any PersonNaming
    ) {
        var lines: [String] = []
        let reader = MappingReader(mapping: mapping, context: context, names: names) { outcome in
            if lines.count < limit { lines.append(Self.line(outcome)) }
        }
        reader.read(bytes)
        reader.finish()
        self.lines = lines
    }

    private static func line(_ outcome: FactOutcome) -> String {
        var line: JSONObject = ["place": .string(outcome.place)]
        switch outcome.verdict {
        case .facts: line["outcome"] = "accepted"
        case .archived: line["outcome"] = "archived"
        case .quarantined: line["outcome"] = "quarantined"
        case .rejected: line["outcome"] = "rejected"
        }
        line["code"] = .string(outcome.reason?.code ?? "")
        line["message"] = .string(outcome.reason.map { "\($0.place): \($0.detail)" } ?? "")
        line["facts"] = .array(
            outcome.facts.compactMap { fact in
                guard case .observation(let event) = fact else { return nil }
                var object: JSONObject = [
                    "code": .string("\(event.codeSystem)|\(event.code)"), "display": .string(event.display),
                    "effective": .string(event.effectiveAt.iso8601),
                ]
                if let end = event.effectiveEndAt { object["end"] = .string(end.iso8601) }
                switch event.value {
                case .quantity(let number): object["value"] = JSONNumber(number).map { .number($0) } ?? .null
                case .text(let text): object["value"] = .string(text)
                case .coded(let code, let system): object["value"] = .string("\(system)|\(code)")
                case .boolean(let flag): object["value"] = .bool(flag)
                case .absent(let reason): object["value"] = .string("absent: \(reason)")
                }
                object["unit"] = .string(event.unit)
                if !event.originalValue.isEmpty || !event.originalUnit.isEmpty {
                    object["sent"] = .string("\(event.originalValue) \(event.originalUnit)")
                }
                if !event.originalCode.isEmpty {
                    object["sentCode"] = .string("\(event.originalCodeSystem)|\(event.originalCode)")
                }
                return .object(object)
            })
        line["notes"] = .array(outcome.notes.map { .string($0.description) })
        return JSONValue.object(line).text()
    }
}
