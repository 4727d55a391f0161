import Foundation
import IngestionCore
import JSONDocument
import VitalctlCore

/// Reads the folder of a PMData participant: the Fitbit exports that have an Open mHealth form.
enum ParticipantFeed {
    /// The participant's data points, in records. The folder's name is the participant's. Blocks.
    static func records(of folder: String) throws -> [FeedRecord] {
        let reader = PMDataReader(participant: URL(filePath: folder).lastPathComponent)
        let exports = folder + "/fitbit"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: exports) else {
            throw VitalctlError(.unreadableFile, operation: "read \(exports)", detail: "the folder cannot be opened")
        }
        var records: [FeedRecord] = []
        for name in names.sorted() where name.hasSuffix(".json") || name.hasSuffix(".json.gz") {
            guard let kind = PMDataReader.kind(ofFile: name) else { continue }
            let path = exports + "/" + name
            let bytes = try FeedFile(path: path, form: .document).contents()
            do {
                let points = try reader.dataPoints(of: kind, json: bytes).dataPoints
                // Half a day of minutes in a record: small enough to be handled in one go, large enough to cost little.
                for start in stride(from: 0, to: points.count, by: 720) {
                    let part = Array(points[start..<min(start + 720, points.count)])
                    records += try FeedDocument.records(of: .array(part), source: name)
                }
            } catch let error as JSONError {
                throw VitalctlError(.unreadableFile, operation: "read \(path)", detail: "\(error)")
            }
        }
        return records
    }
}
