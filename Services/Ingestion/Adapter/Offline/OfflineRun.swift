import Domain
import Foundation
public import IngestionCore
import JSONDocument

/// `ingestion validate` and `ingestion convert`: what would become of files, by exactly the code that runs live.
public struct OfflineRun {
    private let options: OfflineOptions
    private let output = LineOutput()

    /// A run with `options`.
    public init(_ options: OfflineOptions) {
        self.options = options
    }

    /// Prints a line of JSON for each record; the tally.
    public func validate(_ files: [String]) throws -> OutcomeTally {
        try run(files) { outcome, file, index in
            output.line(OutcomeLine.text(outcome, file: file, index: index))
        }
    }

    /// Prints the events, a line of JSON each, and on standard error a line for each record that gives none, or not all; the tally.
    ///
    /// - Parameter limit: prints what would become of the first `limit` records of each file.
    public func convert(_ files: [String], limit: Int = .max) throws -> OutcomeTally {
        let errors = LineOutput(.standardError)
        defer { errors.flush() }
        return try run(files) { outcome, file, index in
            guard index < limit else { return }
            if case .facts(let facts) = outcome.verdict {
                for fact in facts { output.line(fact.event.canonicalJSON) }
            }
            if outcome.reason != nil || !outcome.notes.isEmpty {
                errors.line(OutcomeLine.text(outcome, file: file, index: index))
            }
        }
    }

    /// Reads all files `rounds` times and prints one line of JSON: what they came to, and how long it took.
    ///
    /// Formats that are read whole are read into memory before the clock starts; the others stream from the disk in each round.
    public func measure(_ files: [String], rounds: Int) throws -> OutcomeTally {
        let now = SystemClock().now()
        let decoders = try files.map { try options.decoder(of: $0, receivedAt: now) }
        let streams = options.format.isStreamed
        let contents = streams ? [] : try files.map { try OfflineInput(path: $0).contents() }
        var tally = OutcomeTally()
        var bytes = contents.reduce(0) { $0 + $1.count }
        let before = ProcessCost.now()
        for round in 0..<rounds {
            var count = OutcomeTally()
            var size = 0
            if streams {
                for (file, decoder) in zip(files, decoders) {
                    let stream = decoder.stream(options.format) { count.count($0) }
                    size += try OfflineInput(path: file).read(into: stream)
                }
                bytes = size
            } else {
                for (file, decoder) in zip(contents, decoders) {
                    decoder.outcomes(of: file, as: options.format).forEach { count.count($0) }
                }
            }
            if round == 0 { tally = count }
        }
        let cost = ProcessCost.now().since(before)
        let line: JSONValue = [
            "format": .string(options.format.rawValue), "files": .number(JSONNumber(Int64(files.count))),
            "bytes": .number(JSONNumber(Int64(bytes))), "records": .number(JSONNumber(Int64(tally.records))),
            "accepted": .number(JSONNumber(Int64(tally.accepted))), "duplicate": .number(JSONNumber(0)),
            "quarantined": .number(JSONNumber(Int64(tally.quarantined))),
            "rejected": .number(JSONNumber(Int64(tally.rejected))), "facts": .number(JSONNumber(Int64(tally.facts))),
            "repeat": .number(JSONNumber(Int64(rounds))), "seconds": .number(JSONNumber(cost.seconds) ?? JSONNumber(0)),
            "cpuSeconds": .number(JSONNumber(cost.processorSeconds) ?? JSONNumber(0)),
            "peakResidentBytes": .number(JSONNumber(Int64(cost.peakResidentBytes))),
        ]
        output.line(line.text())
        output.flush()
        return tally
    }

    private func run(
        _ files: [String], _ each: @escaping (FactOutcome, _ file: String, _ index: Int) -> Void
    ) throws -> OutcomeTally {
        let now = SystemClock().now()
        let tally = Tally()
        for file in files {
            let decoder = try options.decoder(of: file, receivedAt: now)
            var index = 0
            let stream = decoder.stream(options.format) { outcome in
                each(outcome, file, index)
                index += 1
                tally.value.count(outcome)
            }
            try OfflineInput(path: file).read(into: stream)
        }
        output.flush()
        return tally.value
    }

    private final class Tally {
        var value = OutcomeTally()
    }
}
