import Contracts
import Domain
import Foundation

@testable import IngestionCore

/// Readers for tests, and names that stand for people.
enum HL7Fixture {
    static let receivedAt = Timestamp(microseconds: 1_714_545_000_000_000)  // 2024-05-01T06:30:00Z

    /// A file of `../shared/data/hl7v2` (or of `VITALSTREAM_SHARED`).
    static func shared(_ name: String) -> URL {
        let environment = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"].map { URL(filePath: $0) }
        let beside = (0..<5).reduce(URL(filePath: #filePath).resolvingSymlinksInPath()) { url, _ in
            url.deletingLastPathComponent()
        }
        return (environment ?? beside.appending(path: "shared")).appending(path: "data/hl7v2/\(name)")
    }

    /// Whether those files are there; prints a line when they are not.
    static var isShared: Bool {
        let exists = FileManager.default.fileExists(atPath: shared("INDEX.csv").path)
        if !exists { print("skipped: no shared data at \(shared("").path) (set VITALSTREAM_SHARED)") }
        return exists
    }

    /// Names that show system and identifier, so that tests see who is meant.
    struct OpenNames: PersonNaming {
        func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
            let identifier = person.reveal()
            let plain = "\(identifier.system)/\(identifier.value)".map { $0.isLetter || $0.isNumber ? $0 : "-" }
            guard let name = PatientPseudonym("p1.\(String(plain))") else { throw Nameless() }
            return name
        }

        func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.\(record.reveal().value)" }

        struct Nameless: Error {}
    }

    static func outcomes(_ bytes: [UInt8], receivedAt: Timestamp = receivedAt) -> [FactOutcome] {
        HL7Reader(context: FeedContext(source: "feed.ehr.hl7v2.v1", receivedAt: receivedAt), names: OpenNames())
            .outcomes(of: bytes)
    }

    static func outcomes(_ type: String, _ lines: String...) -> [FactOutcome] {
        let header = "MSH|^~\\&|LAB|HOSP|||20240430063000+0200||\(type)|MSG1|P|2.5.1"
        let person = "PID|1||A1^^^HOSP&1.2.3&ISO^MR||DOE^JANE||19690113|F"
        return outcomes(Array(([header, person] + lines).joined(separator: "\r").utf8))
    }
}

extension FactOutcome {
    var observed: [ObservationRecorded] {
        facts.compactMap { if case .observation(let event) = $0 { event } else { nil } }
    }

    /// The code of the verdict, or `facts`.
    var verdictWord: String { reason?.code ?? "facts" }
}
