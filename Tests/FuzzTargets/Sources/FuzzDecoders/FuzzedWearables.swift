import Domain
import IngestionCore
import JSONDocument
import XMLReader

/// The readers of wearables' exports under fuzzing.
enum FuzzedWearables {
    private struct OneName: PersonNaming {
        func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
            guard let pseudonym = PatientPseudonym("p1.everybody") else { throw Nameless() }
            return pseudonym
        }

        func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.everything" }

        struct Nameless: Error {}
    }

    private static let context = FeedContext(
        source: "fuzz", receivedAt: Timestamp(microseconds: 1_767_225_600_000_000), subject: PHI("u1"))

    /// Whole and in pieces the events are the same.
    static func checkXML(_ bytes: UnsafeRawBufferPointer) {
        let whole = events(bytes, piece: max(bytes.count, 1))
        guard events(bytes, piece: 3) == whole else { fatalError("a split of the bytes changes the events") }
    }

    private static func events(_ bytes: UnsafeRawBufferPointer, piece: Int) -> [String] {
        final class Log: XMLHandler {
            var events: [String] = []
            var text = ""

            func startElement(_ element: XMLElement, in reader: XMLReader) {
                events +=
                    [text, "<\(element.name.local.string)"] + element.map { $0.name.local.string + $0.value.string }
                text = ""
            }

            func text(_ text: XMLBytes, in reader: XMLReader) { self.text += text.string }

            func endElement(_ name: XMLName, in reader: XMLReader) {
                events += [text, ">"]
                text = ""
            }
        }
        let log = Log()
        do throws(XMLError) {
            let reader = try XMLReader(handler: log, resolvesNamespaces: true)
            var rest = bytes[...]
            while !rest.isEmpty {
                try reader.parse(rest.prefix(piece))
                rest = rest.dropFirst(piece)
            }
            try reader.finish()
        } catch {
            return [error.code.rawValue]
        }
        return log.events
    }

    static func checkApple(_ bytes: UnsafeRawBufferPointer) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let reader = AppleHealthReader(context: context, names: OneName()) { outcomes.append($0) }
        reader.read(bytes)
        reader.finish()
        return outcomes
    }

    static func gpx(_ bytes: UnsafeRawBufferPointer) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let reader = GPXReader(context: context, names: OneName()) { outcomes.append($0) }
        reader.read(bytes)
        reader.finish()
        return outcomes
    }

    /// The first byte chooses the name of the file, which tells the measure of some exports.
    static func vendor(_ bytes: UnsafeRawBufferPointer) -> [FactOutcome] {
        let files = ["", "steps.json", "resting_heart_rate.json", "heart_rate.json", "time_in_heart_rate_zones.json"]
        let file = files[Int(bytes.first ?? 0) % files.count]
        return VendorReader(context: context, names: OneName()).outcomes(of: bytes.dropFirst(), file: file)
    }

    static func csv(_ bytes: UnsafeRawBufferPointer) -> [FactOutcome] {
        guard let mapping else { fatalError("the mapping is right") }
        var outcomes: [FactOutcome] = []
        let reader = MappingReader(mapping: mapping, context: context, names: OneName()) { outcomes.append($0) }
        reader.read(bytes)
        reader.finish()
        return outcomes
    }

    private static let mapping = try? FeedMapping(
        yaml: """
            {mapping: 1, format: csv, missing: [""], time: {field: t, format: "yyyy-MM-dd[ HH:mm]"}, observations: [
            {code: {system: s, code: c}, value: {field: v}, unit: kg, scale: 0.001}]}
            """)

    static func checkMapping(_ bytes: UnsafeRawBufferPointer) {
        guard let mapping = try? FeedMapping(yaml: String(decoding: bytes, as: UTF8.self)) else { return }
        let sample = Array("{\"t\":\"2024-01-01\",\"v\":1}".utf8)
        let reader = MappingReader(mapping: mapping, context: context, names: OneName()) { _ in }
        reader.read(sample)
        reader.finish()
    }
}
