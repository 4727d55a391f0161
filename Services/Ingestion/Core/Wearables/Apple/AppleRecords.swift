import Contracts
import Domain
import Glibc
import XMLReader

/// Judges the records of an export. Holds what many of them share: types, units, devices.
final class AppleRecords {
    private let recorder: Result<ReadingRecorder, FeedRejection>
    let zone: LocalZone?
    private var clock = AppleTime()
    private var types: [String: AppleType?] = [:]
    private var units: [String: AppleUnit] = [:]
    private var devices: [String: String] = [:]
    private var lastType: (bytes: [UInt8], identifier: String, type: AppleType?)?
    private var lastUnit: (bytes: [UInt8], unit: AppleUnit, text: String)?
    private var lastDevice: (source: [UInt8], device: [UInt8], name: String)?
    private(set) var exportedAt: Timestamp?
    /// Distinct texts that are remembered at most; hostile exports could have any number.
    private static let remembered = 4_096

    init(context: FeedContext, names: any PersonNaming) {
        zone = context.timeZone.flatMap { LocalZone($0) }
        recorder = Result { () throws(FeedRejection) in
            try ReadingRecorder(context: context, names: names, user: context.subject)
        }
    }

    /// An identifier of HealthKit (letters and digits, at most 128), or nil: free text is not repeated in outcomes.
    static func identifier(_ bytes: XMLBytes) -> String? {
        guard (1...128).contains(bytes.utf8.count),
            bytes.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
        else { return nil }
        return bytes.string
    }

    /// The export says when it was made.
    func exported(_ value: String?) {
        exportedAt = value.flatMap { TimePattern.iso8601.wallTime($0) }.map { (zone ?? .utc).time(of: $0) }
    }

    /// The verdict on one Record, and its type.
    func verdict(onRecord element: XMLElement, place: () -> String) -> (String, FactOutcome.Verdict) {
        var attributes = RecordAttributes(element)
        let (identifier, type) = type(attributes.type)
        do throws(FeedRejection) {
            guard let identifier else {
                throw FeedRejection(
                    code: "missing-attribute", place: place(), detail: "type must be an identifier of HealthKit")
            }
            guard let type else {
                return (
                    identifier,
                    .archived(
                        FeedRejection(
                            code: "unsupported-type", place: place(),
                            detail: "the type is not in the table of HealthKit"))
                )
            }
            let recorder = try recorder(place: place)
            guard let start = clock.time(attributes.start), let end = clock.time(attributes.end ?? attributes.start)
            else {
                throw FeedRejection(
                    code: "invalid-time", place: place(),
                    detail: "startDate and endDate must be YYYY-MM-DD hh:mm:ss with an offset")
            }
            let period = (start: start, end: end == start ? nil : end)
            let readings = try readings(of: type, &attributes, period, place)
            guard !readings.isEmpty else {
                return (
                    identifier,
                    .archived(FeedRejection(code: "no-value", place: place(), detail: "the record has no value"))
                )
            }
            let device = try device(attributes, recorder)
            return (identifier, .facts(try recorder.facts(of: readings, device: device)))
        } catch {
            return (identifier ?? "Record", .rejected(error))
        }
    }

    /// The recorder; a refusal gets the place of the record that it refuses.
    func recorder(place: () -> String) throws(FeedRejection) -> ReadingRecorder {
        switch recorder {
        case .success(let recorder): return recorder
        case .failure(let error): throw FeedRejection(code: error.code, place: place(), detail: error.detail)
        }
    }

    private func readings(
        of type: AppleType, _ attributes: inout RecordAttributes, _ period: (start: Timestamp, end: Timestamp?),
        _ place: () -> String
    ) throws(FeedRejection) -> [Reading] {
        func reading(_ concept: CodedConcept, _ value: Reading.Value) -> Reading {
            Reading(concept: concept, value: value, start: period.start, end: period.end, place: place())
        }
        switch type.kind {
        case .period:
            return [reading(type.concept, Self.length(of: period))]
        case .category, .sleep:
            guard let bytes = attributes.value, !bytes.utf8.isEmpty else { return [] }
            guard let name = Self.identifier(bytes) else {
                throw FeedRejection(
                    code: "invalid-value", place: place(), detail: "a category's value must be a name of HealthKit")
            }
            var readings = [reading(type.concept, .coded(name, system: AppleType.system))]
            if case .sleep = type.kind, period.end != nil, let stage = Self.stages[name] {
                readings.append(reading(stage, Self.length(of: period)))
            }
            return readings
        case .quantity(let count):
            guard let value = attributes.value, !value.utf8.isEmpty else { return [] }
            let (unit, sent) = unit(attributes.unit)
            let ucum = unit.ucum == "count" ? count : unit.ucum
            let text = value.string
            guard unit.isPartOfOne else { return [reading(type.concept, .quantity(text, unit: ucum, sent: sent))] }
            return [
                reading(type.concept, .quantity(DecimalText.hundredfold(text), unit: "%", sentText: text, sent: "%"))
            ]
        }
    }

