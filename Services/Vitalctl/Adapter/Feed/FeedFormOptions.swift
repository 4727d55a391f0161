import ArgumentParser
import IngestionCore

/// How files are read, when their names do not tell.
struct FeedFormOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How the files are read, as `ingestion validate --format`.", valueName: "format"))
    var format: String?

    @Option(help: ArgumentHelp("The person's id, for formats that name none.", valueName: "id"))
    var subject: String?

    @Option(help: ArgumentHelp("The IANA zone of local times that say none.", valueName: "zone"))
    var timeZone: String?

    @Option(help: ArgumentHelp("The name of Ingestion's mapping, for csv and json.", valueName: "name"))
    var mapping: String?

    func validate() throws {
        if format == nil, subject != nil || timeZone != nil || mapping != nil {
            throw ValidationError("--subject, --time-zone and --mapping go with --format")
        }
        if let format, FeedFormat(rawValue: format) == nil {
            throw ValidationError(
                "--format must be one of \(FeedFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    /// The form; nil when the names tell.
    var form: FeedFile.Form? {
        guard let format = format.flatMap(FeedFormat.init(rawValue:)) else { return nil }
        var headers: [String: String] = [:]
        headers[FeedHeader.subject] = subject
        headers[FeedHeader.timeZone] = timeZone
        headers[FeedHeader.mapping] = mapping
        return .whole(format, headers: headers)
    }
}
