import ArgumentParser
import Domain
import Foundation
import IngestionAdapter
import IngestionCore
import ServiceKit

struct Ingestion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingestion", abstract: "Takes FHIR and Open mHealth feeds and publishes their facts.",
        subcommands: [Serve.self, Validate.self, Migrate.self])
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the service.", discussion: IngestionKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        try await ServiceHost.serve(
            IngestionService.name, options: options, table: IngestionKeys.table, components: IngestionService.components
        )
    }
}

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what would become of files, one JSON line for each resource; fails when one is refused.")
    @Option(help: "auto, fhir, omh or omh-ndjson.") var format: FeedReport.Format = .auto
    @Argument(help: "JSON files; - for standard input.") var files: [String]

    func run() throws {
        var rejected = 0
        for file in files {
            let input = FileHandle.standardInput
            let json = try file == "-" ? input.readDataToEndOfFile() : Data(contentsOf: URL(filePath: file))
            let report = FeedReport(file: file, json: Array(json), format: format, receivedAt: SystemClock().now())
            for line in report.lines { print(line) }
            rejected += report.rejected
        }
        if rejected > 0 { throw ExitCode(1) }
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema forward.", discussion: IngestionKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let versions = try await IngestionService.migrate(try options.configuration(table: IngestionKeys.table))
        print(versions.isEmpty ? "nothing to do" : "applied \(versions.map(String.init).joined(separator: ", "))")
    }
}

extension FeedReport.Format: ExpressibleByArgument {}

/// In an asynchronous function `main()` is the one that waits; at the top level it would be ParsableCommand's.
func start() async { await Ingestion.main() }
await start()