    /// Stages of which the duration has a code.
    private static let stages: [String: CodedConcept] = [
        "HKCategoryValueSleepAnalysisAsleep": .sleepDuration,
        "HKCategoryValueSleepAnalysisAsleepUnspecified": .sleepDuration,
        "HKCategoryValueSleepAnalysisAsleepCore": .lightSleep, "HKCategoryValueSleepAnalysisAsleepDeep": .deepSleep,
        "HKCategoryValueSleepAnalysisAsleepREM": .remSleep,
    ]

    private static func length(of period: (start: Timestamp, end: Timestamp?)) -> Reading.Value {
        let seconds = (period.end ?? period.start).since(period.start).microseconds / 1_000_000
        return .quantity(String(seconds), unit: "s", sent: "s")
    }

    private func type(_ bytes: XMLBytes?) -> (String?, AppleType?) {
        guard let bytes else { return (nil, nil) }
        if let lastType, bytes.elementsEqual(lastType.bytes) { return (lastType.identifier, lastType.type) }
        guard let identifier = Self.identifier(bytes) else { return (nil, nil) }
        let type: AppleType?
        if let known = types[identifier] {
            type = known
        } else {
            type = AppleType(identifier: identifier)
            if types.count < Self.remembered { types[identifier] = .some(type) }
        }
        lastType = (Array(bytes.utf8), identifier, type)
        return (identifier, type)
    }

    private func unit(_ bytes: XMLBytes?) -> (AppleUnit, String) {
        guard let bytes else { return (AppleUnit("count"), "") }
        if let lastUnit, bytes.elementsEqual(lastUnit.bytes) { return (lastUnit.unit, lastUnit.text) }
        let text = bytes.string
        let unit = units[text] ?? AppleUnit(text)
        if units.count < Self.remembered { units[text] = unit }
        lastUnit = (Array(bytes.utf8), unit, text)
        return (unit, text)
    }

    /// The opaque name of source and device. The device's description begins with an address in memory, which differs from export to export.
    private func device(_ attributes: RecordAttributes, _ recorder: ReadingRecorder) throws(FeedRejection) -> String {
        let source = attributes.source?.utf8
        var device = attributes.device?.utf8[...]
        if let text = device, let comma = text.firstIndex(of: UInt8(ascii: ",")) { device = text[(comma + 1)...] }
        if let lastDevice, Self.equal(lastDevice.source, source?[...]), Self.equal(lastDevice.device, device) {
            return lastDevice.name
        }
        let sourceBytes = source.map(Array.init) ?? []
        let deviceBytes = device.map(Array.init) ?? []
        let text = String(decoding: sourceBytes + [0x1F] + deviceBytes, as: UTF8.self)
        let name: String
        if let known = devices[text] {
            name = known
        } else {
            name = try recorder.opaque("device", sourceBytes.isEmpty && deviceBytes.isEmpty ? "" : text)
            if devices.count < Self.remembered { devices[text] = name }
        }
        lastDevice = (sourceBytes, deviceBytes, name)
        return name
    }

    private static func equal(_ held: [UInt8], _ lent: Slice<UnsafeBufferPointer<UInt8>>?) -> Bool {
        guard let lent, let base = UnsafeBufferPointer(rebasing: lent).baseAddress else { return held.isEmpty }
        guard held.count == lent.count else { return false }
        return held.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, base, lent.count) == 0 } ?? true }
    }
}

/// The attributes of a Record that facts are made of, found in one pass.
private struct RecordAttributes {
    var type: XMLBytes?
    var source: XMLBytes?
    var device: XMLBytes?
    var unit: XMLBytes?
    var value: XMLBytes?
    var start: XMLBytes?
    var end: XMLBytes?

    init(_ element: XMLElement) {
        for attribute in element {
            let name = attribute.name
            if name == "type" {
                type = attribute.value
            } else if name == "sourceName" {
                source = attribute.value
            } else if name == "unit" {
                unit = attribute.value
            } else if name == "startDate" {
                start = attribute.value
            } else if name == "endDate" {
                end = attribute.value
            } else if name == "value" {
                value = attribute.value
            } else if name == "device" {
                device = attribute.value
            }
        }
    }
}
