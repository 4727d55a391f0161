import Contracts
import Domain
import Foundation
import IngestionCore
import JSONDocument

/// What the readers of wearables are asked in tests.
enum Wearable {
    static func context(zone: String? = nil, subject: String? = "u1") -> FeedContext {
        FeedContext(
            source: "test", receivedAt: Fixture.receivedAt, patientSystem: "s", subject: subject.map { PHI($0) },
            timeZone: zone)
    }

    static func apple(
        _ text: some Collection<UInt8>, piece: Int = .max, zone: String? = nil, subject: String? = "u1"
    ) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let reader = AppleHealthReader(context: context(zone: zone, subject: subject), names: PlainNames()) {
            outcomes.append($0)
        }
        var rest = Array(text)[...]
        while !rest.isEmpty {
            reader.read(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        reader.finish()
        return outcomes
    }

    static func vendor(_ text: String, file: String = "", zone: String? = nil) -> [FactOutcome] {
        VendorReader(context: context(zone: zone), names: PlainNames()).outcomes(of: text.utf8, file: file)
    }

    static func gpx(_ bytes: some Collection<UInt8>) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let reader = GPXReader(context: context(), names: PlainNames()) { outcomes.append($0) }
        reader.read(bytes)
        reader.finish()
        return outcomes
    }

    static func mapped(
        _ yaml: String, _ bytes: some Collection<UInt8>, piece: Int = .max, subject: String? = "u1"
    ) throws -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let mapping = try FeedMapping(yaml: yaml)
        let reader = MappingReader(mapping: mapping, context: context(subject: subject), names: PlainNames()) {
            outcomes.append($0)
        }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            reader.read(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        reader.finish()
        return outcomes
    }
}

extension FactOutcome {
    /// `code value unit @ start`, one for each observation.
    var told: [String] {
        facts.compactMap { fact in
            guard case .observation(let event) = fact else { return nil }
            let start = event.effectiveAt.iso8601.prefix(19)
            switch event.value {
            case .quantity(let number): return "\(event.code) \(number) \(event.unit) @ \(start)"
            case .coded(let code, _): return "\(event.code) =\(code) @ \(start)"
            case .text(let text): return "\(event.code) '\(text)' @ \(start)"
            case .boolean(let flag): return "\(event.code) \(flag) @ \(start)"
            case .absent(let reason): return "\(event.code) absent:\(reason) @ \(start)"
            }
        }
    }

    var observations: [ObservationRecorded] {
        facts.compactMap { if case .observation(let event) = $0 { event } else { nil } }
    }

    var isRejected: Bool { if case .rejected = verdict { true } else { false } }
    var isArchived: Bool { if case .archived = verdict { true } else { false } }
}
