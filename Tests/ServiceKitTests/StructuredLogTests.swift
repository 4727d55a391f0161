import Domain
import Foundation
import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("A log line is one JSON object without patient data")
struct StructuredLogTests {
    final class Lines: LogSink {
        private let bytes = Mutex<[UInt8]>([])
        func write(_ line: [UInt8]) { bytes.withLock { $0 += line } }
        func flush(within seconds: Double) {}
        var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
    }

    struct FixedClock: WallClock {
        func now() -> Timestamp { Timestamp(microseconds: 1_714_545_000_000_000) }
    }

    private func line(
        format: ServiceKeys.LogFormat = .json, level: Logger.Level = .notice, _ body: (Logger) -> Void
    ) -> String {
        let lines = Lines()
        body(
            Logger(label: "ingestion") { label in
                StructuredLogHandler(label: label, level: level, format: format, sink: lines, clock: FixedClock())
            })
        return lines.text
    }

    @Test("the fields stand in a fixed order, metadata sorted and typed")
    func golden() throws {
        let trace = TraceContext(traceparent: TraceContextTests.example)
        let text = TraceContext.$current.withValue(trace) {
            line { logger in
                var logger = logger
                logger[metadataKey: "topic"] = "feed"
                logger.warning(
                    "slow",
                    metadata: [
                        "count": .stringConvertible(3), "ratio": .stringConvertible(0.5),
                        "ok": .stringConvertible(true),
                        "list": ["a", "b"], "nested": ["k": "v"],
                    ])
            }
        }
        #expect(
            text == #"{"time":"2024-05-01T06:30:00.000000Z","level":"warning","label":"ingestion","message":"slow","#
                + #""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","#
                + #""metadata":{"count":3,"list":["a","b"],"nested":{"k":"v"},"ok":true,"ratio":0.5,"topic":"feed"}}"#
                + "\n")
    }

    @Test("any text survives the escaping and stays on one line")
    func escaping() throws {
        let evil =
            "\u{0}\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}\u{80}\u{2028}\u{2029} \u{e9}\u{1f469}\u{200d}\u{2695}\u{fe0f}\u{10ffff}"
        let text = line { $0.error("\(evil)", metadata: ["\(evil)": "\(evil)"]) }
        #expect(text.unicodeScalars.filter { $0 == "\n" }.count == 1 && text.hasSuffix("\n"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        // Compared as bytes: Swift would take canonically equal texts for the same.
        #expect((object["message"] as? String).map { Array($0.utf8) } == Array(evil.utf8))
        let metadata = try #require(object["metadata"] as? [String: String])
        #expect(metadata[evil].map { Array($0.utf8) } == Array(evil.utf8))
    }

    @Test(
        "protected health information is redacted however it is logged", arguments: [ServiceKeys.LogFormat.json, .text])
    func redaction(format: ServiceKeys.LogFormat) {
        struct Failure: Error, CustomStringConvertible {
            let name: PHI<String>
            var description: String { "no consent of \(name)" }
        }
        let name = PHI("Ann Example")
        let text = line(format: format) {
            $0.critical(
                "\(name) is here",
                metadata: [
                    "value": Logger.MetadataValue(name), "convertible": .stringConvertible(name), "text": "\(name)",
                    "list": ["\([name])"], "optional": "\(Optional(name) as Any)", "error": "\(Failure(name: name))",
                    "dump": .string(
                        {
                            var text = ""; dump(Failure(name: name), to: &text); return text
                        }()),
                ])
        }
        #expect(!text.contains("Ann"))
        #expect(text.contains("<redacted>"))
    }

    @Test("the text format cannot be made to forge a line or drive a terminal")
    func textFormat() {
        let text = line(format: .text) { $0.notice("a\nb\u{1b}[2J\u{9b}", metadata: ["k": "v"]) }
        #expect(text == "2024-05-01T06:30:00.000000Z NOTICE ingestion: a b [2J  k=v\n")
    }

    @Test("what lies below the level is not written")
    func level() {
        #expect(line { $0.info("quiet") }.isEmpty)
        #expect(!line(level: .debug) { $0.debug("loud") }.isEmpty)
    }

    @Test("a reader that stops costs lines, not time, and the loss is told")
    func stuckReader() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let sink = FileDescriptorSink(descriptor: ends[1], capacity: 200_000)
        let line = [UInt8](repeating: 120, count: 999) + [10]
        // A pipe holds 64 KiB and the sink 200 kB in each of its two buffers, so that of 1 MB most must be dropped.
        for _ in 0..<1000 { sink.write(line) }
        sink.flush(within: 0.05)
        let reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        var text = ""
        while !text.contains(#""message":"log lines were dropped","count":"#) || !text.hasSuffix("}\n") {
            let chunk = reader.availableData
            text += String(decoding: chunk, as: UTF8.self)
            // Wakes the sink for the line that reports the loss, should it have read its counter before.
            if chunk.count < 1000 { sink.write(Array("end\n".utf8)) }
        }
        let kept = text.split(separator: "\n").filter { $0.hasPrefix("x") }
        #expect(kept.count < 1000 && kept.count >= 200)
        #expect(kept.allSatisfy { $0.utf8.count == 999 })
    }
}
