import FHIR
import Foundation
import JSONDocument

enum Fixture {
    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    /// The errors of a resource as `code place`, with the constraint's key when there is one.
    static func errors(
        _ text: String, _ options: FHIRValidator.Options = FHIRValidator.Options(reportsWarnings: false)
    ) -> [String] {
        FHIRValidator(options: options).validate(json: Array(text.utf8)).filter { $0.severity == .error }.map(line)
    }

    static func line(_ issue: FHIRIssue) -> String {
        "\(issue.code.rawValue) \(issue.expression)" + (issue.constraint.map { " \($0)" } ?? "")
    }

    /// An Observation that is right, with more members.
    static func observation(_ members: String) -> String {
        #"{"resourceType":"Observation","status":"final","code":{"text":"pulse"}\#(members.isEmpty ? "" : ",")\#(members)}"#
    }

    static func patient(_ members: String) -> String { #"{"resourceType":"Patient",\#(members)}"# }

    /// A Patient with the `div` of a narrative.
    static func narrative(_ div: String) -> String {
        let text = JSONValue.string(div).text()
        return patient(#""text":{"status":"generated","div":\#(text)}"#)
    }
}

/// The real data beside the repository; nil, with a line printed, when it is not there.
enum SharedData {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["VITALSTREAM_SHARED"]
        let beside = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
        let folder = (environment.map { URL(filePath: $0) } ?? beside).appending(path: "data/fhir-r4")
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("skipped: no real data at \(folder.path)")
            return nil
        }
        return folder
    }()

    static func files(in path: String, suffix: String) -> [URL] {
        guard let folder = folder?.appending(path: path) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appending(path: $0) }
    }

    /// The bytes of a file, through `gzip -dc` when its name ends in `.gz`.
    static func bytes(of file: URL) throws -> [UInt8] {
        guard file.pathExtension == "gz" else { return Array(try Data(contentsOf: file)) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandFailed() }
        return Array(data)
    }

    struct CommandFailed: Error {}
}
